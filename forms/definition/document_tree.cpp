#include "forms/definition/document_tree.h"

namespace survey::forms {

static_assert(xml::kNoNode == expr::kNoNode, "node numbers are handed through unchanged");

DocumentTree::DocumentTree(const xml::Document& document)
    : document_(document), order_(document.node_count(), 0) {
    std::uint32_t next = 0;
    xml::Node at = 0;
    while (at != xml::kNoNode) {
        order_[at] = next++;
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
}

expr::NodeIndex DocumentTree::document() const {
    return 0;
}

expr::NodeKind DocumentTree::kind(expr::NodeIndex node) const {
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
    return document_.name(node).local;
}

std::string_view DocumentTree::namespace_uri(expr::NodeIndex node) const {
    return document_.name(node).uri;
}

std::string DocumentTree::qualified_name(expr::NodeIndex node) const {
    return document_.name(node).qualified();
}

expr::NodeIndex DocumentTree::parent(expr::NodeIndex node) const {
    return document_.parent(node);
}

expr::NodeIndex DocumentTree::first_child(expr::NodeIndex node) const {
    return document_.first_child(node);
}

expr::NodeIndex DocumentTree::last_child(expr::NodeIndex node) const {
    return document_.last_child(node);
}

expr::NodeIndex DocumentTree::next_sibling(expr::NodeIndex node) const {
    return document_.next_sibling(node);
}

expr::NodeIndex DocumentTree::previous_sibling(expr::NodeIndex node) const {
    return document_.previous_sibling(node);
}

expr::NodeIndex DocumentTree::first_attribute(expr::NodeIndex node) const {
    return document_.first_attribute(node);
}

void DocumentTree::append_string_value(expr::NodeIndex node, std::string& out) const {
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
    return order_[a] < order_[b];
}

}  // namespace survey::forms
