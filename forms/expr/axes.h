#pragma once

#include "forms/expr/ast_internal.h"
#include "forms/expr/node_tree.h"

namespace survey::expr {

inline bool is_reverse(Axis axis) {
    return axis == Axis::kAncestor || axis == Axis::kAncestorOrSelf || axis == Axis::kPreceding ||
           axis == Axis::kPrecedingSibling;
}

/// Attributes and namespaces have a parent, but are nobody's child.
inline bool is_attached(NodeKind kind) {
    return kind == NodeKind::kAttribute || kind == NodeKind::kNamespace;
}

/// All nodes of the axis in axis order (section 2.2): `visit(NodeIndex)` returns false to stop.
/// No axis leaves the subtree of `top` where the context node is in it.
template <typename Visit>
class AxisWalk {
  public:
    AxisWalk(const NodeTree& tree, NodeIndex top, Visit visit)
        : tree_(tree), top_(top), visit_(visit) {}

    void run(Axis axis, NodeIndex node) {
        switch (axis) {
            case Axis::kSelf:
                visit_(node);
                return;
            case Axis::kParent: {
                const NodeIndex up = parent(node);
                if (up != kNoNode) visit_(up);
                return;
            }
            case Axis::kChild:
                along(tree_.first_child(node));
                return;
            case Axis::kAttribute:
                along(tree_.first_attribute(node));
                return;
            case Axis::kNamespace:
                along(tree_.first_namespace(node));
                return;
            case Axis::kDescendantOrSelf:
                if (visit_(node)) descendants(node);
                return;
            case Axis::kDescendant:
                descendants(node);
                return;
            case Axis::kAncestorOrSelf:
                if (visit_(node)) ancestors(node);
                return;
            case Axis::kAncestor:
                ancestors(node);
                return;
            case Axis::kFollowingSibling:
                if (node != top_ && !is_attached(tree_.kind(node))) along(tree_.next_sibling(node));
                return;
            case Axis::kPrecedingSibling:
                preceding_siblings(node);
                return;
            case Axis::kFollowing:
                following(node);
                return;
            case Axis::kPreceding:
                preceding(node);
                return;
        }
    }

  private:
    NodeIndex parent(NodeIndex node) const { return node == top_ ? kNoNode : tree_.parent(node); }

    bool along(NodeIndex node) {
        for (; node != kNoNode; node = tree_.next_sibling(node)) {
            if (!visit_(node)) return false;
        }
        return true;
    }

    bool descendants(NodeIndex top) {
        NodeIndex node = tree_.first_child(top);
        while (node != kNoNode) {
            if (!visit_(node)) return false;
            NodeIndex next = tree_.first_child(node);
            while (next == kNoNode) {
                next = tree_.next_sibling(node);
                if (next != kNoNode) break;
                node = tree_.parent(node);
                if (node == top) return true;
            }
            node = next;
        }
        return true;
    }

    void ancestors(NodeIndex node) {
        for (node = parent(node); node != kNoNode; node = parent(node)) {
            if (!visit_(node)) return;
        }
    }

    void preceding_siblings(NodeIndex node) {
        if (node == top_ || is_attached(tree_.kind(node))) return;
        for (node = tree_.previous_sibling(node); node != kNoNode;
             node = tree_.previous_sibling(node)) {
            if (!visit_(node)) return;
        }
    }

    void following(NodeIndex node) {
        if (is_attached(tree_.kind(node))) {
            node = tree_.parent(node);
            if (!descendants(node)) return;
        }
        for (; node != kNoNode && node != top_; node = tree_.parent(node)) {
            for (NodeIndex next = tree_.next_sibling(node); next != kNoNode;
                 next = tree_.next_sibling(next)) {
                if (!visit_(next) || !descendants(next)) return;
            }
        }
    }

    // The subtree of `top` in reverse document order.
    bool backwards(NodeIndex top) {
        NodeIndex node = top;
        const auto deepest = [this](NodeIndex from) {
            for (NodeIndex last = tree_.last_child(from); last != kNoNode;
                 last = tree_.last_child(from)) {
                from = last;
            }
            return from;
        };
        node = deepest(node);
        while (true) {
            if (!visit_(node)) return false;
            if (node == top) return true;
            const NodeIndex previous = tree_.previous_sibling(node);
            node = previous != kNoNode ? deepest(previous) : tree_.parent(node);
        }
    }

    void preceding(NodeIndex node) {
        if (is_attached(tree_.kind(node))) node = tree_.parent(node);
        for (; node != kNoNode && node != top_; node = tree_.parent(node)) {
            for (NodeIndex before = tree_.previous_sibling(node); before != kNoNode;
                 before = tree_.previous_sibling(before)) {
                if (!backwards(before)) return;
            }
        }
    }

    const NodeTree& tree_;
    NodeIndex top_;
    Visit visit_;
};

template <typename Visit>
void walk_axis(const NodeTree& tree, NodeIndex top, Axis axis, NodeIndex node, Visit visit) {
    AxisWalk<Visit>(tree, top, visit).run(axis, node);
}

}  // namespace survey::expr
