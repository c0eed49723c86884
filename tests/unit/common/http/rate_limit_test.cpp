#include "common/http/rate_limit.h"

#include <catch2/catch.hpp>

#include "tests/support/fake_clock.h"

using namespace survey;

TEST_CASE("an address may call in a burst and then slowly", "[api][rate]") {
    test::FakeClock clock;
    RateLimit limit(clock, {3, 0.5});
    for (int i = 0; i < 3; ++i)
        CHECK_FALSE(limit.take("10.0.0.1"));
    CHECK(limit.take("10.0.0.1") == 2);
    CHECK_FALSE(limit.take("10.0.0.2"));
    clock.advance(std::chrono::milliseconds(2'000));
    CHECK_FALSE(limit.take("10.0.0.1"));
    CHECK(limit.take("10.0.0.1"));
    clock.advance(std::chrono::hours(1));
    for (int i = 0; i < 3; ++i)
        CHECK_FALSE(limit.take("10.0.0.1"));
    CHECK(limit.take("10.0.0.1"));
}

TEST_CASE("one subscriber's IPv6 addresses share a bucket", "[api][rate]") {
    CHECK(limited_address("2001:db8:1:2:3:4:5:6") == limited_address("2001:db8:1:2::99"));
    CHECK(limited_address("2001:db8:1:2::1") != limited_address("2001:db8:1:3::1"));
    CHECK(limited_address("192.0.2.1") == "192.0.2.1");
    CHECK(limited_address("::1") == "::/64");
}

TEST_CASE("an IPv4 address is the same one on a socket for both families", "[api][rate]") {
    CHECK(limited_address("::ffff:192.0.2.1") == "192.0.2.1");
    CHECK(limited_address("::ffff:192.0.2.2") != limited_address("::ffff:192.0.2.1"));
    CHECK(limited_address("::ffff:192.0.2.2") != limited_address("::1"));
}

TEST_CASE("a flood of addresses is bounded and heals", "[api][rate]") {
    test::FakeClock clock;
    RateLimit limit(clock, {1, 1});
    for (int i = 0; i < 10'000; ++i)
        CHECK_FALSE(limit.take("10." + std::to_string(i)));
    CHECK(limit.take("11.0.0.1"));
    clock.advance(std::chrono::milliseconds(1'000));
    CHECK_FALSE(limit.take("11.0.0.1"));
}
