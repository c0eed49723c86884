#include "forms/xlsform/cell_text.h"

#include <array>
#include <utility>

namespace survey::forms {

namespace {

constexpr std::string_view kNoBreakSpace = "\xC2\xA0";

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f';
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
        if (c < 0xC2) {
            out += text[i++];
            continue;
        }
        bool replaced = false;
        for (const auto& [from, to] : kStraight) {
            if (!text.substr(i).starts_with(from)) continue;
            out += to;
            i += from.size();
            replaced = true;
            break;
        }
        if (!replaced) out += text[i++];
    }
    return out;
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
