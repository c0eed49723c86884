#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "forms/definition/form_definition.h"
#include "forms/expr/node_tree.h"
#include "forms/runtime/form_session.h"

namespace survey::forms {

/// One node of an instance: what the definition says (`ref`), its value, and the flags in force.
/// The links are those of XPath's tree, in which repeat ranges do not stand; `slots` is ours.
struct InstanceNode {
    NodeRef ref = kNoRef;
    NodeRole role = NodeRole::kValue;
    bool is_attribute = false;
    bool alive = true;
    bool own_relevant = true;  ///< Its own condition; `relevant` has the ancestors' too.
    bool relevant = true;
    bool own_readonly = false;
    bool readonly = false;
    bool required = false;
    bool constraint_holds = true;
    bool warned = false;         ///< Its soft check found something.
    bool overruled = false;      ///< A reason was given for the answer as it is.
    bool touched = false;        ///< Already in the change being collected.
    std::uint16_t pending = 0;   ///< Rules waiting to be evaluated here, a bit per Rule.
    std::uint32_t position = 1;  ///< Repeat instances: place in the range, from 1.
    NodeId parent =
        kNoNodeId;  ///< The element; for a range and its instances the element around them.
    NodeId first_child = kNoNodeId;
    NodeId last_child = kNoNodeId;
    NodeId next = kNoNodeId;
    NodeId previous = kNoNodeId;
    NodeId first_attribute = kNoNodeId;
    NodeId range = kNoNodeId;  ///< Of a repeat instance.
    /// Of an element: per child of the definition the element or the range. Of a range: its
    /// instances.
    std::vector<NodeId> slots;
    std::string value;
};

/// The nodes of one instance in one block, seen by expressions as an XPath tree. A node number is
/// not used again. Repeat ranges are nodes here and not in XPath; as the context of an expression a
/// range stands for the instance that might be added after its last one.
class InstanceTree final : public expr::NodeTree {
  public:
    /// \param form outlives the tree.
    explicit InstanceTree(const FormDefinition& form);

    // Looking. All REQUIRE a node of this tree.
    const InstanceNode& at(NodeId node) const { return nodes_[node]; }
    InstanceNode& at(NodeId node) { return nodes_[node]; }
    const FormNode& definition(NodeId node) const { return form_.nodes[nodes_[node].ref]; }
    std::size_t size() const { return nodes_.size(); }
    NodeId root() const { return 0; }
    /// The ancestor-or-self that belongs to `ref`; kNoNodeId if there is none.
    NodeId ancestor(NodeId node, NodeRef ref) const;
    NodeId attribute(NodeId element, NodeRef ref) const;
    /// Node of the child `ref` of this element: an element or a range.
    NodeId child(NodeId element, NodeRef ref) const;
    /// Form notation with positions on repeat instances.
    std::string path(NodeId node) const;
    /// All living nodes, parents before children, document order, a range before its instances.
    void collect(NodeId from, std::vector<NodeId>& out) const;
    /// Place in document order, ranges included; valid until the structure changes.
    std::uint32_t order(NodeId node) const;

    // Building and changing.
    NodeId create(NodeRef ref, NodeRole role, NodeId parent);
    void put_child(NodeId parent, NodeId child);  ///< In the order of the definition.
    void put_attribute(NodeId element, NodeId attribute);
    /// Into the range at 0-based `index`; renumbers those that follow.
    void put_instance(NodeId range, std::size_t index, NodeId instance);
    void take_instance(
        NodeId instance);  ///< Its subtree is no longer alive; the values stay readable.
    void set_value(NodeId node, std::string value);
    void changed() { ++revision_; }

    // expr::NodeTree
    expr::NodeIndex document() const override;
    expr::NodeKind kind(expr::NodeIndex node) const override;
    std::string_view local_name(expr::NodeIndex node) const override;
    std::string_view namespace_uri(expr::NodeIndex node) const override;
    std::string qualified_name(expr::NodeIndex node) const override;
    expr::NodeIndex parent(expr::NodeIndex node) const override;
    expr::NodeIndex first_child(expr::NodeIndex node) const override;
    expr::NodeIndex last_child(expr::NodeIndex node) const override;
    expr::NodeIndex next_sibling(expr::NodeIndex node) const override;
    expr::NodeIndex previous_sibling(expr::NodeIndex node) const override;
    expr::NodeIndex first_attribute(expr::NodeIndex node) const override;
    expr::NodeIndex first_child_named(expr::NodeIndex parent,
                                      std::string_view local) const override;
    expr::NodeIndex next_sibling_named(expr::NodeIndex node, std::string_view local) const override;
    std::size_t sibling_position(expr::NodeIndex node) const override;
    void append_string_value(expr::NodeIndex node, std::string& out) const override;
    bool precedes(expr::NodeIndex a, expr::NodeIndex b) const override;
    bool is_included(expr::NodeIndex node) const override;
    std::uint64_t revision() const override { return revision_; }

  private:
    void link_after(NodeId parent, NodeId after, NodeId node);
    void unlink(NodeId node);
    NodeId element_before(NodeId parent, std::size_t slot) const;
    void mark_dead(NodeId node);
    void refresh_order() const;

    const FormDefinition& form_;
    std::vector<InstanceNode> nodes_;
    std::vector<std::uint32_t> slot_of_;  // by NodeRef: place among the parent's children
    // By NodeRef of the parent: its children by name; where two share one, only kNoRef for it.
    std::vector<std::unordered_map<std::string_view, NodeRef>> children_by_name_;
    std::uint64_t revision_ = 1;
    mutable std::vector<std::uint32_t> order_;
    mutable bool order_is_current_ = false;
};

}  // namespace survey::forms
