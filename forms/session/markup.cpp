#include "forms/session/markup.h"

#include <algorithm>
#include <cctype>
#include <string>
#include <utility>
#include <vector>

namespace survey::forms {

namespace {

// Emphasis in emphasis in a link in a span is what people write; more is an attack on the stack.
constexpr int kNestingMax = 8;

/// The text with each output replaced by one byte that XML text cannot contain, and the outputs.
struct Source {
    static constexpr char kOutput = '\x01';
    std::string text;
    std::vector<std::string> outputs;
};

bool is_word(char byte) {
    return std::isalnum(static_cast<unsigned char>(byte)) != 0 ||
           static_cast<unsigned char>(byte) >= 0x80 || byte == Source::kOutput;
}

bool safe_url(std::string_view url) {
    for (const std::string_view scheme : {"http://", "https://", "mailto:"}) {
        if (url.substr(0, scheme.size()) == scheme) return true;
    }
    return false;
}

/// "color: red; position: fixed" → "color: red".
std::string safe_style(std::string_view style) {
    std::string safe;
    while (!style.empty()) {
        const auto end = style.find(';');
        std::string_view rule = style.substr(0, end);
        style = end == std::string_view::npos ? std::string_view{} : style.substr(end + 1);
        while (!rule.empty() && rule.front() == ' ')
            rule.remove_prefix(1);
        const auto name = rule.substr(0, rule.find(':'));
        const bool known = name == "color" || name == "font-family";
        // What is filled in comes from answers: no style is made of it.
        if (!known || rule.find_first_of("()\\<>\"\x01") != std::string_view::npos) continue;
        if (!safe.empty()) safe += "; ";
        safe += rule;
    }
    return safe;
}

class Parser {
  public:
    explicit Parser(const Source& source) : source_(source) {}

    json::Array lines(std::string_view text) {
        json::Array all;
        bool first = true;
        while (true) {
            const auto end = text.find('\n');
            std::string_view line = text.substr(0, end);
            if (!first) all.push_back(element("br", {}));
            first = false;
            std::size_t level = 0;
            while (level < line.size() && line[level] == '#')
                ++level;
            if (level >= 1 && level <= 6 && level < line.size() && line[level] == ' ') {
                all.push_back(
                    element("h" + std::to_string(level), inline_markup(line.substr(level + 1), 0)));
            } else {
                for (json::Value& part : inline_markup(line, 0))
                    all.push_back(std::move(part));
            }
            if (end == std::string_view::npos) return all;
            text.remove_prefix(end + 1);
        }
    }

  private:
    static json::Object element(std::string_view name, json::Array children) {
        json::Object one;
        one["element"] = name;
        one["children"] = std::move(children);
        return one;
    }

    void flush(std::string& plain, json::Array& out) {
        if (plain.empty()) return;
        out.push_back(json::Object{{"text", plain}});
        plain.clear();
    }

    json::Array inline_markup(std::string_view text, int depth) {
        json::Array out;
        std::string plain;
        for (std::size_t at = 0; at < text.size();) {
            if (text[at] == Source::kOutput) {
                flush(plain, out);
                json::Array inside;
                inside.push_back(json::Object{{"text", source_.outputs[next_output_++]}});
                out.push_back(element("span", std::move(inside)));
                ++at;
                continue;
            }
            if (text[at] == '\\' && at + 1 < text.size() &&
                std::ispunct(static_cast<unsigned char>(text[at + 1])) != 0) {
                plain += text[at + 1];
                at += 2;
                continue;
            }
            json::Object found;
            const std::size_t used =
                depth < kNestingMax ? span_at(text, at, depth, plain, out, found) : 0;
            if (used == 0) {
                plain += text[at++];
                continue;
            }
            out.push_back(std::move(found));
            at += used;
        }
        flush(plain, out);
        return out;
    }

    // Tries each kind of markup at `at`; the number of bytes it takes, 0 where there is none. The
    // plain text before it goes out first, so that outputs are counted in order.
    std::size_t span_at(std::string_view text, std::size_t at, int depth, std::string& plain,
                        json::Array& out, json::Object& found) {
        const std::string_view rest = text.substr(at);
        const bool after_word = at > 0 && is_word(text[at - 1]);
        for (const std::string_view mark : {"**", "__", "*", "_"}) {
            if (rest.substr(0, mark.size()) != mark) continue;
            const bool underscore = mark.front() == '_';
            if (underscore && after_word) continue;  // snake_case is not emphasis
            const std::size_t end = closing(rest, mark);
            if (end == 0) continue;
            flush(plain, out);
            const auto inside = rest.substr(mark.size(), end - mark.size());
            found = element(mark.size() == 2 ? "strong" : "em", inline_markup(inside, depth + 1));
            return end + mark.size();
        }
        if (rest.front() == '[') return link_at(rest, depth, plain, out, found);
        if (rest.substr(0, 5) == "<span") return styled_at(rest, depth, plain, out, found);
        return 0;
    }

    // Where the closing mark begins; 0: there is none, or it would close nothing.
    static std::size_t closing(std::string_view rest, std::string_view mark) {
        const char byte = mark.front();
        const bool single = mark.size() == 1;
        if (rest.size() <= mark.size() || rest[mark.size()] == ' ') return 0;
        if (single && rest[1] == byte) return 0;  // half of a double mark
        for (auto end = rest.find(mark, mark.size()); end != std::string_view::npos;
             end = rest.find(mark, end + 1)) {
            // In a run such as "***" the outer mark is the last one.
            while (!single && end + mark.size() < rest.size() && rest[end + mark.size()] == byte)
                ++end;
            const auto after = end + mark.size();
            const char next = after < rest.size() ? rest[after] : ' ';
            const char last = rest[end - 1];
            if (end == mark.size() || last == ' ' || last == '\\') continue;
            if (single && (last == byte || next == byte)) continue;
            if (byte == '_' && is_word(next)) continue;
            return end;
        }
        return 0;
    }

    std::size_t link_at(std::string_view rest, int depth, std::string& plain, json::Array& out,
                        json::Object& found) {
        const auto middle = rest.find("](");
        const auto end = middle == std::string_view::npos ? middle : rest.find(')', middle);
        if (end == std::string_view::npos) return 0;
        const std::string_view url = rest.substr(middle + 2, end - middle - 2);
        if (!safe_url(url) || url.find(Source::kOutput) != std::string_view::npos) return 0;
        flush(plain, out);
        found = element("a", inline_markup(rest.substr(1, middle - 1), depth + 1));
        found["url"] = url;
        return end + 1;
    }

    std::size_t styled_at(std::string_view rest, int depth, std::string& plain, json::Array& out,
                          json::Object& found) {
        constexpr std::string_view kClose = "</span>";
        const auto open = rest.find('>');
        const auto close = rest.find(kClose);
        if (open == std::string_view::npos || close == std::string_view::npos || close < open) {
            return 0;
        }
        const std::string_view tag = rest.substr(5, open - 5);
        const auto from = tag.find("style=\"");
        const auto to = from == std::string_view::npos ? from : tag.find('"', from + 7);
        flush(plain, out);
        // Nobody sees the outputs inside the tag, but those after it must not take their places.
        next_output_ +=
            static_cast<std::size_t>(std::count(tag.begin(), tag.end(), Source::kOutput));
        found = element("span", inline_markup(rest.substr(open + 1, close - open - 1), depth + 1));
        if (to != std::string_view::npos) {
            const std::string style = safe_style(tag.substr(from + 7, to - from - 7));
            if (!style.empty()) found["style"] = style;
        }
        return close + kClose.size();
    }

    const Source& source_;
    std::size_t next_output_ = 0;
};

}  // namespace

json::Array markup_json(const std::vector<MarkupPiece>& pieces) {
    Source source;
    for (const MarkupPiece& piece : pieces) {
        if (piece.output) {
            source.outputs.emplace_back(piece.text);
            source.text += Source::kOutput;
            continue;
        }
        for (const char byte : piece.text) {
            if (byte != Source::kOutput && byte != '\r') source.text += byte;
        }
    }
    return Parser(source).lines(source.text);
}

}  // namespace survey::forms
