#include "forms/xlsform/dynamic_default.h"

#include <cstddef>

namespace survey::forms {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool begins_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}
bool continues_name(char c) {
    return begins_name(c) || is_digit(c) || c == '-' || c == '.' || c == ':';
}

/// The end of the number that begins at `at`, with its sign; `at` where there is none.
std::size_t number_end(std::string_view text, std::size_t at) {
    std::size_t end = at;
    if (end < text.size() && text[end] == '-') ++end;
    const std::size_t digits = end;
    while (end < text.size() && (is_digit(text[end]) || text[end] == '.'))
        ++end;
    return end == digits ? at : end;
}

/// "2022-03-14T10:00:00.000+01:00": its plus is a time zone.
bool is_timestamp(std::string_view text) {
    return text.size() > 10 && is_digit(text[0]) && text[4] == '-' && text[7] == '-' &&
           text[10] == 'T' && text.find_first_not_of("0123456789-:.TZ+") == std::string_view::npos;
}

bool is_word_operator(std::string_view word) {
    return word == "div" || word == "mod";
}

}  // namespace

bool is_dynamic_default(std::string_view text, std::string_view bind_type) {
    const bool minus_is_text = bind_type == "date" || bind_type == "time" ||
                               bind_type == "dateTime" || bind_type.starts_with("geo");
    // A sign alone is a mark for "nothing", not a sum without summands.
    if (text.size() == 1 || is_timestamp(text)) return false;
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        if (c == '\'' || c == '"') {
            const std::size_t close = text.find(c, at + 1);
            at = close == std::string_view::npos ? at + 1 : close + 1;
        } else if (begins_name(c)) {
            std::size_t end = at;
            while (end < text.size() && continues_name(text[end]))
                ++end;
            if (end < text.size() && text[end] == '(') return true;
            const bool blanks =
                at > 0 && text[at - 1] == ' ' && end < text.size() && text[end] == ' ';
            if (blanks && is_word_operator(text.substr(at, end - at))) return true;
            at = end;
        } else if (const std::size_t end = number_end(text, at); end != at) {
            at = end;
        } else {
            if (text.substr(at, 2) == "${") return true;
            if (c == '*' || c == '+' || c == '|') return true;
            if (c == '-' && !minus_is_text) return true;
            ++at;
        }
    }
    return false;
}

}  // namespace survey::forms
