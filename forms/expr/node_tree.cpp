#include "forms/expr/node_tree.h"

namespace survey::expr {

namespace {

NodeIndex named_from(const NodeTree& tree, NodeIndex node, std::string_view local) {
    for (; node != kNoNode; node = tree.next_sibling(node)) {
        if (tree.local_name(node) == local && tree.kind(node) == NodeKind::kElement) return node;
    }
    return kNoNode;
}

}  // namespace

NodeIndex NodeTree::first_child_named(NodeIndex parent, std::string_view local) const {
    return named_from(*this, first_child(parent), local);
}

NodeIndex NodeTree::next_sibling_named(NodeIndex node, std::string_view local) const {
    return named_from(*this, next_sibling(node), local);
}

std::size_t NodeTree::sibling_position(NodeIndex node) const {
    const std::string_view local = local_name(node);
    const std::string_view uri = namespace_uri(node);
    std::size_t place = 1;
    for (NodeIndex before = previous_sibling(node); before != kNoNode;
         before = previous_sibling(before)) {
        if (local_name(before) == local && kind(before) == kind(node) &&
            namespace_uri(before) == uri) {
            ++place;
        }
    }
    return place;
}

}  // namespace survey::expr
