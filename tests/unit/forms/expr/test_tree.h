#pragma once

#include <memory>
#include <set>
#include <string>
#include <string_view>

#include <catch2/catch.hpp>

#include "forms/definition/document_tree.h"
#include "forms/expr/expr.h"
#include "forms/xml/reader.h"

namespace survey::expr {

/// A document whose nodes a test can hide, and which may claim to change.
class TestTree final : public NodeTree {
  public:
    explicit TestTree(std::string_view text) {
        auto parsed = xml::parse(text);
        REQUIRE(parsed.has_value());
        document_ = std::make_unique<xml::Document>(*std::move(parsed));
        tree_ = std::make_unique<forms::DocumentTree>(*document_);
    }

    NodeIndex document() const override { return tree_->document(); }
    NodeKind kind(NodeIndex node) const override { return tree_->kind(node); }
    std::string_view local_name(NodeIndex node) const override { return tree_->local_name(node); }
    std::string_view namespace_uri(NodeIndex node) const override {
        return tree_->namespace_uri(node);
    }
    std::string qualified_name(NodeIndex node) const override {
        return tree_->qualified_name(node);
    }
    NodeIndex parent(NodeIndex node) const override { return tree_->parent(node); }
    NodeIndex first_child(NodeIndex node) const override { return tree_->first_child(node); }
    NodeIndex last_child(NodeIndex node) const override { return tree_->last_child(node); }
    NodeIndex next_sibling(NodeIndex node) const override { return tree_->next_sibling(node); }
    NodeIndex previous_sibling(NodeIndex node) const override {
        return tree_->previous_sibling(node);
    }
    NodeIndex first_attribute(NodeIndex node) const override {
        return tree_->first_attribute(node);
    }
    void append_string_value(NodeIndex node, std::string& out) const override {
        ++values_read;
        tree_->append_string_value(node, out);
    }
    bool precedes(NodeIndex a, NodeIndex b) const override { return tree_->precedes(a, b); }
    bool is_included(NodeIndex node) const override { return hidden.count(node) == 0; }
    std::uint64_t revision() const override { return revision_now; }

    NodeView root() const { return {this, document()}; }
    NodeIndex document_element() const { return document_->root(); }

    std::set<NodeIndex> hidden;
    std::uint64_t revision_now = 0;
    mutable std::size_t values_read = 0;

  private:
    std::unique_ptr<xml::Document> document_;
    std::unique_ptr<forms::DocumentTree> tree_;
};

inline Expr compiled(std::string_view source, const CompileOptions& options = {}) {
    auto result = Expr::compile(source, options);
    INFO(source << ": " << (result.error ? result.error->message : ""));
    REQUIRE(result.expr.has_value());
    return *result.expr;
}

inline CompileError refused(std::string_view source, const CompileOptions& options = {}) {
    auto result = Expr::compile(source, options);
    INFO(source);
    REQUIRE(result.error.has_value());
    return *result.error;
}

}  // namespace survey::expr
