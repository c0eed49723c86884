#include "collector/ui/answer_input.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>

#include "collector/ui/text_layout.h"
#include "common/base/number.h"

namespace survey::collector {

namespace {

using forms::AnswerType;
using forms::Choice;
using forms::ControlKind;

std::vector<std::string_view> words_of(std::string_view line) {
    std::vector<std::string_view> words;
    std::size_t at = 0;
    while (at < line.size()) {
        const std::size_t start = line.find_first_not_of(" ,;\t", at);
        if (start == std::string_view::npos) break;
        const std::size_t end = std::min(line.find_first_of(" ,;\t", start), line.size());
        words.push_back(line.substr(start, end - start));
        at = end;
    }
    return words;
}

// A choice by its number on the screen, else by its value.
std::optional<std::size_t> by_number_or_value(std::string_view word,
                                              const std::vector<Choice>& choices,
                                              const std::vector<std::size_t>& shown) {
    const std::size_t count = shown.empty() ? choices.size() : shown.size();
    const auto number = parse_int(word);
    if (number && *number >= 1 && *number <= static_cast<std::int64_t>(count)) {
        const auto index = static_cast<std::size_t>(*number - 1);
        return shown.empty() ? index : shown[index];
    }
    for (std::size_t i = 0; i < choices.size(); ++i) {
        if (choices[i].value == word) return i;
    }
    return std::nullopt;
}

// The choice that reads just so.
std::optional<std::size_t> labelled(std::string_view line, const std::vector<Choice>& choices) {
    for (std::size_t i = 0; i < choices.size(); ++i) {
        if (trimmed(plain(choices[i].label.text)) == line) return i;
    }
    return std::nullopt;
}

InputMeaning read_one(std::string_view line, const std::vector<Choice>& choices,
                      const std::vector<std::size_t>& shown) {
    if (const auto index = by_number_or_value(line, choices, shown)) {
        // On a scale of numbers "2" may be the second line or the one that reads 2: ask which.
        if (shown.empty()) {
            const auto reads = labelled(line, choices);
            if (reads && *reads != *index) return Ambiguous{{*index, *reads}};
        }
        return Lexical{choices[*index].value};
    }
    const auto matches = matching(line, choices);
    if (matches.size() == 1) return Lexical{choices[matches.front()].value};
    if (matches.empty()) return Unreadable::kChoice;
    return Ambiguous{matches};
}

InputMeaning read_many(std::string_view line, const std::vector<Choice>& choices,
                       const std::vector<std::size_t>& shown) {
    std::vector<std::size_t> picked;
    for (const std::string_view word : words_of(line)) {
        const auto index = by_number_or_value(word, choices, shown);
        if (!index) {
            // Not a list of numbers: perhaps the whole line is a part of one label.
            const auto matches = matching(line, choices);
            if (matches.size() == 1) return Lexical{choices[matches.front()].value};
            if (matches.size() > 1) return Ambiguous{matches};
            return Unreadable::kChoice;
        }
        if (std::find(picked.begin(), picked.end(), *index) == picked.end()) {
            picked.push_back(*index);
        }
    }
    std::string value;
    for (const std::size_t index : picked) {
        if (!value.empty()) value += ' ';
        value += choices[index].value;
    }
    return Lexical{value};
}

// "24.12.2026", "2026-12-24", or "heute"/"today".
std::optional<std::string> read_date(std::string_view line, std::string_view today) {
    const std::string word = folded(line);
    if (word == "heute" || word == "today") return std::string(today);
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    std::vector<std::int64_t> parts;
    const char separator = line.find('.') != std::string_view::npos ? '.' : '-';
    std::size_t at = 0;
    while (at <= line.size() && parts.size() < 4) {
        const std::size_t end = std::min(line.find(separator, at), line.size());
        const auto number = parse_int(line.substr(at, end - at));
        if (!number || *number < 0 || *number > 9999) return std::nullopt;
        parts.push_back(*number);
        at = end + 1;
    }
    if (parts.size() != 3) return std::nullopt;
    if (separator == '.') std::swap(parts[0], parts[2]);
    year = static_cast<int>(parts[0]);
    month = static_cast<unsigned>(parts[1]);
    day = static_cast<unsigned>(parts[2]);
    if (year < 1000 ||
        !std::chrono::year_month_day{std::chrono::year(year), std::chrono::month(month),
                                     std::chrono::day(day)}
             .ok()) {
        return std::nullopt;
    }
    char text[32];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", year, month, day);
    return std::string(text);
}

// "9:30", "09:30", "09:30:15".
std::optional<std::string> read_time(std::string_view line) {
    std::vector<std::int64_t> parts;
    std::size_t at = 0;
    while (at <= line.size() && parts.size() < 4) {
        const std::size_t end = std::min(line.find(':', at), line.size());
        const auto number = parse_int(line.substr(at, end - at));
        if (!number || *number < 0) return std::nullopt;
        parts.push_back(*number);
        at = end + 1;
    }
    if (parts.size() < 2 || parts.size() > 3) return std::nullopt;
    if (parts.size() == 2) parts.push_back(0);
    if (parts[0] > 23 || parts[1] > 59 || parts[2] > 59) return std::nullopt;
    char text[48];
    std::snprintf(text, sizeof text, "%02d:%02d:%02d.000", static_cast<int>(parts[0]),
                  static_cast<int>(parts[1]), static_cast<int>(parts[2]));
    return std::string(text);
}

// A German decimal comma is a point, as long as it is the only one.
std::string with_point(std::string_view line) {
    std::string text(line);
    if (text.find('.') == std::string::npos && std::count(text.begin(), text.end(), ',') == 1) {
        std::replace(text.begin(), text.end(), ',', '.');
    }
    return text;
}

InputMeaning read_geopoint(std::string_view line) {
    const auto words = words_of(line);
    if (words.size() < 2 || words.size() > 4) return Unreadable::kGeopoint;
    std::string value;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto number = parse_double(words[i]);
        if (!number || (i == 0 && (*number < -90 || *number > 90)) ||
            (i == 1 && (*number < -180 || *number > 180))) {
            return Unreadable::kGeopoint;
        }
        if (!value.empty()) value += ' ';
        value += format_double(*number);
    }
    return Lexical{value};
}

// ODK XForms, "range": start and end belong to it, and what lies whole steps from the start.
InputMeaning read_range(std::string_view line, const forms::Control& control, AnswerType type) {
    const auto number = parse_double(with_point(line));
    const auto start = parse_double(control.range_start);
    const auto end = parse_double(control.range_end);
    if (!number || !start || !end || *number < std::min(*start, *end) ||
        *number > std::max(*start, *end)) {
        return Unreadable::kRange;
    }
    // A whole-number question would be stored without the fraction.
    if (type == AnswerType::kInt && *number != std::trunc(*number)) return Unreadable::kRange;
    const double step = std::abs(parse_double(control.range_step).value_or(0));
    // Decimal fractions are not exact in binary: 0.3 is 3 steps of 0.1.
    constexpr double kTolerance = 1e-6;
    const double steps = step > 0 ? (*number - *start) / step : 0;
    if (*number != *end && std::abs(steps - std::round(steps)) > kTolerance) {
        return Unreadable::kRange;
    }
    return Lexical{format_double(*number)};
}

InputMeaning read_typed(std::string_view line, AnswerType type, std::string_view today) {
    switch (type) {
        case AnswerType::kInt: {
            const auto number = parse_int(line);
            if (!number) return Unreadable::kWholeNumber;
            return Lexical{std::to_string(*number)};
        }
        case AnswerType::kDecimal: {
            const auto number = parse_double(with_point(line));
            if (!number) return Unreadable::kNumber;
            return Lexical{format_double(*number)};
        }
        case AnswerType::kDate: {
            const auto date = read_date(line, today);
            if (!date) return Unreadable::kDate;
            return Lexical{*date};
        }
        case AnswerType::kTime: {
            const auto time = read_time(line);
            if (!time) return Unreadable::kTime;
            return Lexical{*time};
        }
        case AnswerType::kDateTime: {
            const std::size_t gap = line.find_first_of(" T");
            if (gap == std::string_view::npos) return Unreadable::kDateTime;
            const auto date = read_date(line.substr(0, gap), today);
            const auto time = read_time(trimmed(line.substr(gap + 1)));
            if (!date || !time) return Unreadable::kDateTime;
            return Lexical{*date + "T" + *time};
        }
        case AnswerType::kGeopoint:
            return read_geopoint(line);
        default:
            return Lexical{std::string(line)};
    }
}

}  // namespace

std::vector<std::size_t> matching(std::string_view text, const std::vector<Choice>& choices) {
    const std::string wanted = folded(trimmed(text));
    std::vector<std::size_t> matches;
    for (std::size_t i = 0; i < choices.size(); ++i) {
        const std::string label = folded(plain(choices[i].label.text));
        if (label == wanted) return {i};
        if (label.find(wanted) != std::string::npos) matches.push_back(i);
    }
    return matches;
}

std::optional<bool> read_yes_no(std::string_view line) {
    const std::string word = folded(trimmed(line));
    for (const char* yes : {"j", "ja", "y", "yes", "1", "ok"}) {
        if (word == yes) return true;
    }
    for (const char* no : {"n", "nein", "no", "0"}) {
        if (word == no) return false;
    }
    return std::nullopt;
}

InputMeaning read_answer(std::string_view line, const forms::Control& control,
                         const forms::FormNode& node, const std::vector<Choice>& choices,
                         const std::vector<std::size_t>& shown, std::string_view today) {
    const std::string_view text = trimmed(line);
    const AnswerType type = node.bind ? node.bind->type : AnswerType::kString;
    switch (control.kind) {
        case ControlKind::kSelectOne:
            return read_one(text, choices, shown);
        case ControlKind::kSelectMany:
        case ControlKind::kRank:
            return read_many(text, choices, shown);
        case ControlKind::kTrigger: {
            const auto confirmed = read_yes_no(text);
            if (!confirmed) return Unreadable::kYesNo;
            return Lexical{*confirmed ? "OK" : ""};
        }
        case ControlKind::kUpload:
            return Unreadable::kFile;
        case ControlKind::kRange:
            return read_range(text, control, type);
        default:
            return read_typed(text, type, today);
    }
}

}  // namespace survey::collector
