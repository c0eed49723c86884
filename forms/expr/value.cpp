#include "forms/expr/value.h"

#include <cmath>
#include <limits>

#include "common/base/clock.h"
#include "common/base/number.h"
#include "forms/expr/calendar.h"
#include "forms/expr/conversion.h"

namespace survey::expr {

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

std::string_view trimmed(std::string_view text) {
    const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
    while (!text.empty() && blank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && blank(text.back()))
        text.remove_suffix(1);
    return text;
}

bool looks_like_date(std::string_view text) {
    return text.size() >= 10 && text[4] == '-' && text[7] == '-';
}

}  // namespace

double plain_number(std::string_view text) {
    text = trimmed(text);
    // Section 4.4: digits, a point, a leading minus, and nothing else.
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (!((c >= '0' && c <= '9') || c == '.' || (c == '-' && i == 0))) return kNaN;
    }
    if (text.ends_with('.')) {
        text.remove_suffix(1);
        if (text.empty() || text.back() == '.' || text.back() == '-') return kNaN;
    }
    return parse_double(text).value_or(kNaN);
}

double read_number(std::string_view text, const TimeZone& zone) {
    text = trimmed(text);
    if (looks_like_date(text)) {
        if (const auto time = parse_date_time(text)) return to_days(*time, zone);
    }
    return plain_number(text);
}

ValueKind kind_of(const Value& value) {
    switch (value.index()) {
        case 0:
            return ValueKind::kNodeSet;
        case 1:
            return ValueKind::kNumber;
        case 2:
            return ValueKind::kString;
        default:
            return ValueKind::kBoolean;
    }
}

std::string number_text(double number) {
    const double nearest = std::round(number);
    if (std::fabs(number - nearest) < kTolerance) return format_double(nearest);
    return format_double(number);
}

std::string to_string(const NodeView& node) {
    std::string text;
    if (!node.is_null()) node.tree->append_string_value(node.index, text);
    return text;
}

std::string to_string(const Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    if (const auto* number = std::get_if<double>(&value)) return number_text(*number);
    if (const auto* truth = std::get_if<bool>(&value)) return *truth ? "true" : "false";
    const NodeSet& nodes = *std::get_if<NodeSet>(&value);
    return nodes.empty() ? std::string() : to_string(nodes.front());
}

double to_number(std::string_view text) {
    static const FixedOffset kUtc{std::chrono::minutes(0)};
    return read_number(text, kUtc);
}

double to_number(const Value& value) {
    if (const auto* number = std::get_if<double>(&value)) return *number;
    if (const auto* truth = std::get_if<bool>(&value)) return *truth ? 1 : 0;
    if (const auto* text = std::get_if<std::string>(&value)) return to_number(*text);
    return to_number(to_string(value));
}

bool to_boolean(const Value& value) {
    if (const auto* truth = std::get_if<bool>(&value)) return *truth;
    if (const auto* number = std::get_if<double>(&value)) {
        return *number != 0 && !std::isnan(*number);
    }
    if (const auto* text = std::get_if<std::string>(&value)) return !text->empty();
    return !std::get_if<NodeSet>(&value)->empty();
}

}  // namespace survey::expr
