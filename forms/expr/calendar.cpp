#include "forms/expr/calendar.h"

#include <array>
#include <cstdio>

namespace survey::expr {

using namespace std::chrono;  // NOLINT calendar arithmetic reads better so

namespace {

class Reader {
  public:
    explicit Reader(std::string_view text) : text_(text) {}

    bool at_end() const { return at_ == text_.size(); }
    char peek() const { return at_end() ? '\0' : text_[at_]; }
    bool take(char c) {
        if (peek() != c || at_end()) return false;
        ++at_;
        return true;
    }
    /// Exactly `width` digits, at most `max`.
    bool digits(int width, int max, int& number) {
        number = 0;
        for (int i = 0; i < width; ++i, ++at_) {
            if (peek() < '0' || peek() > '9') return false;
            number = number * 10 + (peek() - '0');
        }
        return number <= max;
    }

    bool one_or_two_digits(int& number) {
        if (!digits(1, 9, number)) return false;
        if (peek() >= '0' && peek() <= '9') number = number * 10 + (text_[at_++] - '0');
        return true;
    }

    /// Months and days may lack their zero, as JavaRosa reads them.
    bool date(local_days& day) {
        int y = 0, m = 0, d = 0;
        if (!digits(4, 9999, y) || !take('-') || !one_or_two_digits(m) || !take('-') ||
            !one_or_two_digits(d)) {
            return false;
        }
        const year_month_day date{year(y), month(static_cast<unsigned>(m)),
                                  std::chrono::day(static_cast<unsigned>(d))};
        if (!date.ok()) return false;
        day = local_days(date);
        return true;
    }

    bool time(milliseconds& since_midnight) {
        int h = 0, m = 0, s = 0, ms = 0;
        if (!digits(2, 23, h) || !take(':') || !digits(2, 59, m)) return false;
        if (take(':')) {
            if (!digits(2, 59, s)) return false;
            if (take('.')) {
                int scale = 100;
                if (peek() < '0' || peek() > '9') return false;
                for (; peek() >= '0' && peek() <= '9'; ++at_, scale /= 10) {
                    ms += (peek() - '0') * scale;
                }
            }
        }
        since_midnight = hours(h) + minutes(m) + seconds(s) + milliseconds(ms);
        return true;
    }

    /// `Z`, ±hh or ±hh:mm; true without one too.
    bool offset(std::optional<minutes>& offset) {
        if (take('Z')) {
            offset = minutes(0);
            return true;
        }
        if (peek() != '+' && peek() != '-') return true;
        const int sign = peek() == '-' ? -1 : 1;
        ++at_;
        int h = 0, m = 0;
        if (!digits(2, 23, h)) return false;
        if (take(':')) {
            if (!digits(2, 59, m)) return false;
        } else if (!at_end() && !digits(2, 59, m)) {
            return false;
        }
        offset = minutes(sign * (h * 60 + m));
        return true;
    }

  private:
    std::string_view text_;
    std::size_t at_ = 0;
};

int as_int(auto number) {
    return static_cast<int>(number);
}

int iso_week(local_days day) {
    // The week belongs to the year that has its Thursday (ISO 8601).
    const auto since_monday = days(weekday(day).iso_encoding() - 1);
    const local_days thursday = day - since_monday + days(3);
    const year_month_day date(thursday);
    return as_int((thursday - local_days(date.year() / January / 1)).count() / 7 + 1);
}

}  // namespace

std::optional<DateTime> parse_date_time(std::string_view text) {
    Reader reader(text);
    local_days day;
    if (!reader.date(day)) return std::nullopt;
    DateTime result{day, std::nullopt, false};
    if (reader.at_end()) return result;
    milliseconds since_midnight{};
    if (!reader.take('T') || !reader.time(since_midnight) || !reader.offset(result.offset) ||
        !reader.at_end()) {
        return std::nullopt;
    }
    result.local = day + since_midnight;
    result.has_time = true;
    return result;
}

std::optional<TimeOfDay> parse_time(std::string_view text) {
    Reader reader(text);
    TimeOfDay result;
    if (!reader.time(result.since_midnight) || !reader.offset(result.offset) || !reader.at_end()) {
        return std::nullopt;
    }
    return result;
}

Instant to_instant(const DateTime& time, const TimeZone& zone) {
    const minutes offset = time.offset ? *time.offset : zone.offset_at_local(time.local);
    return Instant(time.local.time_since_epoch() - offset);
}

double to_days(const DateTime& time, const TimeZone& zone) {
    const milliseconds since_epoch =
        time.has_time ? to_instant(time, zone).time_since_epoch() : time.local.time_since_epoch();
    return static_cast<double>(since_epoch.count()) / 86'400'000.0;
}

LocalTime to_local(Instant instant, const TimeZone& zone) {
    return LocalTime(instant.time_since_epoch() + zone.offset_at(instant));
}

std::string format_date(local_days day) {
    const year_month_day date(day);
    char text[32];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", as_int(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return text;
}

std::string format_date_time(LocalTime local, minutes offset) {
    const local_days day = floor<days>(local);
    const auto rest = (local - day).count();
    const int zone = as_int(offset.count());
    char text[48];
    std::snprintf(text, sizeof text, "T%02d:%02d:%02d.%03d%c%02d:%02d", as_int(rest / 3'600'000),
                  as_int(rest / 60'000 % 60), as_int(rest / 1000 % 60), as_int(rest % 1000),
                  zone < 0 ? '-' : '+', std::abs(zone) / 60, std::abs(zone) % 60);
    return format_date(day) + text;
}

std::optional<std::string> format_pattern(LocalTime local, std::string_view pattern) {
    static constexpr std::array<const char*, 12> kMonths = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    static constexpr std::array<const char*, 7> kDays = {"Sun", "Mon", "Tue", "Wed",
                                                         "Thu", "Fri", "Sat"};
    const local_days day = floor<days>(local);
    const year_month_day date(day);
    const auto rest = (local - day).count();
    const unsigned month_number = static_cast<unsigned>(date.month());
    std::string text;
    const auto add = [&text](const char* format, int number) {
        char digits[16];
        std::snprintf(digits, sizeof digits, format, number);
        text += digits;
    };
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] != '%') {
            text += pattern[i];
            continue;
        }
        if (++i == pattern.size()) return std::nullopt;
        switch (pattern[i]) {
            case '%':
                text += '%';
                break;
            case 'Y':
                add("%04d", as_int(date.year()));
                break;
            case 'y':
                add("%02d", as_int(date.year()) % 100);
                break;
            case 'm':
                add("%02d", as_int(month_number));
                break;
            case 'n':
                add("%d", as_int(month_number));
                break;
            case 'b':
                text += kMonths[month_number - 1];
                break;
            case 'd':
                add("%02d", as_int(static_cast<unsigned>(date.day())));
                break;
            case 'e':
                add("%d", as_int(static_cast<unsigned>(date.day())));
                break;
            case 'W':
                add("%02d", iso_week(day));
                break;
            case 'a':
                text += kDays[weekday(day).c_encoding()];
                break;
            case 'H':
                add("%02d", as_int(rest / 3'600'000));
                break;
            case 'h':
                add("%d", as_int(rest / 3'600'000));
                break;
            case 'M':
                add("%02d", as_int(rest / 60'000 % 60));
                break;
            case 'S':
                add("%02d", as_int(rest / 1000 % 60));
                break;
            case '3':
                add("%03d", as_int(rest % 1000));
                break;
            default:
                return std::nullopt;
        }
    }
    return text;
}

}  // namespace survey::expr
