#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "common/base/clock.h"

namespace survey::expr {

using LocalTime = std::chrono::local_time<std::chrono::milliseconds>;

/// A date or date-time as ODK writes it: "2024-02-29", "2024-02-29T08:30:00.000+02:00".
struct DateTime {
    LocalTime local;
    std::optional<std::chrono::minutes> offset;  ///< None: the device's zone.
    bool has_time = false;
};

/// A time of day: "08:30", "08:30:15.250-07:00".
struct TimeOfDay {
    std::chrono::milliseconds since_midnight{};
    std::optional<std::chrono::minutes> offset;
};

// Nothing where the text is not one, or names a day that does not exist.
std::optional<DateTime> parse_date_time(std::string_view text);
std::optional<TimeOfDay> parse_time(std::string_view text);

/// The moment meant, with local times read in `zone`.
Instant to_instant(const DateTime& time, const TimeZone& zone);
/// Days since 1970-01-01: whole ones of a date, through the offset those of a date-time.
double to_days(const DateTime& time, const TimeZone& zone);

std::string format_date(std::chrono::local_days day);
/// "2024-02-29T08:30:00.000+02:00"
std::string format_date_time(LocalTime local, std::chrono::minutes offset);
LocalTime to_local(Instant instant, const TimeZone& zone);

/// Days that a calendar with four-digit years can show, as numbers since 1970-01-01.
inline constexpr double kDaysMin = -719'528;   // 0000-01-01
inline constexpr double kDaysMax = 2'932'896;  // 9999-12-31

/// Formats by the letters of format-date() (ODK XForms, section 3.2); nothing where `pattern` has
/// an unknown one. English names.
std::optional<std::string> format_pattern(LocalTime local, std::string_view pattern);

}  // namespace survey::expr
