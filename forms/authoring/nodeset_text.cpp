#include "forms/authoring/nodeset_text.h"

#include "forms/xlsform/cell_text.h"

namespace survey::forms {

namespace {

/// The first of `wanted` outside of quotes and brackets.
std::size_t find_outside(std::string_view text, char wanted) {
    std::size_t depth = 0;
    char quote = '\0';
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quote != '\0') {
            if (c == quote) quote = '\0';
            continue;
        }
        if (depth == 0 && c == wanted) return i;
        if (c == '\'' || c == '"') quote = c;
        if (c == '(' || c == '[') ++depth;
        if ((c == ')' || c == ']') && depth > 0) --depth;
    }
    return std::string_view::npos;
}

/// "l" of `instance('l')/root/item`.
std::string instance_of(std::string_view path) {
    constexpr std::string_view kStart = "instance(";
    constexpr std::string_view kEnd = ")/root/item";
    if (!path.starts_with(kStart) || !path.ends_with(kEnd)) return {};
    const std::string_view id =
        trim(path.substr(kStart.size(), path.size() - kStart.size() - kEnd.size()));
    if (id.size() < 3 || (id[0] != '\'' && id[0] != '"') || id.back() != id[0]) return {};
    return std::string(id.substr(1, id.size() - 2));
}

}  // namespace

NodesetText read_nodeset(std::string_view text) {
    NodesetText out;
    text = trim(text);
    constexpr std::string_view kRandomize = "randomize(";
    if (text.starts_with(kRandomize) && text.ends_with(')')) {
        out.randomized = true;
        text = trim(text.substr(kRandomize.size(), text.size() - kRandomize.size() - 1));
        const std::size_t comma = find_outside(text, ',');
        if (comma != std::string_view::npos) {
            out.seed = std::string(trim(text.substr(comma + 1)));
            text = trim(text.substr(0, comma));
        }
    }
    const std::size_t bracket = find_outside(text, '[');
    std::string_view path = text;
    if (bracket != std::string_view::npos) {
        const std::string_view inside = text.substr(bracket + 1);
        const std::size_t close = find_outside(inside, ']');
        if (close == std::string_view::npos || close + 1 != inside.size()) return out;
        out.predicate = std::string(trim(inside.substr(0, close)));
        path = trim(text.substr(0, bracket));
    }
    out.instance = instance_of(path);
    out.path = std::string(path);
    out.is_plain = !out.instance.empty() || find_outside(path, '(') == std::string_view::npos;
    return out;
}

}  // namespace survey::forms
