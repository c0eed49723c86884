#include "forms/xlsform/xml_scanner.h"

#include <algorithm>
#include <cstddef>

namespace survey::forms {

namespace {

void append_utf8(std::string& out, std::uint32_t code) {
    const auto byte = [&](std::uint32_t value) { out += static_cast<char>(value); };
    if (code < 0x80) {
        byte(code);
    } else if (code < 0x800) {
        byte(0xC0u | (code >> 6u));
        byte(0x80u | (code & 0x3Fu));
    } else if (code < 0x10000) {
        byte(0xE0u | (code >> 12u));
        byte(0x80u | ((code >> 6u) & 0x3Fu));
        byte(0x80u | (code & 0x3Fu));
    } else {
        byte(0xF0u | (code >> 18u));
        byte(0x80u | ((code >> 12u) & 0x3Fu));
        byte(0x80u | ((code >> 6u) & 0x3Fu));
        byte(0x80u | (code & 0x3Fu));
    }
}

/// The character of "#10" or "#xA"; 0 where it is none that text may hold.
std::uint32_t character(std::string_view reference) {
    const bool hex = reference.starts_with("#x");
    reference.remove_prefix(hex ? 2 : 1);
    std::uint32_t code = 0;
    for (const char c : reference) {
        const int digit = c >= '0' && c <= '9'          ? c - '0'
                          : hex && c >= 'a' && c <= 'f' ? c - 'a' + 10
                          : hex && c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                        : -1;
        if (digit < 0 || code > 0x10FFFF) return 0;
        code = code * (hex ? 16u : 10u) + static_cast<std::uint32_t>(digit);
    }
    return code > 0x10FFFF || (code >= 0xD800 && code < 0xE000) ? 0 : code;
}

std::string resolve(std::string_view raw) {
    std::string out;
    out.reserve(raw.size());
    while (!raw.empty()) {
        const std::size_t amp = raw.find('&');
        out += raw.substr(0, amp);
        if (amp == std::string_view::npos) break;
        raw.remove_prefix(amp + 1);
        const std::size_t end = raw.find(';');
        const std::string_view name = raw.substr(0, end == std::string_view::npos ? 0 : end);
        if (name == "amp") {
            out += '&';
        } else if (name == "lt") {
            out += '<';
        } else if (name == "gt") {
            out += '>';
        } else if (name == "quot") {
            out += '"';
        } else if (name == "apos") {
            out += '\'';
        } else if (name.starts_with('#')) {
            if (const std::uint32_t code = character(name); code != 0) append_utf8(out, code);
        } else {
            out += '&';  // not ours to guess
            continue;
        }
        raw.remove_prefix(end + 1);
    }
    return out;
}

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

std::string_view local(std::string_view name) {
    const std::size_t colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

/// The end of a tag: a ">" that is not in quotes.
std::size_t tag_end(std::string_view text) {
    char quote = '\0';
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (quote != '\0') {
            if (text[i] == quote) quote = '\0';
        } else if (text[i] == '"' || text[i] == '\'') {
            quote = text[i];
        } else if (text[i] == '>') {
            return i;
        }
    }
    return std::string_view::npos;
}

}  // namespace

XmlScanner::Event XmlScanner::next() {
    if (end_pending_) {
        end_pending_ = false;
        return Event::kEnd;
    }
    for (;;) {
        if (rest_.empty()) return Event::kDone;
        if (rest_.front() != '<') {
            const std::size_t end = std::min(rest_.find('<'), rest_.size());
            text_ = resolve(rest_.substr(0, end));
            rest_.remove_prefix(end);
            return Event::kText;
        }
        const auto pass_over = [&](std::string_view close) {
            const std::size_t end = rest_.find(close);
            rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + close.size());
            return end != std::string_view::npos;
        };
        if (rest_.starts_with("<?")) {
            if (!pass_over("?>")) return Event::kBroken;
        } else if (rest_.starts_with("<!--")) {
            if (!pass_over("-->")) return Event::kBroken;
        } else if (rest_.starts_with("<![CDATA[")) {
            const std::size_t end = rest_.find("]]>");
            if (end == std::string_view::npos) return Event::kBroken;
            text_ = rest_.substr(9, end - 9);
            rest_.remove_prefix(end + 3);
            return Event::kText;
        } else if (rest_.starts_with("<!")) {
            return Event::kBroken;
        } else {
            return read_tag();
        }
    }
}

XmlScanner::Event XmlScanner::read_tag() {
    const std::size_t end = tag_end(rest_);
    if (end == std::string_view::npos || end < 2) {
        rest_ = {};
        return Event::kBroken;
    }
    std::string_view tag = rest_.substr(1, end - 1);
    rest_.remove_prefix(end + 1);
    const bool is_end = tag.front() == '/';
    if (is_end) tag.remove_prefix(1);
    if (!is_end && tag.ends_with('/')) {
        end_pending_ = true;
        tag.remove_suffix(1);
    }
    const auto name_end =
        static_cast<std::size_t>(std::find_if(tag.begin(), tag.end(), is_blank) - tag.begin());
    name_ = local(tag.substr(0, name_end));
    attributes_ = tag.substr(name_end);
    return is_end ? Event::kEnd : Event::kStart;
}

std::string XmlScanner::find_attribute(std::string_view wanted, bool with_prefix) const {
    std::string_view rest = attributes_;
    for (;;) {
        while (!rest.empty() && is_blank(rest.front()))
            rest.remove_prefix(1);
        const std::size_t equals = rest.find('=');
        if (equals == std::string_view::npos) return {};
        std::string_view name = rest.substr(0, equals);
        while (!name.empty() && is_blank(name.back()))
            name.remove_suffix(1);
        rest.remove_prefix(equals + 1);
        while (!rest.empty() && is_blank(rest.front()))
            rest.remove_prefix(1);
        if (rest.empty() || (rest.front() != '"' && rest.front() != '\'')) return {};
        const std::size_t close = rest.find(rest.front(), 1);
        if (close == std::string_view::npos) return {};
        if ((with_prefix ? name : local(name)) == wanted) return resolve(rest.substr(1, close - 1));
        rest.remove_prefix(close + 1);
    }
}

std::string XmlScanner::attribute(std::string_view name) const {
    return find_attribute(name, false);
}

std::string XmlScanner::attribute_as_written(std::string_view name) const {
    return find_attribute(name, true);
}

bool XmlScanner::skip() {
    for (std::size_t depth = 1; depth > 0;) {
        switch (next()) {
            case Event::kStart:
                ++depth;
                break;
            case Event::kEnd:
                --depth;
                break;
            case Event::kText:
                break;
            case Event::kDone:
            case Event::kBroken:
                return false;
        }
    }
    return true;
}

}  // namespace survey::forms
