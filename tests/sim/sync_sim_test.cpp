#include <cstdlib>
#include <string>

#include <catch2/catch.hpp>

#include "common/base/number.h"
#include "tests/sim/sync_world.h"

using survey::test::SyncWorld;
using survey::test::WorldOptions;

namespace {

/// More for a night: SURVEY_SIM_SEEDS=5000.
std::uint64_t seeds() {
    const char* wish = std::getenv("SURVEY_SIM_SEEDS");
    const auto number = wish == nullptr ? std::nullopt : survey::parse_int(wish);
    return number && *number > 0 ? static_cast<std::uint64_t>(*number) : 60;
}

}  // namespace

TEST_CASE("nothing saved is lost, doubled or forked, whatever network and disks do", "[sim]") {
    for (std::uint64_t seed = 1; seed <= seeds(); ++seed) {
        SyncWorld world(seed, {});
        const auto broken = world.run();
        if (broken) {
            FAIL("seed " + std::to_string(seed) + ": " + *broken + "\nactions:" + world.trace());
        }
    }
}

TEST_CASE("the checker notices an agent that goes on in a forked log", "[sim]") {
    WorldOptions options;
    options.ignores_rotation = true;
    bool noticed = false;
    for (std::uint64_t seed = 1; seed <= 25 && !noticed; ++seed) {
        SyncWorld world(seed, options);
        noticed = world.run().has_value();
    }
    CHECK(noticed);
}

TEST_CASE("the same seed is the same story", "[sim]") {
    SyncWorld first(7, {});
    SyncWorld second(7, {});
    CHECK(first.run() == second.run());
    CHECK(first.trace() == second.trace());
}
