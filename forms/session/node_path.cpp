#include "forms/session/node_path.h"

#include <cstdint>

#include "common/base/number.h"

namespace survey::forms {

namespace {

using xml::Document;
using xml::kNoNode;
using xml::Node;
using xml::NodeKind;

/// One step without its position: what kind of node, and its name where the kind has one.
struct Step {
    NodeKind kind = NodeKind::kElement;
    std::string uri;
    std::string local;
    std::int64_t position = 1;
};

bool fits(const Document& document, Node node, const Step& step) {
    if (document.kind(node) != step.kind) return false;
    switch (step.kind) {
        case NodeKind::kElement:
        case NodeKind::kAttribute:
            return document.name(node).is(step.uri, step.local);
        case NodeKind::kProcessingInstruction:
            return document.name(node).local == step.local;
        default:
            return true;
    }
}

Step step_of(const Document& document, Node node) {
    Step step{document.kind(node), {}, {}, 1};
    if (step.kind == NodeKind::kElement || step.kind == NodeKind::kAttribute ||
        step.kind == NodeKind::kProcessingInstruction) {
        step.uri = document.name(node).uri;
        step.local = document.name(node).local;
    }
    return step;
}

std::string write(const Step& step) {
    const std::string place = "[" + std::to_string(step.position) + "]";
    switch (step.kind) {
        case NodeKind::kElement:
            return "Q{" + step.uri + "}" + step.local + place;
        case NodeKind::kAttribute:
            return step.uri.empty() ? "@" + step.local : "@Q{" + step.uri + "}" + step.local;
        case NodeKind::kText:
            return "text()" + place;
        case NodeKind::kComment:
            return "comment()" + place;
        case NodeKind::kProcessingInstruction:
            return "processing-instruction(" + step.local + ")" + place;
        case NodeKind::kDocument:
            break;
    }
    return {};
}

bool take(std::string_view& text, std::string_view start) {
    if (text.substr(0, start.size()) != start) return false;
    text.remove_prefix(start.size());
    return true;
}

std::string_view take_until(std::string_view& text, std::string_view stops) {
    const std::string_view taken = text.substr(0, text.find_first_of(stops));
    text.remove_prefix(taken.size());
    return taken;
}

// Reads one step from the front of `text`.
std::optional<Step> read_step(std::string_view& text) {
    Step step;
    if (take(text, "text()")) {
        step.kind = NodeKind::kText;
    } else if (take(text, "comment()")) {
        step.kind = NodeKind::kComment;
    } else if (take(text, "processing-instruction(")) {
        step.kind = NodeKind::kProcessingInstruction;
        step.local = take_until(text, ")");
        if (!take(text, ")")) return std::nullopt;
    } else {
        if (take(text, "@")) step.kind = NodeKind::kAttribute;
        if (take(text, "Q{")) {
            step.uri = take_until(text, "}");
            if (!take(text, "}")) return std::nullopt;
        }
        step.local = take_until(text, "[/");
        if (step.local.empty()) return std::nullopt;
    }
    if (take(text, "[")) {
        const auto position = parse_int(take_until(text, "]"));
        if (!position || *position < 1 || !take(text, "]")) return std::nullopt;
        step.position = *position;
    }
    return step;
}

Node find_step(const Document& document, Node parent, const Step& step) {
    Node node = step.kind == NodeKind::kAttribute ? document.first_attribute(parent)
                                                  : document.first_child(parent);
    std::int64_t left = step.position;
    for (; node != kNoNode; node = document.next_sibling(node)) {
        if (fits(document, node, step) && --left == 0) return node;
    }
    return kNoNode;
}

}  // namespace

std::int64_t PathWriter::position_of(Node node) {
    const Step step = step_of(document_, node);
    if (step.kind == NodeKind::kAttribute) return 1;
    std::int64_t position = 1;
    for (Node before = node; before != kNoNode; before = document_.previous_sibling(before)) {
        if (before != node && !fits(document_, before, step)) continue;
        if (const auto known = positions_.find(before); known != positions_.end()) {
            position += known->second - (before == node ? 1 : 0);
            break;
        }
        if (before != node) ++position;
    }
    positions_[node] = position;
    return position;
}

std::string PathWriter::path_of(Node node) {
    std::string path;
    for (; node != kNoNode && document_.kind(node) != NodeKind::kDocument;
         node = document_.parent(node)) {
        Step step = step_of(document_, node);
        step.position = position_of(node);
        path.insert(0, "/" + write(step));
    }
    return path.empty() ? "/" : path;
}

bool is_path_notation(std::string_view path) {
    return path == "/" || path.substr(0, 3) == "/Q{";
}

std::optional<Node> find_path(const Document& document, std::string_view path) {
    Node node = 0;
    if (path == "/") return node;
    while (!path.empty()) {
        if (!take(path, "/")) return std::nullopt;
        const auto step = read_step(path);
        if (!step) return std::nullopt;
        node = find_step(document, node, *step);
        if (node == kNoNode) return std::nullopt;
    }
    return node;
}

}  // namespace survey::forms
