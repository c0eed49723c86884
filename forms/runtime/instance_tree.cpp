#include "forms/runtime/instance_tree.h"

#include <algorithm>
#include <utility>

#include "common/base/ensure.h"

namespace survey::forms {

namespace {

// Numbers that XPath needs and the block does not hold: the document node, and the text node below
// an element with a value (the element's number with the highest bit set).
constexpr expr::NodeIndex kDocumentIndex = 0x7FFFFFFE;
constexpr expr::NodeIndex kTextBit = 0x80000000;

bool is_text(expr::NodeIndex node) {
    return (node & kTextBit) != 0;
}
expr::NodeIndex owner_of_text(expr::NodeIndex node) {
    return node & ~kTextBit;
}

}  // namespace

InstanceTree::InstanceTree(const FormDefinition& form) : form_(form) {
    slot_of_.assign(form.nodes.size(), 0);
    children_by_name_.resize(form.nodes.size());
    for (NodeRef ref = 0; ref < form.nodes.size(); ++ref) {
        const FormNode& node = form.nodes[ref];
        for (std::size_t i = 0; i < node.children.size(); ++i) {
            const NodeRef child = node.children[i];
            slot_of_[child] = static_cast<std::uint32_t>(i);
            const auto [entry, is_new] =
                children_by_name_[ref].emplace(form.nodes[child].name.local, child);
            if (!is_new) entry->second = kNoRef;
        }
    }
    nodes_.reserve(form.nodes.size() + 16);
}

NodeId InstanceTree::ancestor(NodeId node, NodeRef ref) const {
    while (node != kNoNodeId && nodes_[node].ref != ref)
        node = nodes_[node].parent;
    return node;
}

NodeId InstanceTree::attribute(NodeId element, NodeRef ref) const {
    NodeId at = nodes_[element].first_attribute;
    while (at != kNoNodeId && nodes_[at].ref != ref)
        at = nodes_[at].next;
    return at;
}

NodeId InstanceTree::child(NodeId element, NodeRef ref) const {
    const InstanceNode& node = nodes_[element];
    const std::uint32_t slot = slot_of_[ref];
    return slot < node.slots.size() ? node.slots[slot] : kNoNodeId;
}

std::string InstanceTree::path(NodeId node) const {
    std::vector<NodeId> steps;
    for (NodeId at = node; at != kNoNodeId; at = nodes_[at].parent)
        steps.push_back(at);
    std::string out;
    for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
        const InstanceNode& at = nodes_[*step];
        out += at.is_attribute ? "/@" : "/";
        out += form_.nodes[at.ref].name.qualified();
        if (at.role == NodeRole::kRepeatInstance) out += "[" + std::to_string(at.position) + "]";
    }
    return out;
}

void InstanceTree::collect(NodeId from, std::vector<NodeId>& out) const {
    const InstanceNode& node = nodes_[from];
    out.push_back(from);
    if (node.role != NodeRole::kRepeatRange) {
        for (NodeId at = node.first_attribute; at != kNoNodeId; at = nodes_[at].next) {
            out.push_back(at);
        }
    }
    for (const NodeId slot : node.slots) {
        if (slot != kNoNodeId) collect(slot, out);
    }
}

void InstanceTree::refresh_order() const {
    if (order_is_current_) return;
    std::vector<NodeId> all;
    all.reserve(nodes_.size());
    collect(root(), all);
    order_.assign(nodes_.size(), 0);
    for (std::size_t i = 0; i < all.size(); ++i)
        order_[all[i]] = static_cast<std::uint32_t>(i);
    order_is_current_ = true;
}

std::uint32_t InstanceTree::order(NodeId node) const {
    refresh_order();
    return order_[node];
}

NodeId InstanceTree::create(NodeRef ref, NodeRole role, NodeId parent) {
    ENSURE(nodes_.size() < kDocumentIndex);
    InstanceNode node;
    node.ref = ref;
    node.role = role;
    node.parent = parent;
    node.is_attribute = form_.nodes[ref].is_attribute;
    if (role != NodeRole::kRepeatRange) {
        node.slots.assign(form_.nodes[ref].children.size(), kNoNodeId);
    }
    nodes_.push_back(std::move(node));
    order_is_current_ = false;
    ++revision_;
    return static_cast<NodeId>(nodes_.size() - 1);
}

NodeId InstanceTree::element_before(NodeId parent, std::size_t slot) const {
    const std::vector<NodeId>& slots = nodes_[parent].slots;
    while (slot > 0) {
        const NodeId before = slots[--slot];
        if (before == kNoNodeId) continue;
        if (nodes_[before].role != NodeRole::kRepeatRange) return before;
        if (!nodes_[before].slots.empty()) return nodes_[before].slots.back();
    }
    return kNoNodeId;
}

void InstanceTree::link_after(NodeId parent, NodeId after, NodeId node) {
    InstanceNode& owner = nodes_[parent];
    const NodeId next = after == kNoNodeId ? owner.first_child : nodes_[after].next;
    nodes_[node].previous = after;
    nodes_[node].next = next;
    (after == kNoNodeId ? owner.first_child : nodes_[after].next) = node;
    (next == kNoNodeId ? owner.last_child : nodes_[next].previous) = node;
    order_is_current_ = false;
    ++revision_;
}

void InstanceTree::unlink(NodeId node) {
    const NodeId before = nodes_[node].previous;
    const NodeId after = nodes_[node].next;
    InstanceNode& owner = nodes_[nodes_[node].parent];
    (before == kNoNodeId ? owner.first_child : nodes_[before].next) = after;
    (after == kNoNodeId ? owner.last_child : nodes_[after].previous) = before;
    order_is_current_ = false;
    ++revision_;
}

void InstanceTree::put_child(NodeId parent, NodeId child) {
    const std::uint32_t slot = slot_of_[nodes_[child].ref];
    ENSURE(slot < nodes_[parent].slots.size());
    if (nodes_[child].role != NodeRole::kRepeatRange) {
        link_after(parent, element_before(parent, slot), child);
    }
    nodes_[parent].slots[slot] = child;
    order_is_current_ = false;
}

void InstanceTree::put_attribute(NodeId element, NodeId attribute) {
    NodeId* link = &nodes_[element].first_attribute;
    NodeId before = kNoNodeId;
    while (*link != kNoNodeId) {
        before = *link;
        link = &nodes_[*link].next;
    }
    *link = attribute;
    nodes_[attribute].previous = before;
    order_is_current_ = false;
    ++revision_;
}

void InstanceTree::put_instance(NodeId range, std::size_t index, NodeId instance) {
    std::vector<NodeId>& instances = nodes_[range].slots;
    ENSURE(index <= instances.size());
    const NodeId parent = nodes_[range].parent;
    const NodeId after =
        index > 0 ? instances[index - 1] : element_before(parent, slot_of_[nodes_[range].ref]);
    nodes_[instance].range = range;
    link_after(parent, after, instance);
    instances.insert(instances.begin() + static_cast<std::ptrdiff_t>(index), instance);
    for (std::size_t i = index; i < instances.size(); ++i) {
        nodes_[instances[i]].position = static_cast<std::uint32_t>(i + 1);
    }
}

void InstanceTree::mark_dead(NodeId node) {
    InstanceNode& dead = nodes_[node];
    dead.alive = false;
    for (NodeId at = dead.first_attribute; at != kNoNodeId; at = nodes_[at].next) {
        nodes_[at].alive = false;
    }
    for (const NodeId slot : dead.slots) {
        if (slot != kNoNodeId) mark_dead(slot);
    }
}

void InstanceTree::take_instance(NodeId instance) {
    std::vector<NodeId>& instances = nodes_[nodes_[instance].range].slots;
    const std::size_t index = nodes_[instance].position - 1;
    ENSURE(index < instances.size() && instances[index] == instance);
    unlink(instance);
    instances.erase(instances.begin() + static_cast<std::ptrdiff_t>(index));
    for (std::size_t i = index; i < instances.size(); ++i) {
        nodes_[instances[i]].position = static_cast<std::uint32_t>(i + 1);
    }
    mark_dead(instance);
}

void InstanceTree::set_value(NodeId node, std::string value) {
    nodes_[node].value = std::move(value);
    ++revision_;
}

expr::NodeIndex InstanceTree::document() const {
    return kDocumentIndex;
}

expr::NodeKind InstanceTree::kind(expr::NodeIndex node) const {
    if (node == kDocumentIndex) return expr::NodeKind::kDocument;
    if (is_text(node)) return expr::NodeKind::kText;
    return nodes_[node].is_attribute ? expr::NodeKind::kAttribute : expr::NodeKind::kElement;
}

std::string_view InstanceTree::local_name(expr::NodeIndex node) const {
    if (node == kDocumentIndex || is_text(node)) return {};
    return form_.nodes[nodes_[node].ref].name.local;
}

std::string_view InstanceTree::namespace_uri(expr::NodeIndex node) const {
    if (node == kDocumentIndex || is_text(node)) return {};
    return form_.nodes[nodes_[node].ref].name.uri;
}

std::string InstanceTree::qualified_name(expr::NodeIndex node) const {
    if (node == kDocumentIndex || is_text(node)) return {};
    return form_.nodes[nodes_[node].ref].name.qualified();
}

expr::NodeIndex InstanceTree::parent(expr::NodeIndex node) const {
    if (node == kDocumentIndex) return expr::kNoNode;
    if (is_text(node)) return owner_of_text(node);
    return node == root() ? kDocumentIndex : nodes_[node].parent;
}

expr::NodeIndex InstanceTree::first_child(expr::NodeIndex node) const {
    if (node == kDocumentIndex) return root();
    if (is_text(node)) return expr::kNoNode;
    const InstanceNode& at = nodes_[node];
    if (at.first_child != kNoNodeId || at.is_attribute) return at.first_child;
    return at.value.empty() ? expr::kNoNode : node | kTextBit;
}

expr::NodeIndex InstanceTree::last_child(expr::NodeIndex node) const {
    if (node == kDocumentIndex) return root();
    if (is_text(node)) return expr::kNoNode;
    const NodeId last = nodes_[node].last_child;
    return last != kNoNodeId ? last : first_child(node);
}

expr::NodeIndex InstanceTree::next_sibling(expr::NodeIndex node) const {
    if (node == kDocumentIndex || is_text(node)) return expr::kNoNode;
    return nodes_[node].next;
}

expr::NodeIndex InstanceTree::previous_sibling(expr::NodeIndex node) const {
    if (node == kDocumentIndex || is_text(node)) return expr::kNoNode;
    const InstanceNode& at = nodes_[node];
    if (at.role == NodeRole::kRepeatRange && !at.slots.empty()) return at.slots.back();
    return at.previous;
}

expr::NodeIndex InstanceTree::first_attribute(expr::NodeIndex node) const {
    if (node == kDocumentIndex || is_text(node)) return expr::kNoNode;
    return nodes_[node].first_attribute;
}

expr::NodeIndex InstanceTree::first_child_named(expr::NodeIndex parent,
                                                std::string_view local) const {
    if (parent == kDocumentIndex || is_text(parent)) {
        return NodeTree::first_child_named(parent, local);
    }
    const InstanceNode& at = nodes_[parent];
    if (at.first_child == kNoNodeId) return expr::kNoNode;
    const auto& names = children_by_name_[at.ref];
    const auto found = names.find(local);
    if (found == names.end()) return expr::kNoNode;
    if (found->second == kNoRef) return NodeTree::first_child_named(parent, local);
    const NodeId child = at.slots[slot_of_[found->second]];
    if (child == kNoNodeId || nodes_[child].role != NodeRole::kRepeatRange) return child;
    return nodes_[child].slots.empty() ? expr::kNoNode : nodes_[child].slots.front();
}

expr::NodeIndex InstanceTree::next_sibling_named(expr::NodeIndex node,
                                                 std::string_view local) const {
    if (node == kDocumentIndex || is_text(node)) return expr::kNoNode;
    const InstanceNode& at = nodes_[node];
    if (node != root() && !at.is_attribute && local_name(node) == local) {
        const auto& names = children_by_name_[nodes_[at.parent].ref];
        const auto found = names.find(local);
        if (found != names.end() && found->second == at.ref) {
            if (at.next == kNoNodeId || nodes_[at.next].ref != at.ref) return expr::kNoNode;
            return at.next;
        }
    }
    return NodeTree::next_sibling_named(node, local);
}

std::size_t InstanceTree::sibling_position(expr::NodeIndex node) const {
    if (node == kDocumentIndex || is_text(node)) return 1;
    const InstanceNode& at = nodes_[node];
    if (at.role == NodeRole::kRepeatRange) return at.slots.size() + 1;
    if (at.role == NodeRole::kRepeatInstance) return at.position;
    return NodeTree::sibling_position(node);
}

void InstanceTree::append_string_value(expr::NodeIndex node, std::string& out) const {
    if (node == kDocumentIndex) node = root();
    if (is_text(node)) node = owner_of_text(node);
    const InstanceNode& at = nodes_[node];
    if (!at.relevant) return;
    out += at.value;
    for (NodeId child = at.first_child; child != kNoNodeId; child = nodes_[child].next) {
        append_string_value(child, out);
    }
}

bool InstanceTree::precedes(expr::NodeIndex a, expr::NodeIndex b) const {
    if (a == kDocumentIndex || b == kDocumentIndex) return a == kDocumentIndex;
    const expr::NodeIndex owner_a = owner_of_text(a);
    const expr::NodeIndex owner_b = owner_of_text(b);
    if (owner_a == owner_b) return !is_text(a);
    return order(owner_a) < order(owner_b);
}

bool InstanceTree::is_included(expr::NodeIndex node) const {
    if (node == kDocumentIndex) return true;
    return nodes_[owner_of_text(node)].relevant;
}

}  // namespace survey::forms
