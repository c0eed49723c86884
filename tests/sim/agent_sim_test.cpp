#include <cstdlib>
#include <string>

#include <catch2/catch.hpp>

#include "common/base/number.h"
#include "tests/sim/agent_world.h"

using survey::test::AgentWorld;

namespace {

/// More for a night: SURVEY_SIM_SEEDS=5000.
std::uint64_t seeds() {
    const char* wish = std::getenv("SURVEY_SIM_SEEDS");
    const auto number = wish == nullptr ? std::nullopt : survey::parse_int(wish);
    return number && *number > 0 ? static_cast<std::uint64_t>(*number) : 40;
}

}  // namespace

TEST_CASE("the agent and the routes keep each revision once, whatever breaks", "[sim][agent]") {
    std::uint64_t crashes = 0;
    for (std::uint64_t seed = 1; seed <= seeds(); ++seed) {
        AgentWorld world(seed);
        const auto broken = world.run();
        if (broken) {
            FAIL("seed " + std::to_string(seed) + ": " + *broken + "\nactions:" + world.trace());
        }
        crashes += world.crashes();
    }
    CHECK(crashes >= seeds());
}

TEST_CASE("the same seed is the same story of the agents", "[sim][agent]") {
    AgentWorld first(3);
    AgentWorld second(3);
    CHECK(first.run() == second.run());
    CHECK(first.trace() == second.trace());
}
