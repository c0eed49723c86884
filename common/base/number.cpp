#include "common/base/number.h"

#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <fast_float/fast_float.h>

namespace survey {

std::optional<double> parse_double(std::string_view text) {
    if (text.empty()) return std::nullopt;
    std::string_view digits = text;
    if (digits.front() == '+' || digits.front() == '-') digits.remove_prefix(1);
    // fast_float also reads "nan" and "inf", which are words and not numbers here.
    if (digits.empty() ||
        !(digits.front() == '.' || (digits.front() >= '0' && digits.front() <= '9'))) {
        return std::nullopt;
    }
    if (text.front() == '+') text.remove_prefix(1);
    double number = 0;
    const auto result = fast_float::from_chars(text.data(), text.data() + text.size(), number);
    if (result.ec != std::errc() || result.ptr != text.data() + text.size()) return std::nullopt;
    return number;
}

std::string format_double(double number) {
    if (std::isnan(number)) return "NaN";
    if (std::isinf(number)) return number > 0 ? "Infinity" : "-Infinity";
    if (number == 0) return "0";
    constexpr double kExactIntegers = 9007199254740992.0;  // 2^53
    if (std::fabs(number) < kExactIntegers && number == std::trunc(number)) {
        char text[24];
        const auto end = std::to_chars(text, text + sizeof text, static_cast<std::int64_t>(number));
        return {text, end.ptr};
    }
    // The fewest significant digits that read back equal: 17 always do (IEEE 754).
    char scientific[40];
    for (int digits = 1; digits <= 17; ++digits) {
        std::snprintf(scientific, sizeof scientific, "%.*e", digits - 1, number);
        if (parse_double(scientific) == number) break;
    }
    // "-d.ddde+XX" into plain notation.
    const char* read = scientific;
    std::string text;
    if (*read == '-') {
        text += '-';
        ++read;
    }
    std::string digits;
    for (; *read != 'e'; ++read) {
        if (*read != '.') digits += *read;
    }
    const int exponent = static_cast<int>(std::strtol(read + 1, nullptr, 10));
    const int point = exponent + 1;
    const int count = static_cast<int>(digits.size());
    if (point <= 0) {
        text += "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
    } else if (point >= count) {
        text += digits + std::string(static_cast<std::size_t>(point - count), '0');
    } else {
        text += digits.substr(0, static_cast<std::size_t>(point)) + "." +
                digits.substr(static_cast<std::size_t>(point));
    }
    return text;
}

std::optional<std::int64_t> parse_int(std::string_view text) {
    std::int64_t number = 0;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || result.ec != std::errc() || result.ptr != text.data() + text.size()) {
        return std::nullopt;
    }
    return number;
}

}  // namespace survey
