#include "sync-server/links/local_time.h"

#include <array>

#include "common/base/number.h"

namespace survey::server {

namespace {

using Local = std::chrono::local_time<std::chrono::milliseconds>;

constexpr std::array<std::string_view, 12> kGermanMonths{
    "Januar", "Februar", "März",      "April",   "Mai",      "Juni",
    "Juli",   "August",  "September", "Oktober", "November", "Dezember"};
constexpr std::array<std::string_view, 12> kEnglishMonths{
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

Local local_of(Instant instant, const TimeZone& zone) {
    return Local(instant.time_since_epoch() + zone.offset_at(instant));
}

std::string two_digits(unsigned number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
}

std::optional<unsigned> digits(std::string_view text, std::size_t count) {
    if (text.size() != count) return std::nullopt;
    if (text.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
    return static_cast<unsigned>(parse_int(text).value_or(0));
}

}  // namespace

Result<Instant> read_time(std::string_view text, const TimeZone& zone, DayEnd end) {
    if (const auto exact = parse_instant(text)) return *exact;
    const Error bad =
        fail(ErrorCode::kInvalidInput, "A time is written 2026-12-01 or 2026-12-01 08:30, not \"" +
                                           std::string(text.substr(0, 40)) + "\".");
    const auto day = parse_day(text.substr(0, 10));
    if (!day) return bad;
    Local local(std::chrono::local_days(*day).time_since_epoch());
    const std::string_view rest = text.substr(10);
    if (rest.empty()) {
        if (end == DayEnd::kEnd) local += std::chrono::days(1);
    } else {
        const auto hour = rest.size() == 6 ? digits(rest.substr(1, 2), 2) : std::nullopt;
        const auto minute = rest.size() == 6 ? digits(rest.substr(4, 2), 2) : std::nullopt;
        const bool good = hour && minute && *hour < 24 && *minute < 60 &&
                          (rest[0] == ' ' || rest[0] == 'T') && rest[3] == ':';
        if (!good) return bad;
        local += std::chrono::hours(*hour) + std::chrono::minutes(*minute);
    }
    return Instant(local.time_since_epoch() - zone.offset_at_local(local));
}

std::string say_time(Instant instant, const TimeZone& zone, bool german) {
    const Local local = local_of(instant, zone);
    const auto day = std::chrono::floor<std::chrono::days>(local);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::minutes>(local - day));
    const std::size_t month = static_cast<unsigned>(date.month()) - 1;
    std::string out = std::to_string(static_cast<unsigned>(date.day()));
    out += german ? ". " : " ";
    out += german ? kGermanMonths[month] : kEnglishMonths[month];
    out += " " + std::to_string(static_cast<int>(date.year())) + ", " +
           two_digits(static_cast<unsigned>(time.hours().count())) + ":" +
           two_digits(static_cast<unsigned>(time.minutes().count()));
    return german ? out + " Uhr" : out;
}

std::chrono::year_month_day day_of(Instant instant, const TimeZone& zone) {
    return std::chrono::year_month_day(
        std::chrono::floor<std::chrono::days>(local_of(instant, zone)));
}

std::string format_day(std::chrono::year_month_day day) {
    return std::to_string(static_cast<int>(day.year())) + "-" +
           two_digits(static_cast<unsigned>(day.month())) + "-" +
           two_digits(static_cast<unsigned>(day.day()));
}

std::optional<std::chrono::year_month_day> parse_day(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto year = digits(text.substr(0, 4), 4);
    const auto month = digits(text.substr(5, 2), 2);
    const auto day = digits(text.substr(8, 2), 2);
    if (!year || !month || !day || *year < 1970) return std::nullopt;
    const std::chrono::year_month_day date(std::chrono::year(static_cast<int>(*year)),
                                           std::chrono::month(*month), std::chrono::day(*day));
    if (!date.ok()) return std::nullopt;
    return date;
}

Instant as_instant(std::chrono::year_month_day day) {
    return Instant(std::chrono::sys_days(day)) + std::chrono::hours(12);
}

}  // namespace survey::server
