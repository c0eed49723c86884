#include "forms/runtime/answer_value.h"

#include <chrono>
#include <cmath>
#include <cstdint>
#include <utility>
#include <variant>
#include <vector>

#include "common/base/number.h"
#include "forms/expr/compose.h"

namespace survey::forms {

namespace {

constexpr double kIntMin = -2147483648.0;
constexpr double kIntMax = 2147483647.0;
// Days on either side of 1970 that chrono's calendar can name (years up to 32767).
constexpr double kDaysMax = 10'000'000.0;

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_blank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back()))
        text.remove_suffix(1);
    return text;
}

std::vector<std::string_view> tokens(std::string_view text) {
    std::vector<std::string_view> out;
    std::size_t at = 0;
    while (at < text.size()) {
        while (at < text.size() && is_blank(text[at]))
            ++at;
        const std::size_t start = at;
        while (at < text.size() && !is_blank(text[at]))
            ++at;
        if (at > start) out.push_back(text.substr(start, at - start));
    }
    return out;
}

/// Digits with a sign and one decimal point or comma; no exponent (JavaRosa's rule for text).
std::optional<double> plain_decimal(std::string_view text) {
    std::string digits;
    bool point = false;
    bool digit = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (is_digit(c)) {
            digit = true;
        } else if (c == '.' || c == ',') {
            if (point) return std::nullopt;
            point = true;
        } else if (i != 0 || (c != '-' && c != '+')) {
            return std::nullopt;
        }
        if (c != '+') digits += c == ',' ? '.' : c;
    }
    if (!digit) return std::nullopt;
    if (digits.back() == '.') digits.pop_back();
    const std::size_t sign = digits.front() == '-' ? 1 : 0;
    if (digits[sign] == '.') digits.insert(sign, "0");
    return parse_double(digits);
}

std::optional<std::string> read_int(double number) {
    const double whole = std::trunc(number);
    if (!(whole >= kIntMin && whole <= kIntMax)) return std::nullopt;
    return std::to_string(static_cast<std::int32_t>(whole));
}

/// A fixed number of digits at `at`, moving it on; -1 if they are not there.
int digits_at(std::string_view text, std::size_t& at, std::size_t count) {
    int number = 0;
    if (at + count > text.size()) return -1;
    for (std::size_t i = 0; i < count; ++i) {
        if (!is_digit(text[at + i])) return -1;
        number = number * 10 + (text[at + i] - '0');
    }
    at += count;
    return number;
}

bool skip(std::string_view text, std::size_t& at, char c) {
    if (at >= text.size() || text[at] != c) return false;
    ++at;
    return true;
}

std::string padded(int number, int width) {
    std::string digits = std::to_string(number);
    while (static_cast<int>(digits.size()) < width)
        digits.insert(0, "0");
    return digits;
}

std::optional<std::chrono::local_days> read_day(std::string_view text, std::size_t& at) {
    const int year = digits_at(text, at, 4);
    if (year < 0 || !skip(text, at, '-')) return std::nullopt;
    const int month = digits_at(text, at, 2);
    if (month < 0 || !skip(text, at, '-')) return std::nullopt;
    const int day = digits_at(text, at, 2);
    if (day < 0) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(year),
                                           std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    if (!date.ok()) return std::nullopt;
    return std::chrono::local_days(date);
}

std::string day_text(std::chrono::local_days day) {
    const std::chrono::year_month_day date(day);
    return padded(static_cast<int>(date.year()), 4) + "-" +
           padded(static_cast<int>(static_cast<unsigned>(date.month())), 2) + "-" +
           padded(static_cast<int>(static_cast<unsigned>(date.day())), 2);
}

std::string offset_text(std::chrono::minutes offset) {
    const int minutes = static_cast<int>(offset.count());
    const int size = minutes < 0 ? -minutes : minutes;
    return (minutes < 0 ? "-" : "+") + padded(size / 60, 2) + ":" + padded(size % 60, 2);
}

struct TimeOfDay {
    std::string text;  ///< "HH:MM:SS.sss"
    std::chrono::milliseconds since_midnight{0};
    std::string offset;  ///< "Z", "+01:00", or empty.
};

std::optional<TimeOfDay> read_time_of_day(std::string_view text, std::size_t& at) {
    const int hour = digits_at(text, at, 2);
    if (hour < 0 || hour > 23 || !skip(text, at, ':')) return std::nullopt;
    const int minute = digits_at(text, at, 2);
    if (minute < 0 || minute > 59) return std::nullopt;
    int second = 0;
    int thousandth = 0;
    if (skip(text, at, ':')) {
        second = digits_at(text, at, 2);
        if (second < 0 || second > 59) return std::nullopt;
        if (skip(text, at, '.')) {
            int place = 100;
            const std::size_t start = at;
            for (; at < text.size() && is_digit(text[at]); ++at, place /= 10) {
                thousandth += (text[at] - '0') * place;
            }
            if (at == start) return std::nullopt;
        }
    }
    TimeOfDay time;
    time.text = padded(hour, 2) + ":" + padded(minute, 2) + ":" + padded(second, 2) + "." +
                padded(thousandth, 3);
    time.since_midnight = std::chrono::hours(hour) + std::chrono::minutes(minute) +
                          std::chrono::seconds(second) + std::chrono::milliseconds(thousandth);
    if (at == text.size()) return time;
    if (skip(text, at, 'Z')) {
        time.offset = "Z";
    } else if (text[at] == '+' || text[at] == '-') {
        const std::size_t start = at++;
        const int hours = digits_at(text, at, 2);
        if (hours < 0 || hours > 14 || !skip(text, at, ':')) return std::nullopt;
        const int minutes = digits_at(text, at, 2);
        if (minutes < 0 || minutes > 59) return std::nullopt;
        time.offset = text.substr(start, at - start);
    }
    if (at != text.size()) return std::nullopt;
    return time;
}

std::optional<std::string> read_date(std::string_view text) {
    std::size_t at = 0;
    const auto day = read_day(text, at);
    if (!day || (at < text.size() && text[at] != 'T')) return std::nullopt;
    return day_text(*day);
}

std::optional<std::string> read_date_time(std::string_view text, const LocalMoment& moment) {
    std::size_t at = 0;
    const auto day = read_day(text, at);
    if (!day) return std::nullopt;
    TimeOfDay time;
    time.text = "00:00:00.000";
    if (at < text.size()) {
        if (!skip(text, at, 'T')) return std::nullopt;
        auto read = read_time_of_day(text, at);
        if (!read) return std::nullopt;
        time = *std::move(read);
    }
    if (time.offset.empty()) {
        time.offset = offset_text(moment.zone->offset_at_local(*day + time.since_midnight));
    }
    return day_text(*day) + "T" + time.text + time.offset;
}

/// A time without an offset is read on today's date, so that summer time counts.
std::optional<std::string> read_time(std::string_view text, const LocalMoment& moment) {
    std::size_t at = 0;
    auto time = read_time_of_day(text, at);
    if (!time) return std::nullopt;
    if (time->offset.empty()) {
        const auto local = std::chrono::local_time<std::chrono::milliseconds>(
            moment.now.time_since_epoch() + moment.zone->offset_at(moment.now));
        const auto today = std::chrono::floor<std::chrono::days>(local);
        time->offset = offset_text(moment.zone->offset_at_local(today + time->since_midnight));
    }
    return time->text + time->offset;
}

struct Point {
    std::string text;
    double latitude = 0;
    double longitude = 0;
};

/// "latitude longitude [altitude [accuracy]]", as many as were given: an accuracy that nobody
/// measured must not read as a perfect one.
std::optional<Point> read_point(std::string_view text) {
    const std::vector<std::string_view> parts = tokens(text);
    if (parts.size() < 2 || parts.size() > 4) return std::nullopt;
    double numbers[4] = {0, 0, 0, 0};
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto number = plain_decimal(parts[i]);
        if (!number) return std::nullopt;
        numbers[i] = *number;
    }
    if (std::fabs(numbers[0]) > 90 || std::fabs(numbers[1]) > 180) return std::nullopt;
    Point point;
    point.latitude = numbers[0];
    point.longitude = numbers[1];
    for (std::size_t i = 0; i < parts.size(); ++i) {
        point.text += (i == 0 ? "" : " ") + format_double(numbers[i]);
    }
    return point;
}

std::optional<std::string> read_points(std::string_view text, bool closed) {
    std::vector<Point> points;
    while (!text.empty()) {
        const std::size_t end = text.find(';');
        const std::string_view part = trimmed(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (part.empty() && trimmed(text).empty()) break;  // a trailing semicolon
        auto point = read_point(part);
        if (!point) return std::nullopt;
        points.push_back(*std::move(point));
    }
    if (points.size() < (closed ? 3u : 2u)) return std::nullopt;
    const bool ring = points.front().latitude == points.back().latitude &&
                      points.front().longitude == points.back().longitude;
    if (closed && !ring) return std::nullopt;
    std::string out;
    for (const Point& point : points)
        out += (out.empty() ? "" : ";") + point.text;
    return out;
}

std::string read_set(std::string_view text) {
    std::vector<std::string_view> chosen;
    for (const std::string_view token : tokens(text)) {
        bool repeated = false;
        for (const std::string_view other : chosen)
            repeated = repeated || other == token;
        if (!repeated) chosen.push_back(token);
    }
    std::string out;
    for (const std::string_view token : chosen) {
        if (!out.empty()) out += ' ';
        out += token;
    }
    return out;
}

std::string file_name(std::string_view text) {
    const std::size_t slash = text.find_last_of("/\\");
    return std::string(slash == std::string_view::npos ? text : text.substr(slash + 1));
}

std::optional<std::string> read_trigger(std::string_view text) {
    if (text == "OK" || text == "true" || text == "1") return "OK";
    if (text == "false" || text == "0") return "";
    return std::nullopt;
}

}  // namespace

std::optional<std::string> read_answer(AnswerType type, std::optional<ControlKind> control,
                                       std::string_view lexical, const LocalMoment& moment) {
    const std::string_view text = trimmed(lexical);
    if (text.empty()) return control || type != AnswerType::kString ? "" : std::string(lexical);
    if (control == ControlKind::kSelectMany || control == ControlKind::kRank) return read_set(text);
    if (control == ControlKind::kTrigger) return read_trigger(text);
    switch (type) {
        case AnswerType::kInt:
        case AnswerType::kDecimal: {
            const auto number = plain_decimal(text);
            if (!number || !std::isfinite(*number)) return std::nullopt;
            return type == AnswerType::kInt ? read_int(*number) : format_double(*number);
        }
        case AnswerType::kDate:
            return read_date(text);
        case AnswerType::kTime:
            return read_time(text, moment);
        case AnswerType::kDateTime:
            return read_date_time(text, moment);
        case AnswerType::kGeopoint: {
            auto point = read_point(text);
            // Devices say 0 0 where they do not know; no form is filled in there, in the sea.
            if (!point || (point->latitude == 0 && point->longitude == 0)) return std::nullopt;
            return std::move(point->text);
        }
        case AnswerType::kGeotrace:
            return read_points(text, false);
        case AnswerType::kGeoshape:
            return read_points(text, true);
        case AnswerType::kBinary:
            return file_name(text);
        case AnswerType::kString:
        case AnswerType::kBoolean:
        case AnswerType::kBarcode:
        case AnswerType::kIntent:
        case AnswerType::kSelectOne:
        case AnswerType::kSelectMany:
            break;
    }
    // The values of choices stay as the list writes them.
    if (control == ControlKind::kSelectOne) return std::string(lexical);
    return expr::composed(lexical);
}

bool is_out_of_int_range(std::string_view lexical) {
    const std::size_t first = lexical.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return false;
    lexical = lexical.substr(first, lexical.find_last_not_of(" \t\r\n") - first + 1);
    const auto number = plain_decimal(lexical);
    return number && !read_int(*number);
}

std::string answer_of(AnswerType type, std::optional<ControlKind> control,
                      const expr::Value& result, const LocalMoment& moment) {
    std::string text;
    if (const bool* truth = std::get_if<bool>(&result)) {
        const bool counts = type == AnswerType::kInt || type == AnswerType::kDecimal;
        text = counts ? (*truth ? "1" : "0") : (*truth ? "true" : "false");
    } else if (const double* number = std::get_if<double>(&result)) {
        if (std::isnan(*number)) return {};
        const bool day = type == AnswerType::kDate || type == AnswerType::kDateTime;
        if (day && std::fabs(*number) < kDaysMax) {
            if (type == AnswerType::kDate) {
                const auto count = static_cast<int>(std::floor(*number));
                return day_text(std::chrono::local_days(std::chrono::days(count)));
            }
            const auto count = static_cast<std::int64_t>(std::llround(*number * 86'400'000.0));
            return local_date_time(Instant(std::chrono::milliseconds(count)), *moment.zone);
        }
        text = expr::to_string(result);
    } else {
        text = expr::to_string(result);
    }
    return read_answer(type, control, text, moment).value_or("");
}

std::string recorded(AnswerType type, const std::string& answer) {
    if (type != AnswerType::kDecimal || answer.empty()) return answer;
    return answer.find('.') == std::string::npos ? answer + ".0" : answer;
}

std::string local_date(Instant instant, const TimeZone& zone) {
    return local_date_time(instant, zone).substr(0, 10);
}

std::string local_date_time(Instant instant, const TimeZone& zone) {
    const std::chrono::minutes offset = zone.offset_at(instant);
    const auto local =
        std::chrono::local_time<std::chrono::milliseconds>(instant.time_since_epoch() + offset);
    const auto day = std::chrono::floor<std::chrono::days>(local);
    const auto rest = static_cast<int>((local - day).count());
    return day_text(day) + "T" + padded(rest / 3'600'000, 2) + ":" + padded(rest / 60'000 % 60, 2) +
           ":" + padded(rest / 1000 % 60, 2) + "." + padded(rest % 1000, 3) + offset_text(offset);
}

}  // namespace survey::forms
