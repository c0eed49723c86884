#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "common/base/clock.h"
#include "common/base/result.h"

namespace survey::server {

/// Days and times as people say them, in the project's time zone.

/// Which end of a day a date without a time means.
enum class DayEnd { kBegin, kEnd };

/// "2026-12-01", "2026-12-01 08:30", with a T between, or RFC 3339 with an offset. kInvalidInput.
Result<Instant> read_time(std::string_view text, const TimeZone& zone, DayEnd end);

/// "1. Dezember 2026, 08:30 Uhr", "1 December 2026, 08:30"
std::string say_time(Instant instant, const TimeZone& zone, bool german);

std::chrono::year_month_day day_of(Instant instant, const TimeZone& zone);
/// "2026-12-01"
std::string format_day(std::chrono::year_month_day day);
std::optional<std::chrono::year_month_day> parse_day(std::string_view text);
/// Noon of that day by UTC: a day as an instant, the same day wherever somebody looks at it.
Instant as_instant(std::chrono::year_month_day day);

}  // namespace survey::server
