#include "forms/xlsform/references.h"

#include <algorithm>

#include "forms/xlsform/names.h"

namespace survey::forms {

namespace {

constexpr std::string_view kLastSaved = "last-saved#";

bool is_inside(const Item& item, const Item& ancestor) {
    for (const Item* up = item.parent; up != nullptr; up = up->parent) {
        if (up == &ancestor) return true;
    }
    return false;
}

std::vector<const Item*> line_to(const Item& item) {
    std::vector<const Item*> line;
    for (const Item* up = &item; up != nullptr; up = up->parent)
        line.push_back(up);
    std::reverse(line.begin(), line.end());
    return line;
}

/// Follows an expression far enough to know in what a reference stands: text in quotes, predicates,
/// and the arguments of a function.
class Position {
  public:
    void pass(std::string_view text, std::size_t at) {
        const char c = text[at];
        if (quote_ != '\0') {
            if (c == quote_) quote_ = '\0';
            return;
        }
        if (c == '\'' || c == '"') quote_ = c;
        if (c == '[') open_.push_back({'[', "", 0});
        if (c == '(') open_.push_back({'(', function_before(text, at), 0});
        if (c == ',' && !open_.empty()) ++open_.back().argument;
        if ((c == ']' || c == ')') && !open_.empty()) open_.pop_back();
    }
    bool in_predicate() const {
        return std::any_of(open_.begin(), open_.end(),
                           [](const Open& open) { return open.bracket == '['; });
    }
    /// The nodes of indexed-repeat(node, repeat, index, …), whose positions its indexes give.
    bool in_indexed_nodes() const {
        if (open_.empty() || open_.back().function != "indexed-repeat") return false;
        const std::size_t argument = open_.back().argument;
        return argument == 0 || argument % 2 == 1;
    }

  private:
    struct Open {
        char bracket;
        std::string function;
        std::size_t argument;
    };

    static std::string function_before(std::string_view text, std::size_t at) {
        const auto is_name = [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                   c == '-' || c == '_' || c == ':';
        };
        std::size_t begin = at;
        while (begin > 0 && is_name(text[begin - 1]))
            --begin;
        return std::string(text.substr(begin, at - begin));
    }

    char quote_ = '\0';
    std::vector<Open> open_;
};

/// The end of `instance('x')/root/item[…]/y` that begins at `at`.
std::size_t instance_path_end(std::string_view text, std::size_t at) {
    std::size_t depth = 0;
    char quote = '\0';
    bool bracket_seen = false;
    for (std::size_t i = at; i < text.size(); ++i) {
        const char c = text[i];
        if (quote != '\0') {
            if (c == quote) quote = '\0';
            continue;
        }
        if (depth > 0 && (c == '\'' || c == '"')) quote = c;
        if (c == '[' || c == '(') {
            ++depth;
            bracket_seen = true;
        }
        if (c == ']' || c == ')') {
            if (depth == 0) return i;
            --depth;
        }
        const bool ends = c == ' ' || c == '\n' || c == '\t' || c == ',' || c == '<' || c == ';' ||
                          c == '?' || c == '!';
        if (depth == 0 && bracket_seen && ends) return i;
    }
    return depth == 0 && quote == '\0' ? text.size() : std::string_view::npos;
}

bool begins_instance_path(std::string_view text, std::size_t at) {
    constexpr std::string_view kStart = "instance(";
    if (text.substr(at, kStart.size()) != kStart) return false;
    std::size_t next = at + kStart.size();
    while (next < text.size() && text[next] == ' ')
        ++next;
    return next < text.size() && (text[next] == '\'' || text[next] == '"');
}

}  // namespace

const Item* enclosing_repeat(const Item& item) {
    for (const Item* up = item.parent; up != nullptr; up = up->parent) {
        if (up->kind == ItemKind::kRepeat) return up;
    }
    return nullptr;
}

References::References(const Item& form, std::string root_name, Findings& findings)
    : form_(form), root_name_(std::move(root_name)), findings_(findings) {
    for_each_below(form, [&](const Item& item) {
        if (!item.has_node()) return;
        by_name_[item.name].push_back(&item);
        names_.push_back(item.name);
    });
}

std::string References::path(const Item& item) const {
    std::string path;
    for (const Item* step : line_to(item))
        path += "/" + (step == &form_ ? root_name_ : step->name);
    return path;
}

namespace {

std::string relative_path(const Item& context, const Item& target) {
    const auto from = line_to(context);
    const auto to = line_to(target);
    std::size_t common = 0;
    // The last step is always named: "../q", also from q itself.
    while (common + 1 < from.size() && common + 1 < to.size() && from[common] == to[common])
        ++common;
    std::string path;
    for (std::size_t i = common; i < from.size(); ++i)
        path += path.empty() ? ".." : "/..";
    for (std::size_t i = common; i < to.size(); ++i)
        path += "/" + to[i]->name;
    return path;
}

}  // namespace

std::string References::path_from(const Item& context, const Item& target) const {
    const Item* shared = enclosing_repeat(target);
    while (shared != nullptr && !is_inside(context, *shared))
        shared = enclosing_repeat(*shared);
    return shared == nullptr ? path(target) : relative_path(context, target);
}

std::string References::path_to_all(const Item& context, const Item& repeat) const {
    return is_inside(context, repeat) ? relative_path(context, repeat) : path_from(context, repeat);
}

std::string References::path_below(const Item& repeat, const Item& target) {
    std::string below;
    for (const Item* step : line_to(target)) {
        if (is_inside(*step, repeat)) below += (below.empty() ? "" : "/") + step->name;
    }
    return below;
}

const Item* References::find(std::string_view name, const Cell& cell, const Item& context) const {
    const auto found = by_name_.find(std::string(name));
    if (found == by_name_.end()) {
        if (findings_.full()) return nullptr;
        findings_.error(cell.place, "unknown-reference",
                        "There is no question named \"" + std::string(name) + "\".",
                        "${" + std::string(name) + "}", did_you_mean(name, names_));
        return nullptr;
    }
    const auto& candidates = found->second;
    // Two of one name in one group have been reported.
    const bool in_one_group =
        std::all_of(candidates.begin(), candidates.end(),
                    [&](const Item* other) { return other->parent == candidates.front()->parent; });
    if (in_one_group) return candidates.front();
    // The copies of a loop repeat all names; in a copy its own are meant.
    for (const Item* up = &context; up != nullptr; up = up->parent) {
        if (!up->is_loop_copy) continue;
        const Item* inside = nullptr;
        std::size_t count = 0;
        for (const Item* candidate : candidates) {
            if (!is_inside(*candidate, *up)) continue;
            inside = candidate;
            ++count;
        }
        if (count == 1) return inside;
    }
    constexpr std::size_t kRowsShown = 5;
    std::string rows;
    for (std::size_t i = 0; i < std::min(candidates.size(), kRowsShown); ++i) {
        rows += (rows.empty() ? "" : ", ") + std::to_string(candidates[i]->row);
    }
    if (candidates.size() > kRowsShown) rows += ", …";
    findings_.error(cell.place, "ambiguous-reference",
                    "\"" + std::string(name) + "\" names several questions (rows " + rows + ").",
                    "${" + std::string(name) + "}", "Give them different names.");
    return nullptr;
}

std::string References::replacement(std::string_view name, const Cell& cell, const Item& context,
                                    const Scope& scope, bool in_predicate, bool absolute) const {
    const std::string written = "${" + std::string(name) + "}";
    if (name == "instanceID" || name == "instanceName") {
        if (!by_name_.contains(std::string(name)))
            return "/" + root_name_ + "/meta/" + std::string(name);
    }
    const bool last_saved = name.starts_with(kLastSaved);
    if (last_saved) name.remove_prefix(kLastSaved.size());
    const Item* target = find(name, cell, context);
    if (target == nullptr) return written;
    if (last_saved) return "instance('__last-saved')" + path(*target);
    if (absolute) return path(*target);
    if (scope.filtered != nullptr && is_inside(*target, *scope.filtered)) {
        return "./" + path_below(*scope.filtered, *target);
    }
    const std::string path = path_from(context, *target);
    return in_predicate && path.front() == '.' ? "current()/" + path : path;
}

std::string References::expand(const Cell& cell, const Item& context, const Scope& scope) const {
    const std::string_view text = cell.text;
    if (text.find("${") == std::string_view::npos) return cell.text;
    std::string out;
    Position position;
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] != '$' || at + 1 >= text.size() || text[at + 1] != '{') {
            position.pass(text, at);
            out += text[at++];
            continue;
        }
        const std::size_t end = text.find('}', at);
        const std::string_view name =
            end == std::string_view::npos ? "" : trim(text.substr(at + 2, end - at - 2));
        const std::string_view plain =
            name.starts_with(kLastSaved) ? name.substr(kLastSaved.size()) : name;
        if (!is_qualified_name(plain)) {
            const std::string_view shown =
                text.substr(at, end == std::string_view::npos ? end : end - at + 1);
            findings_.error(cell.place, "malformed-reference",
                            "The reference \"" + std::string(shown) + "\" is not well formed.",
                            shown, "Write ${name} with the name of a question.");
            return out + std::string(text.substr(at));
        }
        // With blanks around it, as pyxform has it: people compare what both make of a workbook.
        out += " " +
               replacement(name, cell, context, scope, scope.in_filter || position.in_predicate(),
                           position.in_indexed_nodes()) +
               " ";
        at = end + 1;
    }
    return out;
}

std::vector<TextPiece> References::pieces(const Cell& cell, const Item& context) const {
    const std::string_view text = cell.text;
    std::vector<TextPiece> pieces;
    std::string literal;
    const auto output = [&](std::size_t begin, std::size_t end) {
        if (!literal.empty()) pieces.push_back(TextPiece{std::move(literal), false});
        literal.clear();
        const Cell expression{std::string(text.substr(begin, end - begin)), cell.place};
        // The text of a repeat is shown for each instance, which is then the context.
        const bool is_own = context.kind == ItemKind::kRepeat && text[begin] == '$';
        pieces.push_back(
            TextPiece{expand(expression, context, {false, is_own ? &context : nullptr}), true});
    };
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = std::string_view::npos;
        if (text.substr(at, 2) == "${") {
            const std::size_t close = text.find('}', at);
            end = close == std::string_view::npos ? text.size() : close + 1;
        } else if (text[at] == 'i' && begins_instance_path(text, at)) {
            end = instance_path_end(text, at);
        }
        if (end == std::string_view::npos) {
            literal += text[at++];
        } else {
            output(at, end);
            at = end;
        }
    }
    if (!literal.empty()) pieces.push_back(TextPiece{std::move(literal), false});
    return pieces;
}

std::string_view References::single_name(std::string_view text) {
    text = trim(text);
    if (!text.starts_with("${") || text.find('}') != text.size() - 1) return {};
    return trim(text.substr(2, text.size() - 3));
}

bool References::list(const Cell& cell, const Item& context,
                      std::vector<const Item*>& items) const {
    for (const std::string& piece : split(cell.text, ",")) {
        const std::string_view name = single_name(piece);
        if (!is_qualified_name(name)) return false;
        if (const Item* item = find(name, cell, context); item != nullptr) items.push_back(item);
    }
    return true;
}

}  // namespace survey::forms
