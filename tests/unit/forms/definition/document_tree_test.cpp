#include "forms/definition/document_tree.h"

#include <catch2/catch.hpp>

#include "forms/xml/reader.h"

namespace survey::forms {
namespace {

xml::Document parsed(std::string_view bytes) {
    auto document = xml::parse(bytes);
    if (!document) FAIL(document.error().message);
    return *std::move(document);
}

std::string string_value(const DocumentTree& tree, expr::NodeIndex node) {
    std::string out = "before:";
    tree.append_string_value(node, out);
    return out;
}

TEST_CASE("expressions see a document as it is", "[document_tree]") {
    const xml::Document document =
        parsed("<p:a xmlns:p='urn:p' x='1'>t<b>u</b><!--c--><?d e?></p:a>");
    const DocumentTree tree(document);
    CHECK(tree.kind(tree.document()) == expr::NodeKind::kDocument);
    const expr::NodeIndex a = tree.first_child(tree.document());
    CHECK(tree.parent(a) == tree.document());
    CHECK(tree.parent(tree.document()) == expr::kNoNode);
    CHECK(tree.kind(a) == expr::NodeKind::kElement);
    CHECK(tree.local_name(a) == "a");
    CHECK(tree.namespace_uri(a) == "urn:p");
    CHECK(tree.qualified_name(a) == "p:a");
    CHECK(string_value(tree, a) == "before:tu");
    const expr::NodeIndex x = tree.first_attribute(a);
    CHECK(tree.kind(x) == expr::NodeKind::kAttribute);
    CHECK(string_value(tree, x) == "before:1");
    const expr::NodeIndex t = tree.first_child(a);
    CHECK(tree.kind(t) == expr::NodeKind::kText);
    CHECK(string_value(tree, t) == "before:t");
    const expr::NodeIndex b = tree.next_sibling(t);
    CHECK(string_value(tree, b) == "before:u");
    CHECK(tree.previous_sibling(b) == t);
    CHECK(tree.kind(tree.next_sibling(b)) == expr::NodeKind::kComment);
    CHECK(tree.kind(tree.last_child(a)) == expr::NodeKind::kProcessingInstruction);
}

TEST_CASE("an element has the namespaces in scope, inner ones first", "[document_tree]") {
    const xml::Document document =
        parsed("<a xmlns='urn:d' xmlns:p='urn:p'><b xmlns='' xmlns:p='urn:q' x='1'/></a>");
    const DocumentTree tree(document);
    const auto names = [&tree](expr::NodeIndex element) {
        std::string all;
        expr::NodeIndex before = element;
        for (expr::NodeIndex at = tree.first_namespace(element); at != expr::kNoNode;
             at = tree.next_sibling(at)) {
            CHECK(tree.kind(at) == expr::NodeKind::kNamespace);
            CHECK(tree.parent(at) == element);
            CHECK(tree.namespace_uri(at).empty());
            CHECK(tree.first_child(at) == expr::kNoNode);
            CHECK(tree.precedes(before, at));
            CHECK_FALSE(tree.precedes(at, before));
            before = at;
            all += std::string(tree.local_name(at)) + "=" + string_value(tree, at) + " ";
        }
        return all;
    };
    const expr::NodeIndex a = tree.first_child(tree.document());
    const expr::NodeIndex b = tree.first_child(a);
    const std::string xml_node = "xml=before:http://www.w3.org/XML/1998/namespace ";
    CHECK(names(a) == "=before:urn:d p=before:urn:p " + xml_node);
    CHECK(names(b) == "p=before:urn:q " + xml_node);
    CHECK(tree.precedes(tree.first_namespace(b), tree.first_attribute(b)));
    CHECK_FALSE(tree.precedes(tree.first_attribute(b), tree.first_namespace(b)));
    CHECK(tree.first_namespace(tree.document()) == expr::kNoNode);
    CHECK(tree.first_namespace(tree.first_attribute(b)) == expr::kNoNode);
}

TEST_CASE("document order is that of the text, whatever the node numbers", "[document_tree]") {
    xml::Document document = parsed("<a><b><c/></b><d x='1'/></a>");
    const xml::Node a = document.root();
    const xml::Node b = document.first_child(a);
    const xml::Node d = document.last_child(a);
    const xml::Node late = document.append_element(b, "late");
    const xml::Node attribute = document.set_attribute(b, "y", "2");
    const DocumentTree tree(document);
    const xml::Node in_order[] = {
        0, a, b, attribute, document.first_child(b), late, d, document.first_attribute(d)};
    for (std::size_t i = 0; i < std::size(in_order); ++i) {
        for (std::size_t j = 0; j < std::size(in_order); ++j) {
            if (i != j) CHECK(tree.precedes(in_order[i], in_order[j]) == (i < j));
        }
    }
}

TEST_CASE("an empty document has a document node and nothing else", "[document_tree]") {
    const xml::Document document;
    const DocumentTree tree(document);
    CHECK(tree.first_child(tree.document()) == expr::kNoNode);
    CHECK(string_value(tree, tree.document()) == "before:");
}

}  // namespace
}  // namespace survey::forms
