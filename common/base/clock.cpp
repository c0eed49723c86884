#include "common/base/clock.h"

#include <cstdio>

namespace survey {

namespace {

// Reads exactly `width` digits at `at`; -1 if there are not that many.
int read_digits(std::string_view text, std::size_t at, std::size_t width) {
    if (at + width > text.size()) return -1;
    int number = 0;
    for (std::size_t i = at; i < at + width; ++i) {
        if (text[i] < '0' || text[i] > '9') return -1;
        number = number * 10 + (text[i] - '0');
    }
    return number;
}

}  // namespace

std::string format_utc(Instant instant) {
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::year_month_day date(day);
    const auto rest = (instant - day).count();
    char text[64];
    std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ",
                  static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                  static_cast<unsigned>(date.day()), static_cast<int>(rest / 3'600'000),
                  static_cast<int>(rest / 60'000 % 60), static_cast<int>(rest / 1000 % 60),
                  static_cast<int>(rest % 1000));
    return text;
}

Result<Instant> parse_instant(std::string_view text) {
    const auto wrong = [&] {
        return fail(ErrorCode::kInvalidInput, "\"" + std::string(text.substr(0, 40)) +
                                                  "\" is not a time like 2026-11-25T08:30:00Z");
    };
    const int year = read_digits(text, 0, 4);
    const int month = read_digits(text, 5, 2);
    const int day = read_digits(text, 8, 2);
    const int hour = read_digits(text, 11, 2);
    const int minute = read_digits(text, 14, 2);
    const int second = read_digits(text, 17, 2);
    if (year < 0 || month < 0 || day < 0 || hour < 0 || minute < 0 || second < 0) return wrong();
    if (text[4] != '-' || text[7] != '-' || (text[10] != 'T' && text[10] != 't') ||
        text[13] != ':' || text[16] != ':' || hour > 23 || minute > 59 || second > 60) {
        return wrong();
    }
    const std::chrono::year_month_day date{std::chrono::year(year),
                                           std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    if (!date.ok()) return wrong();
    std::size_t at = 19;
    int millis = 0;
    if (at < text.size() && text[at] == '.') {
        int scale = 100;
        for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
            millis += (text[at] - '0') * scale;
            scale /= 10;
        }
    }
    int offset_min = 0;
    if (at == text.size()) return wrong();
    if (text[at] == 'Z' || text[at] == 'z') {
        ++at;
    } else if (text[at] == '+' || text[at] == '-') {
        const int offset_hours = read_digits(text, at + 1, 2);
        const int offset_minutes = read_digits(text, at + 4, 2);
        if (offset_hours < 0 || offset_minutes < 0 || text[at + 3] != ':') return wrong();
        offset_min = (offset_hours * 60 + offset_minutes) * (text[at] == '-' ? -1 : 1);
        at += 6;
    }
    if (at != text.size()) return wrong();
    return Instant(std::chrono::sys_days(date).time_since_epoch() + std::chrono::hours(hour) +
                   std::chrono::minutes(minute - offset_min) + std::chrono::seconds(second) +
                   std::chrono::milliseconds(millis));
}

}  // namespace survey
