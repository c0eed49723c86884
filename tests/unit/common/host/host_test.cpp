#include "common/host/host.h"

#include <catch2/catch.hpp>

using namespace survey;
using std::chrono::minutes;

namespace {

Instant utc(const char* text) {
    const auto instant = parse_instant(text);
    REQUIRE(instant);
    return *instant;
}

std::chrono::local_time<std::chrono::milliseconds> shown(const char* text) {
    return std::chrono::local_time<std::chrono::milliseconds>(utc(text).time_since_epoch());
}

}  // namespace

TEST_CASE("Berlin changes to summer time and back", "[host][time]") {
    const auto zone = find_time_zone("Europe/Berlin");
    REQUIRE(zone);
    CHECK((*zone)->offset_at(utc("2026-01-15T12:00:00Z")) == minutes(60));
    CHECK((*zone)->offset_at(utc("2026-07-15T12:00:00Z")) == minutes(120));
    CHECK((*zone)->offset_at(utc("2026-03-29T00:59:59Z")) == minutes(60));
    CHECK((*zone)->offset_at(utc("2026-03-29T01:00:00Z")) == minutes(120));
}

TEST_CASE("a wall clock in a repeated or skipped hour still means something", "[host][time]") {
    const auto zone = find_time_zone("Europe/Berlin");
    REQUIRE(zone);
    // 2026-10-25 02:30 happens twice: the earlier moment is summer time.
    CHECK((*zone)->offset_at_local(shown("2026-10-25T02:30:00Z")) == minutes(120));
    // 2026-03-29 02:30 does not happen: the offset before the change.
    CHECK((*zone)->offset_at_local(shown("2026-03-29T02:30:00Z")) == minutes(60));
    CHECK((*zone)->offset_at_local(shown("2026-07-01T02:30:00Z")) == minutes(120));
}

TEST_CASE("a zone that does not exist is said by name", "[host][time]") {
    const auto zone = find_time_zone("Europe/Atlantis");
    REQUIRE_FALSE(zone);
    CHECK(zone.error().code == ErrorCode::kNotFound);
    CHECK(zone.error().message.find("Europe/Atlantis") != std::string::npos);
    CHECK_FALSE(find_time_zone("../../etc/passwd"));
    CHECK_FALSE(find_time_zone(""));
    CHECK(local_time_zone() != nullptr);
}

TEST_CASE("the system's clock moves forward", "[host][time]") {
    const SystemClock clock;
    CHECK(clock.now() > utc("2024-01-01T00:00:00Z"));
    const Steady before = clock.steady();
    CHECK(clock.steady() >= before);
}

TEST_CASE("the language comes from the first locale variable that is set", "[host]") {
    CHECK(language_of({"", "de_DE.UTF-8", "en_US"}) == "de");
    CHECK(language_of({"en_GB.UTF-8", "de_DE"}) == "en");
    CHECK(language_of({"de", "", ""}) == "de");
    CHECK(language_of({"de@euro"}) == "de");
    CHECK(language_of({"C.UTF-8"}) == "en");
    CHECK(language_of({"den_XX"}) == "en");
    CHECK(language_of({}) == "en");
}
