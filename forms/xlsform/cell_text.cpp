#include "forms/xlsform/cell_text.h"

#include <algorithm>
#include <array>
#include <utility>

namespace survey::forms {

namespace {

constexpr std::string_view kNoBreakSpace = "\xC2\xA0";
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f';
}

/// Bytes of the well-formed character at the front of a text that is not empty; 0: it is malformed.
std::size_t character_bytes(std::string_view text) {
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = at(0);
    if (first < 0x80) return 1;
    const std::size_t bytes = first < 0xC2   ? 0
                              : first < 0xE0 ? 2
                              : first < 0xF0 ? 3
                              : first < 0xF5 ? 4
                                             : 0;
    if (bytes == 0 || text.size() < bytes) return 0;
    for (std::size_t i = 1; i < bytes; ++i) {
        if ((at(i) & 0xC0u) != 0x80u) return 0;
    }
    const bool overlong = (first == 0xE0 && at(1) < 0xA0) || (first == 0xF0 && at(1) < 0x90);
    const bool surrogate = first == 0xED && at(1) >= 0xA0;
    const bool beyond = first == 0xF4 && at(1) >= 0x90;
    return overlong || surrogate || beyond ? 0 : bytes;
}

}  // namespace

std::string_view trim(std::string_view text) {
    for (;;) {
        if (!text.empty() && is_blank(text.front())) {
            text.remove_prefix(1);
        } else if (text.starts_with(kNoBreakSpace)) {
            text.remove_prefix(kNoBreakSpace.size());
        } else {
            break;
        }
    }
    for (;;) {
        if (!text.empty() && is_blank(text.back())) {
            text.remove_suffix(1);
        } else if (text.ends_with(kNoBreakSpace)) {
            text.remove_suffix(kNoBreakSpace.size());
        } else {
            return text;
        }
    }
}

std::string clean_cell(std::string_view text) {
    static constexpr std::array<std::pair<std::string_view, char>, 5> kStraight{{
        {"\xE2\x80\x98", '\''},
        {"\xE2\x80\x99", '\''},
        {"\xE2\x80\x9C", '"'},
        {"\xE2\x80\x9D", '"'},
        {kNoBreakSpace, ' '},
    }};
    text = trim(text);
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c == '\r') {
            if (i + 1 >= text.size() || text[i + 1] != '\n') out += '\n';
            ++i;
            continue;
        }
        const std::size_t bytes = character_bytes(text.substr(i));
        if (bytes == 0) {
            out += kReplacement;
            ++i;
            continue;
        }
        const std::string_view character = text.substr(i, bytes);
        i += bytes;
        if (bytes == 1) {
            if (c >= 0x20 || c == '\n' || c == '\t') out += character;
            continue;
        }
        const auto* straight =
            std::find_if(kStraight.begin(), kStraight.end(),
                         [&](const auto& pair) { return pair.first == character; });
        if (straight == kStraight.end()) {
            out += character;
        } else {
            out += straight->second;
        }
    }
    return out;
}

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const std::size_t bytes = character_bytes(text);
        if (bytes == 0) return false;
        text.remove_prefix(bytes);
    }
    return true;
}

std::string collapse_blanks(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        if (c == ' ' && !out.empty() && out.back() == ' ') continue;
        out += c;
    }
    return out;
}

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

std::string snake_case(std::string_view text) {
    std::string out;
    for (const char c : lower(trim(text))) {
        if (is_blank(c)) {
            if (out.empty() || out.back() != '_') out += '_';
        } else {
            out += c;
        }
    }
    return out;
}

std::vector<std::string> split(std::string_view text, std::string_view separators) {
    std::vector<std::string> pieces;
    while (!text.empty()) {
        const std::size_t end = text.find_first_of(separators);
        const std::string_view piece = trim(text.substr(0, end));
        if (!piece.empty()) pieces.emplace_back(piece);
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 1);
    }
    return pieces;
}

std::string replace_all(std::string_view text, std::string_view from, std::string_view to) {
    std::string out;
    if (from.empty()) return std::string(text);
    for (;;) {
        const std::size_t at = text.find(from);
        out += text.substr(0, at);
        if (at == std::string_view::npos) return out;
        out += to;
        text.remove_prefix(at + from.size());
    }
}

bool is_yes(std::string_view text) {
    const std::string word = lower(text);
    return word == "yes" || word == "true" || word == "true()";
}

bool is_no(std::string_view text) {
    const std::string word = lower(text);
    return word == "no" || word == "false" || word == "false()";
}

}  // namespace survey::forms
