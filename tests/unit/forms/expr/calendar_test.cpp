#include "forms/expr/calendar.h"

#include <catch2/catch.hpp>

namespace survey::expr {
namespace {

using namespace std::chrono;  // NOLINT

/// Two hours east of Greenwich in the summer of 2024, one else.
class SummerZone final : public TimeZone {
  public:
    minutes offset_at(Instant instant) const override {
        return instant >= kStart && instant < kEnd ? minutes(120) : minutes(60);
    }
    minutes offset_at_local(local_time<milliseconds> local) const override {
        const Instant as_winter(local.time_since_epoch() - minutes(60));
        return offset_at(as_winter);
    }

  private:
    static constexpr Instant kStart{milliseconds(1'711'846'800'000)};  // 2024-03-31T01:00Z
    static constexpr Instant kEnd{milliseconds(1'729'990'800'000)};    // 2024-10-27T01:00Z
};

TEST_CASE("dates that exist are read, others are not", "[expr][calendar]") {
    for (const char* text :
         {"2024-02-29", "1900-02-28", "0001-01-01", "9999-12-31", "2024-2-9", "2024-02-29T00:00",
          "2024-02-29T23:59:59.999Z", "2024-02-29T10:00:00.1234+05:45", "2024-02-29T10:00:00-07",
          "2024-02-29T10:00:00+0530"}) {
        INFO(text);
        CHECK(parse_date_time(text).has_value());
    }
    for (const char* text :
         {"", "2023-02-29", "1900-02-29", "2024-13-01", "2024-00-01", "2024-01-00", "2024-01-32",
          "24-01-01", "2024-01-01 ", "2024-01-01T", "2024-01-01T24:00", "2024-01-01T10:60",
          "2024-01-01T10:00:60", "2024-01-01T10:00:00.", "2024-01-01T10:00+24:00",
          "2024-01-01T10:00+05:60", "2024-01-01T10", "2024-01-01x", "2024-001-01"}) {
        INFO(text);
        CHECK_FALSE(parse_date_time(text).has_value());
    }
}

TEST_CASE("local times are read in the zone of the device", "[expr][calendar]") {
    const SummerZone zone;
    const auto utc = [&](const char* text) {
        return format_utc(to_instant(*parse_date_time(text), zone));
    };
    CHECK(utc("2024-01-15T12:00") == "2024-01-15T11:00:00.000Z");
    CHECK(utc("2024-07-15T12:00") == "2024-07-15T10:00:00.000Z");
    CHECK(utc("2024-07-15") == "2024-07-14T22:00:00.000Z");
    CHECK(utc("2024-07-15T12:00+05:00") == "2024-07-15T07:00:00.000Z");
    CHECK(to_days(*parse_date_time("2024-07-15"), zone) == 19919);
    CHECK(to_days(*parse_date_time("2024-07-15T12:00:00Z"), zone) == 19919.5);
}

TEST_CASE("what was read is written again", "[expr][calendar]") {
    for (const char* text : {"2024-02-29T08:30:15.250+02:00", "1969-12-31T23:59:59.999-07:30",
                             "0001-01-01T00:00:00.000+00:00"}) {
        const auto time = parse_date_time(text);
        REQUIRE(time.has_value());
        CHECK(format_date_time(time->local, *time->offset) == text);
    }
    CHECK(format_date(local_days(days(0))) == "1970-01-01");
    CHECK(format_date(local_days(days(-1))) == "1969-12-31");
}

TEST_CASE("weeks are those of ISO 8601", "[expr][calendar]") {
    const std::pair<const char*, const char*> weeks[] = {
        {"2005-01-01", "53"}, {"2005-01-02", "53"}, {"2005-12-31", "52"}, {"2007-01-01", "01"},
        {"2008-12-29", "01"}, {"2010-01-03", "53"}, {"2020-12-31", "53"}, {"2024-06-12", "24"}};
    for (const auto& [date, week] : weeks) {
        INFO(date);
        CHECK(format_pattern(parse_date_time(date)->local, "%W") == std::string(week));
    }
}

TEST_CASE("times of day are read", "[expr][calendar]") {
    CHECK(parse_time("08:30")->since_midnight == minutes(510));
    CHECK(parse_time("08:30:15.25-07:00")->offset == minutes(-420));
    for (const char* text : {"", "8:30", "08", "08:30:", "08:30+1", "25:00", "08:30:15.250 "}) {
        INFO(text);
        CHECK_FALSE(parse_time(text).has_value());
    }
}

}  // namespace
}  // namespace survey::expr
