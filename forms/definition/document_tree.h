#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "forms/expr/node_tree.h"
#include "forms/xml/document.h"

namespace survey::forms {

/// An XML document as expressions see it. Node numbers are the document's own; namespace nodes,
/// which no document stores, are numbered after them. The document must outlive the tree and must
/// not change while the tree is used (it is numbered once, here).
class DocumentTree final : public expr::NodeTree {
  public:
    explicit DocumentTree(const xml::Document& document);

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
    /// Those in scope, innermost declarations first, "xml" last.
    expr::NodeIndex first_namespace(expr::NodeIndex node) const override;
    expr::NodeIndex first_child_named(expr::NodeIndex parent,
                                      std::string_view local) const override;
    expr::NodeIndex next_sibling_named(expr::NodeIndex node, std::string_view local) const override;
    void append_string_value(expr::NodeIndex node, std::string& out) const override;
    bool precedes(expr::NodeIndex a, expr::NodeIndex b) const override;

    const xml::Document& xml() const { return document_; }

  private:
    struct Namespace {
        std::string_view prefix;
        std::string_view uri;
    };

    bool is_namespace(expr::NodeIndex node) const { return node >= order_.size(); }
    xml::Node owner(expr::NodeIndex node) const;
    /// The namespace node as such; nothing past the last one of its element.
    std::optional<Namespace> namespace_node(expr::NodeIndex node) const;
    expr::NodeIndex named_from(xml::Node node, std::string_view local) const;

    const xml::Document& document_;
    std::vector<std::uint32_t> order_;  // place in document order, by node number
    // Namespace node `i` of element `e` is order_.size() + e * namespaces_max_ + i.
    std::uint32_t namespaces_max_ = 1;
};

}  // namespace survey::forms
