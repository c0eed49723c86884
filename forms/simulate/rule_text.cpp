#include "forms/simulate/rule_text.h"

namespace survey::forms {

namespace {

constexpr std::size_t kDepthMax = 20;  // parentheses around parentheses

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kBlank = " \t\r\n";
    const std::size_t first = text.find_first_not_of(kBlank);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

bool is_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.' || c == ':';
}

/// Calls `visit(i)` for each character outside quotes, parentheses and brackets, until it says
/// stop.
template <typename Visit>
void outside(std::string_view text, const Visit& visit) {
    char quote = 0;
    int depth = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quote != 0) {
            if (c == quote) quote = 0;
        } else if (c == '\'' || c == '"') {
            quote = c;
        } else if (c == '(' || c == '[') {
            ++depth;
        } else if (c == ')' || c == ']') {
            --depth;
        } else if (depth == 0 && !visit(i)) {
            return;
        }
    }
}

bool is_word_at(std::string_view text, std::size_t at, std::string_view word) {
    if (text.substr(at, word.size()) != word) return false;
    if (at == 0 || is_name(text[at - 1])) return false;
    return at + word.size() >= text.size() || !is_name(text[at + word.size()]);
}

/// The inside of parentheses, or of not(), that hold all of the text; empty if they do not.
std::string_view unwrapped(std::string_view text) {
    std::size_t open = 0;
    if (text.starts_with("not") && text.find('(') != std::string_view::npos) {
        open = text.find('(');
        if (!trimmed(text.substr(3, open - 3)).empty()) return {};
    }
    if (text.size() < open + 2 || text[open] != '(' || text.back() != ')') return {};
    bool whole = true;
    int depth = 0;
    for (std::size_t i = open; i + 1 < text.size(); ++i) {
        if (text[i] == '(') ++depth;
        if (text[i] == ')' && --depth == 0) whole = false;
    }
    return whole ? text.substr(open + 1, text.size() - open - 2) : std::string_view();
}

void collect(std::string_view text, std::vector<Comparison>& out, std::size_t depth) {
    text = trimmed(text);
    if (text.empty() || depth > kDepthMax) return;
    std::size_t split = std::string_view::npos;
    std::size_t length = 0;
    outside(text, [&](std::size_t i) {
        for (const std::string_view word : {std::string_view("and"), std::string_view("or")}) {
            if (!is_word_at(text, i, word)) continue;
            split = i;
            length = word.size();
            return false;
        }
        return true;
    });
    if (split != std::string_view::npos) {
        collect(text.substr(0, split), out, depth + 1);
        collect(text.substr(split + length), out, depth + 1);
        return;
    }
    outside(text, [&](std::size_t i) {
        const std::string_view rest = text.substr(i);
        for (const std::string_view op : {"<=", ">=", "!=", "<", ">", "="}) {
            if (!rest.starts_with(op)) continue;
            split = i;
            length = op.size();
            return false;
        }
        return true;
    });
    if (split != std::string_view::npos) {
        out.push_back({std::string(trimmed(text.substr(0, split))),
                       std::string(text.substr(split, length)),
                       std::string(trimmed(text.substr(split + length)))});
        return;
    }
    if (const std::string_view inside = unwrapped(text); !inside.empty()) {
        collect(inside, out, depth + 1);
    }
}

}  // namespace

std::vector<Comparison> comparisons_of(std::string_view expression) {
    std::vector<Comparison> out;
    collect(expression, out, 0);
    return out;
}

std::vector<std::string> quoted_texts(std::string_view expression) {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < expression.size(); ++i) {
        const char quote = expression[i];
        if (quote != '\'' && quote != '"') continue;
        const std::size_t end = expression.find(quote, i + 1);
        if (end == std::string_view::npos) break;
        out.emplace_back(expression.substr(i + 1, end - i - 1));
        i = end;
    }
    return out;
}

}  // namespace survey::forms
