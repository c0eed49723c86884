#include "sync-server/links/local_time.h"

#include <catch2/catch.hpp>

#include "common/host/host.h"

using namespace survey;
using namespace survey::server;

namespace {

std::string read(std::string_view text, DayEnd end = DayEnd::kBegin) {
    const auto zone = find_time_zone("Europe/Berlin");
    REQUIRE(zone);
    const auto instant = read_time(text, **zone, end);
    return instant ? format_utc(*instant).substr(0, 16) : std::string("refused");
}

}  // namespace

TEST_CASE("times are read in the project's zone, summer and winter", "[links][time]") {
    CHECK(read("2026-12-01 08:30") == "2026-12-01T07:30");
    CHECK(read("2026-07-01T08:30") == "2026-07-01T06:30");
    CHECK(read("2026-12-01") == "2026-11-30T23:00");
    CHECK(read("2026-12-01", DayEnd::kEnd) == "2026-12-01T23:00");
    CHECK(read("2026-10-25", DayEnd::kEnd) == "2026-10-25T23:00");  // a day of 25 hours
    CHECK(read("2026-12-01T08:30:00Z", DayEnd::kEnd) == "2026-12-01T08:30");
}

TEST_CASE("what is no time is refused", "[links][time]") {
    for (const char* bad :
         {"", "soon", "2026", "2026-13-01", "2026-02-30", "2026-12-01 8:30", "2026-12-01 24:00",
          "2026-12-01 08:60", "2026-12-01x08:30", "2026-12-01 08:30 ", "1.12.2026", "0000-01-01"})
        CHECK(read(bad) == "refused");
}

TEST_CASE("times are said in both languages", "[links][time]") {
    const auto zone = find_time_zone("Europe/Berlin");
    REQUIRE(zone);
    const auto instant = read_time("2026-03-05 09:05", **zone, DayEnd::kBegin);
    REQUIRE(instant);
    CHECK(say_time(*instant, **zone, true) == "5. März 2026, 09:05 Uhr");
    CHECK(say_time(*instant, **zone, false) == "5 March 2026, 09:05");
    // Before one o'clock it is still yesterday by UTC.
    const auto night = read_time("2026-03-05 00:30", **zone, DayEnd::kBegin);
    CHECK(format_day(day_of(*night, **zone)) == "2026-03-05");
    CHECK(format_utc(as_instant(day_of(*night, **zone))).substr(0, 13) == "2026-03-05T12");
}
