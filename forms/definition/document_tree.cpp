#include "forms/definition/document_tree.h"

#include <algorithm>
#include <set>

namespace survey::forms {

static_assert(xml::kNoNode == expr::kNoNode, "node numbers are handed through unchanged");

DocumentTree::DocumentTree(const xml::Document& document)
    : document_(document), order_(document.node_count(), 0) {
    std::uint32_t next = 0;
    std::set<std::string_view> prefixes;
    xml::Node at = 0;
    while (at != xml::kNoNode) {
        order_[at] = next++;
        if (document.kind(at) == xml::NodeKind::kElement) {
            for (const auto& declaration : document.declarations(at))
                prefixes.insert(declaration.prefix);
        }
        for (xml::Node one = document.first_attribute(at); one != xml::kNoNode;
             one = document.next_sibling(one)) {
            order_[one] = next++;
        }
        if (document.first_child(at) != xml::kNoNode) {
            at = document.first_child(at);
            continue;
        }
        while (at != xml::kNoNode && document.next_sibling(at) == xml::kNoNode) {
            at = document.parent(at);
        }
        if (at != xml::kNoNode) at = document.next_sibling(at);
    }
    namespaces_max_ = static_cast<std::uint32_t>(prefixes.size()) + 1;
}

xml::Node DocumentTree::owner(expr::NodeIndex node) const {
    return static_cast<xml::Node>((node - order_.size()) / namespaces_max_);
}

std::optional<DocumentTree::Namespace> DocumentTree::namespace_node(expr::NodeIndex node) const {
    std::size_t left = (node - order_.size()) % namespaces_max_;
    std::vector<std::string_view> seen;
    for (xml::Node at = owner(node); at != xml::kNoNode; at = document_.parent(at)) {
        if (document_.kind(at) != xml::NodeKind::kElement) continue;
        for (const auto& declaration : document_.declarations(at)) {
            if (std::find(seen.begin(), seen.end(), declaration.prefix) != seen.end()) continue;
            seen.push_back(declaration.prefix);
            // xmlns="" takes the default namespace away.
            if (declaration.uri.empty()) continue;
            if (left-- == 0) return Namespace{declaration.prefix, declaration.uri};
        }
    }
    if (left == 0) return Namespace{"xml", "http://www.w3.org/XML/1998/namespace"};
    return std::nullopt;
}

expr::NodeIndex DocumentTree::document() const {
    return 0;
}

expr::NodeKind DocumentTree::kind(expr::NodeIndex node) const {
    if (is_namespace(node)) return expr::NodeKind::kNamespace;
    switch (document_.kind(node)) {
        case xml::NodeKind::kDocument:
            return expr::NodeKind::kDocument;
        case xml::NodeKind::kElement:
            return expr::NodeKind::kElement;
        case xml::NodeKind::kAttribute:
            return expr::NodeKind::kAttribute;
        case xml::NodeKind::kText:
            return expr::NodeKind::kText;
        case xml::NodeKind::kComment:
            return expr::NodeKind::kComment;
        case xml::NodeKind::kProcessingInstruction:
            break;
    }
    return expr::NodeKind::kProcessingInstruction;
}

std::string_view DocumentTree::local_name(expr::NodeIndex node) const {
    if (is_namespace(node)) return namespace_node(node).value_or(Namespace{}).prefix;
    return document_.name(node).local;
}

std::string_view DocumentTree::namespace_uri(expr::NodeIndex node) const {
    if (is_namespace(node)) return {};
    return document_.name(node).uri;
}

std::string DocumentTree::qualified_name(expr::NodeIndex node) const {
    if (is_namespace(node)) return std::string(local_name(node));
    return document_.name(node).qualified();
}

expr::NodeIndex DocumentTree::parent(expr::NodeIndex node) const {
    if (is_namespace(node)) return owner(node);
    return document_.parent(node);
}

expr::NodeIndex DocumentTree::first_child(expr::NodeIndex node) const {
    if (is_namespace(node)) return expr::kNoNode;
    return document_.first_child(node);
}

expr::NodeIndex DocumentTree::last_child(expr::NodeIndex node) const {
    if (is_namespace(node)) return expr::kNoNode;
    return document_.last_child(node);
}

expr::NodeIndex DocumentTree::next_sibling(expr::NodeIndex node) const {
    if (!is_namespace(node)) return document_.next_sibling(node);
    const bool last = (node + 1 - order_.size()) % namespaces_max_ == 0;
    return last || !namespace_node(node + 1) ? expr::kNoNode : node + 1;
}

expr::NodeIndex DocumentTree::first_namespace(expr::NodeIndex node) const {
    if (is_namespace(node) || document_.kind(node) != xml::NodeKind::kElement) {
        return expr::kNoNode;
    }
    // A document so large that the numbers run out has no namespace axis.
    const std::uint64_t number = order_.size() + std::uint64_t{node} * namespaces_max_;
    if (number + namespaces_max_ >= expr::kNoNode) return expr::kNoNode;
    return static_cast<expr::NodeIndex>(number);
}

expr::NodeIndex DocumentTree::named_from(xml::Node node, std::string_view local) const {
    for (; node != xml::kNoNode; node = document_.next_sibling(node)) {
        if (document_.name(node).local == local &&
            document_.kind(node) == xml::NodeKind::kElement) {
            return node;
        }
    }
    return expr::kNoNode;
}

expr::NodeIndex DocumentTree::first_child_named(expr::NodeIndex parent,
                                                std::string_view local) const {
    if (is_namespace(parent)) return expr::kNoNode;
    return named_from(document_.first_child(parent), local);
}

expr::NodeIndex DocumentTree::next_sibling_named(expr::NodeIndex node,
                                                 std::string_view local) const {
    if (is_namespace(node)) return expr::kNoNode;
    return named_from(document_.next_sibling(node), local);
}

expr::NodeIndex DocumentTree::previous_sibling(expr::NodeIndex node) const {
    if (is_namespace(node)) return expr::kNoNode;
    return document_.previous_sibling(node);
}

expr::NodeIndex DocumentTree::first_attribute(expr::NodeIndex node) const {
    if (is_namespace(node)) return expr::kNoNode;
    return document_.first_attribute(node);
}

void DocumentTree::append_string_value(expr::NodeIndex node, std::string& out) const {
    if (is_namespace(node)) {
        out += namespace_node(node).value_or(Namespace{}).uri;
        return;
    }
    // Nearly always an element with one text: read without a copy.
    const xml::Node only = document_.first_child(node);
    if (only != xml::kNoNode && document_.next_sibling(only) == xml::kNoNode &&
        document_.kind(only) == xml::NodeKind::kText) {
        out += document_.value(only);
    } else {
        out += document_.text(node);
    }
}

bool DocumentTree::precedes(expr::NodeIndex a, expr::NodeIndex b) const {
    // Namespaces follow their element and precede its attributes.
    const xml::Node first = is_namespace(a) ? owner(a) : a;
    const xml::Node second = is_namespace(b) ? owner(b) : b;
    if (first != second) return order_[first] < order_[second];
    return is_namespace(b) && (!is_namespace(a) || a < b);
}

}  // namespace survey::forms
