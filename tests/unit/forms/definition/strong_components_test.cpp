#include "forms/definition/strong_components.h"

#include <algorithm>

#include <catch2/catch.hpp>

#include "common/base/random.h"

namespace survey::forms {
namespace {

using Components = std::vector<std::vector<std::uint32_t>>;

TEST_CASE("what is needed comes first, and loops stay together", "[strong_components]") {
    CHECK(strong_components({}).empty());
    CHECK(strong_components({{}}) == Components{{0}});
    CHECK(strong_components({{0}}) == Components{{0}});
    CHECK(strong_components({{1}, {2}, {}}) == Components{{2}, {1}, {0}});
    CHECK(strong_components({{1}, {2}, {0}}) == Components{{0, 1, 2}});
    CHECK(strong_components({{1}, {0, 2}, {3}, {2}}) == Components{{2, 3}, {0, 1}});
}

TEST_CASE("a chain of a hundred thousand needs no deep stack", "[strong_components]") {
    Edges chain(100'000);
    for (std::uint32_t i = 0; i + 1 < chain.size(); ++i)
        chain[i] = {i + 1};
    const Components components = strong_components(chain);
    REQUIRE(components.size() == chain.size());
    CHECK(components.front().front() == chain.size() - 1);
}

TEST_CASE("components are those of reachability in both directions",
          "[strong_components][property]") {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        CAPTURE(seed);
        SeededRandom random(seed);
        const std::size_t count = 1 + random.below(9);
        Edges needs(count);
        std::vector<std::vector<bool>> reach(count, std::vector<bool>(count, false));
        for (std::size_t i = 0; i < count; ++i) {
            reach[i][i] = true;
            for (std::uint32_t j = 0; j < count; ++j) {
                if (random.below(4) != 0) continue;
                needs[i].push_back(j);
                reach[i][j] = true;
            }
        }
        for (std::size_t k = 0; k < count; ++k) {
            for (std::size_t i = 0; i < count; ++i) {
                for (std::size_t j = 0; j < count; ++j) {
                    if (reach[i][k] && reach[k][j]) reach[i][j] = true;
                }
            }
        }
        const Components components = strong_components(needs);
        std::vector<std::size_t> component_of(count, count);
        for (std::size_t i = 0; i < components.size(); ++i) {
            for (const std::uint32_t member : components[i])
                component_of[member] = i;
        }
        for (std::size_t i = 0; i < count; ++i) {
            for (std::size_t j = 0; j < count; ++j) {
                const bool together = reach[i][j] && reach[j][i];
                REQUIRE((component_of[i] == component_of[j]) == together);
                if (reach[i][j]) REQUIRE(component_of[j] <= component_of[i]);
            }
        }
    }
}

}  // namespace
}  // namespace survey::forms
