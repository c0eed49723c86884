#include "common/sync/backoff.h"

#include <algorithm>

#include <catch2/catch.hpp>

#include "common/base/random.h"

using namespace survey;
using std::chrono::milliseconds;

TEST_CASE("waits grow, scatter from zero, and stay below the maximum", "[sync][backoff]") {
    SeededRandom random(7);
    for (const std::uint32_t failures : {1U, 2U, 5U, 20U, 4'000'000'000U}) {
        CAPTURE(failures);
        milliseconds longest{0};
        milliseconds shortest{kBackoffMax};
        for (int i = 0; i < 2000; ++i) {
            const milliseconds wait = backoff(failures, std::nullopt, random);
            longest = std::max(longest, wait);
            shortest = std::min(shortest, wait);
        }
        const std::uint32_t doublings = std::min(failures - 1, 20U);
        const milliseconds bound = std::min(kBackoffFirst * (1 << doublings), kBackoffMax);
        CHECK(longest <= bound);
        CHECK(longest > bound * 9 / 10);
        CHECK(shortest < bound / 10);
    }
}

TEST_CASE("the server's wish is kept and never undercut", "[sync][backoff]") {
    SeededRandom random(7);
    for (int i = 0; i < 1000; ++i) {
        const milliseconds wait = backoff(1, milliseconds(20'000), random);
        CHECK(wait >= milliseconds(20'000));
        CHECK(wait <= milliseconds(25'000));
    }
    CHECK(backoff(1, milliseconds(std::chrono::hours(1000)), random) <= kRetryAfterMax * 5 / 4);
    CHECK(backoff(1, milliseconds(0), random) <= kBackoffFirst);
    CHECK(backoff(1, milliseconds(-5), random) <= kBackoffFirst);
}

TEST_CASE("laptops in one hall do not call together", "[sync][backoff]") {
    SeededRandom random(7);
    milliseconds longest{0};
    for (int i = 0; i < 1000; ++i)
        longest = std::max(longest, reconnect_delay(random));
    CHECK(longest <= milliseconds(60'000));
    CHECK(longest > milliseconds(55'000));
}
