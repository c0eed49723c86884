#pragma once

#include <vector>

#include "forms/expr/node_tree.h"
#include "forms/xml/document.h"

namespace survey::forms {

/// An XML document as expressions see it. Node numbers are the document's own. The document must
/// outlive the tree and must not change while the tree is used (it is numbered once, here).
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
    void append_string_value(expr::NodeIndex node, std::string& out) const override;
    bool precedes(expr::NodeIndex a, expr::NodeIndex b) const override;

    const xml::Document& xml() const { return document_; }

  private:
    const xml::Document& document_;
    std::vector<std::uint32_t> order_;  // place in document order, by node number
};

}  // namespace survey::forms
