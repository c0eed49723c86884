#pragma once

#include <map>
#include <string>
#include <string_view>

#include "forms/definition/document_tree.h"
#include "forms/expr/node_tree.h"
#include "forms/xml/document.h"

namespace survey::forms {

/// A parsed document that expressions are evaluated against, and what `instance()` and `jr:itext()`
/// find in it where it is an XForm. Does not move: its trees refer to it.
class XPathDocument {
  public:
    explicit XPathDocument(xml::Document document);
    XPathDocument(const XPathDocument&) = delete;
    XPathDocument& operator=(const XPathDocument&) = delete;

    const xml::Document& xml() const { return xml_; }
    const DocumentTree& tree() const { return tree_; }

    /// The element that holds the primary instance, so that "/data" is found below it; kNoNode
    /// where the document is not an XForm.
    xml::Node primary_instance() const { return primary_; }
    /// Root element of the internal secondary instance `id`; kNoNode where there is none.
    xml::Node instance(std::string_view id) const;
    /// The `value` element without a form of text `id`; kNoNode where it is not translated. An
    /// empty language is the form's default.
    xml::Node itext(std::string_view id, std::string_view language) const;

  private:
    void read_model(xml::Node model);
    void read_translation(xml::Node translation);

    xml::Document xml_;
    DocumentTree tree_;
    xml::Node primary_ = xml::kNoNode;
    std::map<std::string, xml::Node, std::less<>> instances_;
    using Texts = std::map<std::string, xml::Node, std::less<>>;
    std::map<std::string, Texts, std::less<>> languages_;
    std::string default_language_;
};

/// The part of a tree below one node, from which no axis leads out: the node has neither parent nor
/// siblings, and "/" is the node.
class SubtreeView final : public expr::NodeTree {
  public:
    SubtreeView(const expr::NodeTree& whole, expr::NodeIndex root) : whole_(whole), root_(root) {}

    expr::NodeIndex document() const override { return root_; }
    expr::NodeKind kind(expr::NodeIndex node) const override { return whole_.kind(node); }
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

    /// Whether the node is the root or below it.
    bool contains(expr::NodeIndex node) const;

  private:
    const expr::NodeTree& whole_;
    expr::NodeIndex root_;
};

}  // namespace survey::forms
