#include "collector/ui/text_layout.h"

#include <algorithm>

namespace survey::collector {

namespace {

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool is_continuation(char c) {
    return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

// Second byte, after 0xC3, of À to Þ without the sign ×.
bool is_latin_capital(char second) {
    const auto byte = static_cast<unsigned char>(second);
    return byte >= 0x80 && byte <= 0x9E && byte != 0x97;
}

// One paragraph (no line break in it) onto `out`.
void wrap_paragraph(std::string_view text, std::size_t columns, std::size_t indent,
                    std::string_view first, std::string& out) {
    std::string line(first.empty() ? std::string(indent, ' ') : std::string(first));
    std::size_t used = width(line);
    bool has_word = false;
    std::size_t at = 0;
    while (at < text.size()) {
        while (at < text.size() && is_blank(text[at]))
            ++at;
        std::size_t end = at;
        while (end < text.size() && !is_blank(text[end]))
            ++end;
        if (end == at) break;
        const std::string_view word = text.substr(at, end - at);
        const std::size_t word_width = width(word);
        if (has_word && used + 1 + word_width > columns) {
            out += line + "\n";
            line.assign(indent, ' ');
            used = indent;
            has_word = false;
        }
        if (has_word) {
            line += ' ';
            ++used;
        }
        line += word;
        used += word_width;
        has_word = true;
        at = end;
    }
    out += line;
}

// The end of "[text](address)" starting at `at`, or npos.
std::size_t link_end(std::string_view text, std::size_t at, std::size_t& middle) {
    middle = text.find("](", at);
    if (middle == std::string_view::npos) return middle;
    return text.find(')', middle);
}

}  // namespace

std::size_t width(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return !is_continuation(c); }));
}

std::string wrap(std::string_view text, std::size_t columns, std::size_t indent,
                 std::string_view first) {
    std::string out;
    std::size_t at = 0;
    bool is_first = true;
    while (at <= text.size()) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        if (!is_first) out += '\n';
        wrap_paragraph(text.substr(at, end - at), columns, indent, is_first ? first : "", out);
        is_first = false;
        at = end + 1;
    }
    return out;
}

std::string plain(std::string_view markdown) {
    std::string out;
    bool line_start = true;
    for (std::size_t i = 0; i < markdown.size(); ++i) {
        const char c = markdown[i];
        if (line_start && c == '#') {
            while (i < markdown.size() && markdown[i] == '#')
                ++i;
            while (i < markdown.size() && markdown[i] == ' ')
                ++i;
            --i;
            line_start = false;
            continue;
        }
        line_start = c == '\n';
        if (c == '\\' && i + 1 < markdown.size() &&
            std::string_view("\\*_#<>[]").find(markdown[i + 1]) != std::string_view::npos) {
            out += markdown[++i];
        } else if (c == '*') {
            // Emphasis; a lone star between blanks is a star.
            const bool before = i == 0 || is_blank(markdown[i - 1]);
            const bool after = i + 1 >= markdown.size() || is_blank(markdown[i + 1]);
            if (before && after) out += c;
        } else if (c == '[') {
            std::size_t middle = 0;
            const std::size_t end = link_end(markdown, i, middle);
            if (end == std::string_view::npos) {
                out += c;
            } else {
                out += markdown.substr(i + 1, middle - i - 1);
                out += " (";
                out += markdown.substr(middle + 2, end - middle - 2);
                out += ')';
                i = end;
            }
        } else if (c == '<') {
            const std::size_t end = markdown.find('>', i);
            const bool is_tag =
                end != std::string_view::npos && i + 1 < markdown.size() &&
                (markdown[i + 1] == '/' || (markdown[i + 1] >= 'a' && markdown[i + 1] <= 'z'));
            if (is_tag) {
                i = end;
            } else {
                out += c;
            }
        } else {
            out += c;
        }
    }
    return out;
}

std::string shorten(std::string_view text, std::size_t columns) {
    std::string line(text);
    std::replace(line.begin(), line.end(), '\n', ' ');
    if (width(line) <= columns) return line;
    std::size_t kept = 0;
    std::size_t at = 0;
    while (at < line.size()) {
        if (!is_continuation(line[at])) {
            if (kept + 1 >= columns) break;
            ++kept;
        }
        ++at;
    }
    return line.substr(0, at) + "…";
}

std::string folded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c >= 'A' && c <= 'Z') {
            out += static_cast<char>(c - 'A' + 'a');
        } else if (c == '\xC3' && i + 1 < text.size() && is_latin_capital(text[i + 1])) {
            out += c;  // À to Þ have their small letters 32 further on
            out += static_cast<char>(text[++i] + 0x20);
        } else {
            out += c;
        }
    }
    return out;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_blank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back()))
        text.remove_suffix(1);
    return text;
}

}  // namespace survey::collector
