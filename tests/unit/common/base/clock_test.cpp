#include "common/base/clock.h"

#include <catch2/catch.hpp>

using namespace survey;

TEST_CASE("an instant is written in UTC with milliseconds and read back", "[base][clock]") {
    const Instant instant(std::chrono::milliseconds(1'795'595'400'123));
    CHECK(format_utc(instant) == "2026-11-25T08:30:00.123Z");
    const auto read = parse_instant("2026-11-25T08:30:00.123Z");
    REQUIRE(read);
    CHECK(*read == instant);
    CHECK(format_utc(Instant(std::chrono::milliseconds(-1))) == "1969-12-31T23:59:59.999Z");
}

TEST_CASE("an instant with an offset means the same moment", "[base][clock]") {
    CHECK(*parse_instant("2026-11-25T09:30:00+01:00") == *parse_instant("2026-11-25T08:30:00Z"));
    CHECK(*parse_instant("2026-11-25T03:00:00.5-05:30") ==
          *parse_instant("2026-11-25T08:30:00.500Z"));
}

TEST_CASE("what is not a time is refused", "[base][clock]") {
    for (const char* text :
         {"", "2026", "2026-11-25", "2026-11-25T08:30:00", "2026-13-25T08:30:00Z",
          "2026-02-30T08:30:00Z", "2026-11-25T24:30:00Z", "2026-11-25T08:30:00Zx",
          "2026-11-25 08:30:00Z", "2026-11-25T08:30:00+1", "20x6-11-25T08:30:00Z"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_instant(text));
    }
}
