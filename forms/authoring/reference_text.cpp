#include "forms/authoring/reference_text.h"

#include <algorithm>
#include <vector>

#include "forms/xlsform/cell_text.h"
#include "forms/xlsform/names.h"

namespace survey::forms {

namespace {

bool is_name_byte(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.' || c == ':' || byte >= 0x80;
}

bool is_name_start(char c) {
    return is_name_byte(c) && c != '-' && c != '.' && c != ':' && !(c >= '0' && c <= '9');
}

/// Reads "/name/name…" from `at`; gives the end of it.
std::size_t names_end(std::string_view text, std::size_t at) {
    while (at + 1 < text.size() && text[at] == '/' && is_name_start(text[at + 1])) {
        ++at;
        while (at < text.size() && is_name_byte(text[at]))
            ++at;
    }
    return at;
}

/// The end of the path that begins at `at`: "/a/b", "../a", "./a", "current()/../a",
/// "instance('__last-saved')/a"; `at` itself where none does.
std::size_t path_end(std::string_view text, std::size_t at) {
    constexpr std::string_view kCurrent = "current()/..";
    constexpr std::string_view kLastSaved = "instance('__last-saved')/";
    if (text.substr(at, kLastSaved.size()) == kLastSaved)
        return names_end(text, at + kLastSaved.size() - 1);
    if (text[at] == '/') return names_end(text, at);
    std::size_t end = at;
    if (text.substr(at, kCurrent.size()) == kCurrent) {
        end += kCurrent.size();
    } else if (text.substr(at, 2) == "..") {
        end += 2;
    } else if (text.substr(at, 2) == "./") {
        const std::size_t below = names_end(text, at + 1);
        return below == at + 1 ? at : below;
    } else {
        return at;
    }
    while (text.substr(end, 3) == "/..")
        end += 3;
    const std::size_t names = names_end(text, end);
    return names == end ? at : names;
}

/// The converter puts a blank on both sides of a path. Takes back the one in front, unless it parts
/// what the author wrote.
void drop_padding(std::string& out) {
    if (!out.ends_with(' ')) return;
    const char before = out.size() == 1 ? '(' : out[out.size() - 2];
    if (before == ' ' || before == '(' || before == '[') out.pop_back();
}

/// The same for the one behind, at `at`.
bool is_padding(std::string_view text, std::size_t at) {
    if (at >= text.size() || text[at] != ' ') return false;
    const char after = at + 1 == text.size() ? ')' : text[at + 1];
    return after == ' ' || after == ')' || after == ']' || after == ',';
}

/// Follows quotes, predicates and arguments, as the converter does.
struct Position {
    struct Open {
        char bracket;
        std::string function;
        std::size_t argument;
    };
    std::vector<Open> open;

    bool in_predicate() const {
        return std::any_of(open.begin(), open.end(),
                           [](const Open& one) { return one.bracket == '['; });
    }
    bool in_indexed_nodes() const {
        if (open.empty() || open.back().function != "indexed-repeat") return false;
        const std::size_t argument = open.back().argument;
        return argument == 0 || argument % 2 == 1;
    }
    void pass(std::string_view text, std::size_t at) {
        const char c = text[at];
        if (c == '[') open.push_back({'[', "", 0});
        if (c == '(') {
            std::size_t begin = at;
            while (begin > 0 && is_name_byte(text[begin - 1]))
                --begin;
            open.push_back({'(', std::string(text.substr(begin, at - begin)), 0});
        }
        if (c == ',' && !open.empty()) ++open.back().argument;
        if ((c == ']' || c == ')') && !open.empty()) open.pop_back();
    }
};

}  // namespace

ReferenceText::ReferenceText(const FormDefinition& form) : form_(form) {
    for (NodeRef node = 1; node < form.nodes.size(); ++node) {
        const FormNode& at = form.nodes[node];
        // What stands in meta is no row, and so no name.
        const bool in_meta = [&] {
            for (NodeRef up = node; up != 0; up = form.nodes[up].parent) {
                if (form.nodes[up].name.local == "meta") return true;
            }
            return false;
        }();
        if (!at.is_attribute && !in_meta) ++count_[at.name.qualified()];
    }
}

std::string ReferenceText::name_of(NodeRef node) const {
    if (node == kNoRef || node == 0) return {};
    const FormNode& at = form_.nodes[node];
    const std::string name = at.name.qualified();
    const auto count = count_.find(name);
    const bool meta = (node == form_.instance_id || node == form_.instance_name) &&
                      (name == "instanceID" || name == "instanceName") &&
                      at.path == form_.nodes[0].path + "/meta/" + name;
    if (meta) return count == count_.end() ? "${" + name + "}" : std::string();
    if (count == count_.end() || count->second != 1 || !is_qualified_name(name)) return {};
    return at.is_attribute ? std::string() : "${" + name + "}";
}

bool ReferenceText::is_inside(NodeRef node, NodeRef ancestor) const {
    while (node != 0) {
        node = form_.nodes[node].parent;
        if (node == ancestor) return true;
    }
    return false;
}

NodeRef ReferenceText::enclosing_repeat(NodeRef node) const {
    while (node != 0) {
        node = form_.nodes[node].parent;
        if (form_.nodes[node].is_repeat) return node;
    }
    return kNoRef;
}

std::string ReferenceText::relative(NodeRef context, NodeRef target) const {
    const auto line = [&](NodeRef node) {
        std::vector<NodeRef> steps{node};
        while (node != 0)
            steps.push_back(node = form_.nodes[node].parent);
        std::reverse(steps.begin(), steps.end());
        return steps;
    };
    const auto from = line(context);
    const auto to = line(target);
    std::size_t common = 0;
    while (common + 1 < from.size() && common + 1 < to.size() && from[common] == to[common])
        ++common;
    std::string path;
    for (std::size_t i = common; i < from.size(); ++i)
        path += path.empty() ? ".." : "/..";
    for (std::size_t i = common; i < to.size(); ++i)
        path += "/" + form_.nodes[to[i]].name.qualified();
    return path;
}

std::string ReferenceText::path_for(NodeRef target, const Scope& scope, bool in_predicate,
                                    bool absolute) const {
    const std::string& whole = form_.nodes[target].path;
    if (absolute) return whole;
    if (scope.filtered != kNoRef && is_inside(target, scope.filtered)) {
        return "." + whole.substr(form_.nodes[scope.filtered].path.size());
    }
    NodeRef shared = enclosing_repeat(target);
    while (shared != kNoRef && !is_inside(scope.context, shared))
        shared = enclosing_repeat(shared);
    if (shared == kNoRef) return whole;
    const std::string path = relative(scope.context, target);
    return in_predicate ? "current()/" + path : path;
}

NodeRef ReferenceText::node_at(std::string_view path, const Scope& scope) const {
    path = trim(path);
    if (path.starts_with('/')) return form_.find(path);
    constexpr std::string_view kCurrent = "current()/";
    NodeRef node = scope.context;
    if (path.starts_with(kCurrent)) path.remove_prefix(kCurrent.size());
    if (path.starts_with("./")) {
        if (scope.filtered == kNoRef) return kNoRef;
        return form_.find(form_.nodes[scope.filtered].path + std::string(path.substr(1)));
    }
    while (path.starts_with("..")) {
        if (node == 0) return kNoRef;
        node = form_.nodes[node].parent;
        path.remove_prefix(2);
        if (path.starts_with('/') && path.substr(1, 2) == "..") path.remove_prefix(1);
    }
    return path.empty() ? node : form_.find(form_.nodes[node].path + std::string(path));
}

std::string ReferenceText::restored_path(std::string_view path, const Scope& scope,
                                         bool in_predicate, bool absolute) const {
    constexpr std::string_view kLastSaved = "instance('__last-saved')";
    if (path.starts_with(kLastSaved)) {
        const std::string name = name_of(form_.find(path.substr(kLastSaved.size())));
        return name.empty() ? name : "${last-saved#" + name.substr(2);
    }
    const NodeRef node = node_at(path, scope);
    const std::string name = name_of(node);
    if (name.empty()) return {};
    const bool meta = node == form_.instance_id || node == form_.instance_name;
    const std::string again =
        meta ? form_.nodes[node].path : path_for(node, scope, in_predicate, absolute);
    return again == path ? name : std::string();
}

std::string ReferenceText::restore(std::string_view text, const Scope& scope) const {
    std::string out;
    Position position;
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        if (c == '\'' || c == '"') {
            const std::size_t close = text.find(c, at + 1);
            if (close == std::string_view::npos) return out + std::string(text.substr(at));
            const std::string_view inside = text.substr(at + 1, close - at - 1);
            // The path in quotes that jr:choice-name() takes.
            const std::string_view path = trim(inside);
            const bool whole = !path.empty() && path_end(path, 0) == path.size();
            const std::string name = whole ? restored_path(path, scope, false, false) : "";
            out += c;
            out += name.empty() ? std::string(inside) : name;
            out += c;
            at = close + 1;
            continue;
        }
        const bool begins =
            at == 0 || (!is_name_byte(text[at - 1]) && text[at - 1] != '/' && text[at - 1] != ')' &&
                        text[at - 1] != ']' && text[at - 1] != '*' && text[at - 1] != '@');
        const std::size_t end = begins ? path_end(text, at) : at;
        if (end > at) {
            const std::string name = restored_path(text.substr(at, end - at), scope,
                                                   scope.in_filter || position.in_predicate(),
                                                   position.in_indexed_nodes());
            if (!name.empty()) {
                drop_padding(out);
                out += name;
                at = is_padding(text, end) ? end + 1 : end;
                continue;
            }
            out += text.substr(at, end - at);
            at = end;
            continue;
        }
        position.pass(text, at);
        out += c;
        ++at;
    }
    return out;
}

std::string ReferenceText::single(std::string_view expression, NodeRef context) const {
    const std::string_view path = trim(expression);
    if (path.empty() || path_end(path, 0) != path.size()) return {};
    return name_of(node_at(path, Scope{context, false, kNoRef}));
}

}  // namespace survey::forms
