#include "forms/xlsform/number_format.h"

#include <cmath>
#include <cstdio>

#include "common/base/number.h"

namespace survey::forms {

bool is_date_format(std::string_view code) {
    for (std::size_t i = 0; i < code.size(); ++i) {
        switch (code[i]) {
            case '"': {
                const std::size_t close = code.find('"', i + 1);
                if (close == std::string_view::npos) return false;
                i = close;
                break;
            }
            case '\\':
            case '_':
            case '*':
                ++i;  // the next character stands for itself
                break;
            case '[': {
                const std::size_t close = code.find(']', i);
                if (close == std::string_view::npos) return false;
                // [h], [mm], [ss] are elapsed times; [Red] and [$-409] are not.
                const std::string_view inside = code.substr(i + 1, close - i - 1);
                if (!inside.empty() &&
                    inside.find_first_not_of("hHmMsS") == std::string_view::npos) {
                    return true;
                }
                i = close;
                break;
            }
            case 'd':
            case 'm':
            case 'y':
            case 'h':
            case 's':
            case 'D':
            case 'M':
            case 'Y':
            case 'H':
            case 'S':
                return true;
            case 'G':
                if (code.substr(i, 7) == "General") i += 6;
                break;
            default:
                break;
        }
    }
    return false;
}

bool is_date_format(std::uint32_t built_in) {
    return (built_in >= 14 && built_in <= 22) || (built_in >= 27 && built_in <= 36) ||
           (built_in >= 45 && built_in <= 47) || (built_in >= 50 && built_in <= 58);
}

std::string format_serial_date(double serial, bool from_1904) {
    constexpr double kSerialMax = 2958466;  // the year 10000
    constexpr std::int64_t kSecondsPerDay = 86'400;
    if (!(serial >= 0) || serial >= kSerialMax) return format_double(serial);
    const auto seconds =
        static_cast<std::int64_t>(std::llround(serial * static_cast<double>(kSecondsPerDay)));
    const std::int64_t of_day = seconds % kSecondsPerDay;
    std::int64_t day = seconds / kSecondsPerDay;
    char text[48];
    const auto part = [](std::int64_t value) { return static_cast<int>(value); };
    if (serial < 1) {
        std::snprintf(text, sizeof text, "%02d:%02d:%02d", part(of_day / 3600),
                      part(of_day / 60 % 60), part(of_day % 60));
        return text;
    }
    // Lotus took 1900 for a leap year, and everybody after it: day 60 does not exist.
    if (from_1904) {
        day += 1462;
    } else if (day < 60) {
        ++day;
    }
    // Days since 1899-12-30 to a civil date (proleptic Gregorian), by eras of 400 years.
    const std::int64_t since_era = day + 693'899;  // since 0000-03-01
    const std::int64_t era = since_era / 146'097;
    const std::int64_t of_era = since_era % 146'097;
    const std::int64_t year_of_era =
        (of_era - of_era / 1460 + of_era / 36'524 - of_era / 146'096) / 365;
    const std::int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::int64_t march_month = (5 * of_year + 2) / 153;
    const std::int64_t day_of_month = of_year - (153 * march_month + 2) / 5 + 1;
    const std::int64_t month = march_month < 10 ? march_month + 3 : march_month - 9;
    const std::int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
    std::snprintf(text, sizeof text, "%04d-%02d-%02d %02d:%02d:%02d", part(year), part(month),
                  part(day_of_month), part(of_day / 3600), part(of_day / 60 % 60),
                  part(of_day % 60));
    return text;
}

std::string format_cell_number(double number) {
    return format_double(number);
}

}  // namespace survey::forms
