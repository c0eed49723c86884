#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace survey::expr {

enum class NodeKind : std::uint8_t {
    kDocument,
    kElement,
    kAttribute,
    kText,
    kComment,
    kProcessingInstruction,
    kNamespace,
};

using NodeIndex = std::uint32_t;
inline constexpr NodeIndex kNoNode = 0xFFFFFFFF;

/// How expressions see a tree: the XPath 1.0 data model over integers. The evaluator owns no tree;
/// a parsed document and an instance being filled in both look like this (definition, runtime).
/// Calls are cheap and have no side effects. Views returned stay valid until the tree changes.
class NodeTree {
  public:
    virtual ~NodeTree() = default;

    virtual NodeIndex document() const = 0;  ///< The document node: where "/" is.
    virtual NodeKind kind(NodeIndex node) const = 0;
    virtual std::string_view local_name(NodeIndex node) const = 0;
    virtual std::string_view namespace_uri(NodeIndex node) const = 0;
    /// As written, with prefix, for `name()`.
    virtual std::string qualified_name(NodeIndex node) const = 0;

    virtual NodeIndex parent(NodeIndex node) const = 0;
    virtual NodeIndex first_child(NodeIndex node) const = 0;
    virtual NodeIndex last_child(NodeIndex node) const = 0;
    virtual NodeIndex next_sibling(
        NodeIndex node) const = 0;  ///< Also from attribute to attribute.
    virtual NodeIndex previous_sibling(NodeIndex node) const = 0;
    virtual NodeIndex first_attribute(NodeIndex node) const = 0;
    /// Namespace nodes in scope, chained by next_sibling. A tree without them has no namespace
    /// axis.
    virtual NodeIndex first_namespace(NodeIndex) const { return kNoNode; }

    // Child elements of one local name, in any namespace. A tree that has an index of its children
    // answers them better than by looking at each one.
    virtual NodeIndex first_child_named(NodeIndex parent, std::string_view local) const;
    virtual NodeIndex next_sibling_named(NodeIndex node, std::string_view local) const;
    /// Place among the siblings of the same kind and name, from 1, whether included or not.
    virtual std::size_t sibling_position(NodeIndex node) const;

    /// String-value (XPath 1.0, section 5), appended to `out`.
    virtual void append_string_value(NodeIndex node, std::string& out) const = 0;
    /// True when `a` comes before `b` in document order. REQUIRES a != b.
    virtual bool precedes(NodeIndex a, NodeIndex b) const = 0;

    /// False: the node is left out of the result of every location path. That is how nodes that are
    /// not relevant disappear from count(), sum() and position() (JavaRosa's rule).
    virtual bool is_included(NodeIndex) const { return true; }
    /// Changes whenever anything in the tree changes. A tree that never changes says 0, and its
    /// equality predicates may then be indexed for good.
    virtual std::uint64_t revision() const { return 0; }
};

/// A node of some tree. Two words, copied freely.
struct NodeView {
    const NodeTree* tree = nullptr;
    NodeIndex index = kNoNode;

    bool is_null() const { return tree == nullptr || index == kNoNode; }
    friend bool operator==(const NodeView&, const NodeView&) = default;
};

}  // namespace survey::expr
