#include "forms/xml/document.h"

#include <catch2/catch.hpp>

namespace survey::xml {
namespace {

TEST_CASE("a new document is only its document node", "[xml][document]") {
    const Document document;
    CHECK(document.node_count() == 1);
    CHECK(document.kind(0) == NodeKind::kDocument);
    CHECK(document.root() == kNoNode);
    CHECK(document.text(0).empty());
    CHECK(document.namespaces_at(0).empty());
}

TEST_CASE("children keep the order in which they were appended", "[xml][document]") {
    Document document;
    const Node root = document.append_element(0, "root", 7);
    const Node a = document.append_element(root, "a");
    document.append_text(root, "between");
    const Node b = document.append_element(root, "b");
    CHECK(document.root() == root);
    CHECK(document.place(root) == 7);
    CHECK(document.first_child(root) == a);
    CHECK(document.last_child(root) == b);
    CHECK(document.previous_sibling(a) == kNoNode);
    CHECK(document.element_from(document.next_sibling(a)) == b);
    CHECK(document.element_from(document.next_sibling(b)) == kNoNode);
    CHECK(document.parent(b) == root);
    CHECK(document.parent(root) == 0);
}

TEST_CASE("text beside text is one node, text behind an element is another", "[xml][document]") {
    Document document;
    const Node root = document.append_element(0, "root");
    document.append_text(root, "");
    CHECK(document.first_child(root) == kNoNode);
    document.append_text(root, "one ");
    document.append_text(root, "two");
    CHECK(document.value(document.first_child(root)) == "one two");
    CHECK(document.next_sibling(document.first_child(root)) == kNoNode);
    document.append_element(root, "x");
    document.append_text(root, "three");
    CHECK(document.value(document.last_child(root)) == "three");
}

TEST_CASE("the text of an element is all text below it, without comments", "[xml][document]") {
    Document document;
    const Node root = document.append_element(0, "root");
    document.append_text(root, "a");
    const Node inner = document.append_element(root, "inner");
    document.append_comment(inner, "no");
    document.append_text(document.append_element(inner, "deep"), "b");
    document.append_instruction(root, "pi", "no");
    document.append_text(root, "c");
    const Node beside = document.append_element(root, "beside");
    document.append_text(beside, "d");
    CHECK(document.text(root) == "abcd");
    CHECK(document.text(0) == "abcd");
    CHECK(document.text(inner) == "b");
    CHECK(document.text(beside) == "d");
    CHECK(document.text(document.append_element(root, "empty")).empty());
}

TEST_CASE("an attribute is set once and replaced after that", "[xml][document]") {
    Document document;
    const Node root = document.append_element(0, "root");
    const Node id = document.set_attribute(root, "id", "1");
    const Node other = document.set_attribute(root, Name{"urn:x", "id", "x"}, "2");
    CHECK(id != other);
    CHECK(document.set_attribute(root, "id", "3") == id);
    CHECK(document.attribute_value(root, "id") == "3");
    CHECK(document.attribute_value(root, "id", "urn:x") == "2");
    CHECK(document.first_attribute(root) == id);
    CHECK(document.next_sibling(id) == other);
    CHECK(document.previous_sibling(other) == id);
    CHECK(document.has_attribute(root, "id"));
    CHECK_FALSE(document.has_attribute(root, "id", "urn:y"));
    CHECK(document.attribute_value(root, "none").empty());
    CHECK(document.first_child(root) == kNoNode);
}

TEST_CASE("inner namespace declarations win and can take the default away", "[xml][document]") {
    Document document;
    const Node root = document.append_element(0, "root");
    document.declare_namespace(root, "", "urn:default");
    document.declare_namespace(root, "p", "urn:outer");
    const Node child = document.append_element(root, "child");
    CHECK(document.name(child).uri == "urn:default");
    document.declare_namespace(child, "", "");
    document.declare_namespace(child, "p", "urn:inner");
    const Node grandchild = document.append_element(child, "grandchild");
    CHECK(document.name(grandchild).uri.empty());
    CHECK(document.namespace_for(grandchild, "") == nullptr);
    CHECK(*document.namespace_for(grandchild, "p") == "urn:inner");
    CHECK(*document.namespace_for(root, "p") == "urn:outer");
    CHECK(*document.namespace_for(root, "xml") == "http://www.w3.org/XML/1998/namespace");
    CHECK(document.namespace_for(root, "q") == nullptr);
    REQUIRE(document.namespaces_at(grandchild).size() == 1);
    CHECK(document.namespaces_at(grandchild)[0].uri == "urn:inner");
    CHECK(document.namespaces_at(root).size() == 2);
}

TEST_CASE("children are found by name with and without namespace", "[xml][document]") {
    Document document;
    const Node root = document.append_element(0, "root");
    const Node plain = document.append_element(root, "meta");
    const Node spaced = document.append_element(root, Name{"urn:x", "meta", "x"});
    CHECK(document.child(root, "", "meta") == plain);
    CHECK(document.child(root, "urn:x", "meta") == spaced);
    CHECK(document.child(root, "meta") == plain);
    CHECK(document.child(root, "urn:y", "meta") == kNoNode);
    CHECK(document.child(plain, "meta") == kNoNode);
}

TEST_CASE("a removed subtree is gone from its parent and keeps its content", "[xml][document]") {
    Document document;
    const Node root = document.append_element(0, "root");
    const Node a = document.append_element(root, "a");
    const Node b = document.append_element(root, "b");
    const Node c = document.append_element(root, "c");
    document.append_text(b, "kept");
    document.remove(b);
    CHECK(document.next_sibling(a) == c);
    CHECK(document.previous_sibling(c) == a);
    CHECK(document.parent(b) == kNoNode);
    CHECK(document.text(b) == "kept");
    document.remove(b);
    document.remove(a);
    document.remove(c);
    CHECK(document.first_child(root) == kNoNode);
    CHECK(document.last_child(root) == kNoNode);
    const Node one = document.set_attribute(root, "one", "1");
    const Node two = document.set_attribute(root, "two", "2");
    document.remove(one);
    CHECK(document.first_attribute(root) == two);
}

TEST_CASE("a copy is deep, and may be of an ancestor of where it goes", "[xml][document]") {
    Document document;
    const Node root = document.append_element(0, "root");
    document.declare_namespace(root, "p", "urn:p");
    document.set_attribute(root, Name{"urn:p", "k", "p"}, "v");
    const Node inner = document.append_element(root, "inner");
    document.append_text(inner, "text");
    const Node copy = document.append_copy(inner, document, root);
    CHECK(document.parent(copy) == inner);
    CHECK(document.attribute_value(copy, "k", "urn:p") == "v");
    CHECK(document.text(copy) == "text");
    CHECK(document.child(document.child(copy, "inner"), "root") == kNoNode);
    CHECK(document.declarations(copy).size() == 1);

    Document other;
    const Node there = other.append_copy(0, document, inner);
    CHECK(other.root() == there);
    CHECK(other.text(there) == "texttext");
    CHECK(other.name(other.child(there, "root")).local == "root");
}

TEST_CASE("values can be changed", "[xml][document]") {
    Document document;
    const Node root = document.append_element(0, "root");
    const Node empty = document.set_attribute(root, "a", "");
    const Node also_empty = document.set_attribute(root, "b", "");
    document.set_value(empty, "now");
    CHECK(document.value(empty) == "now");
    CHECK(document.value(also_empty).empty());
    document.set_value(empty, "then");
    CHECK(document.attribute_value(root, "a") == "then");
    CHECK(document.value(root).empty());
}

TEST_CASE("a copied document does not change with its original", "[xml][document]") {
    Document first;
    const Node root = first.append_element(0, "root");
    const Document second = first;
    first.append_text(root, "changed");
    CHECK(second.text(root).empty());
    CHECK(first.text(root) == "changed");
}

}  // namespace
}  // namespace survey::xml
