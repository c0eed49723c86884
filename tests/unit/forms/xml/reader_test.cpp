#include "forms/xml/reader.h"

#include <chrono>
#include <string>

#include <catch2/catch.hpp>

namespace survey::xml {
namespace {

Document parsed(std::string_view bytes) {
    auto document = parse(bytes);
    if (!document) FAIL(document.error().message);
    return *std::move(document);
}

TEST_CASE("elements, attributes and namespaces are read with their prefixes", "[xml][reader]") {
    const Document document = parsed(R"(<?xml version="1.0"?>
<h:html xmlns:h="urn:h" xmlns="urn:f">
  <h:head jr:a="1" xmlns:jr="urn:jr" b="2"/>
  <model xml:lang="de"/>
  <none xmlns=""/>
</h:html>)");
    const Node html = document.root();
    CHECK(document.name(html).is("urn:h", "html"));
    CHECK(document.name(html).qualified() == "h:html");
    CHECK(document.declarations(html).size() == 2);
    const Node head = document.child(html, "head");
    CHECK(document.attribute_value(head, "a", "urn:jr") == "1");
    CHECK(document.name(document.first_attribute(head)).prefix == "jr");
    CHECK(document.attribute_value(head, "b") == "2");
    CHECK(*document.namespace_for(head, "jr") == "urn:jr");
    const Node model = document.child(html, "urn:f", "model");
    CHECK(document.name(model).prefix.empty());
    CHECK(document.attribute_value(model, "lang", "http://www.w3.org/XML/1998/namespace") == "de");
    CHECK(document.child(html, "", "none") != kNoNode);
    CHECK(document.namespace_for(document.child(html, "none"), "") == nullptr);
    CHECK(document.place(html) == 2);
    CHECK(document.place(head) == 3);
    CHECK(document.place(document.first_attribute(head)) == 3);
    CHECK(document.place(model) == 4);
}

TEST_CASE("white space stays, and text, CDATA and references are one node", "[xml][reader]") {
    const Document document = parsed("<a> x &amp; <![CDATA[<y>]]>&#8364;\r\nz </a>");
    CHECK(document.value(document.first_child(document.root())) == " x & <y>\u20AC\nz ");
    CHECK(document.next_sibling(document.first_child(document.root())) == kNoNode);
    const Document spread = parsed("<a>\n <b/>\n</a>");
    CHECK(spread.kind(spread.first_child(spread.root())) == NodeKind::kText);
}

TEST_CASE("comments and instructions are nodes and split text", "[xml][reader]") {
    const Document document = parsed("<!--first--><a>x<!-- c -->y<?go now?></a><?last?>");
    CHECK(document.kind(document.first_child(0)) == NodeKind::kComment);
    CHECK(document.text(document.root()) == "xy");
    const Node go = document.last_child(document.root());
    CHECK(document.kind(go) == NodeKind::kProcessingInstruction);
    CHECK(document.name(go).local == "go");
    CHECK(document.value(go) == "now");
    CHECK(document.kind(document.last_child(0)) == NodeKind::kProcessingInstruction);
}

TEST_CASE("other encodings become UTF-8", "[xml][reader]") {
    const Document latin = parsed("<?xml version='1.0' encoding='ISO-8859-1'?><a>\xE9</a>");
    CHECK(latin.text(0) == "\u00E9");
    const char utf16[] = "\xFF\xFE<\0a\0>\0\xAC\x20<\0/\0a\0>\0";
    CHECK(parsed({utf16, sizeof utf16 - 1}).text(0) == "\u20AC");
    CHECK(parsed("\xEF\xBB\xBF<a>b</a>").text(0) == "b");
}

TEST_CASE("what is not XML is refused with its place and what to do", "[xml][reader]") {
    struct Case {
        std::string_view bytes;
        std::string_view says;
        Position at;
    };
    const Case cases[] = {
        {"", "empty", {1, 1}},
        {"   \n ", "empty", {2, 2}},
        {"plain", "only an element", {1, 1}},
        {"<a>\n <b>\n</a>", "<b>, which was opened in line 2", {3, 3}},
        {"<a>\n <x:b/>\n</a>", "prefix", {2, 2}},
        {"<a>&nbsp;</a>", "unknown entity", {1, 4}},
        {"<a b='1' b='2'/>", "duplicate attribute", {1, 10}},
        {"<a xmlns:p='u' xmlns:q='u' p:b='1' q:b='2'/>", "duplicate attribute", {1, 1}},
        {"<a/><b/>", "after document element", {1, 5}},
        {"<a>\n<b>", "before <b> of line 2 is closed", {2, 4}},
        {"<a>x & y</a>", "not well-formed", {1, 7}},
        {"<a>\x01</a>", "not well-formed", {1, 4}},
        {"<a>\xFF</a>", "not well-formed", {1, 4}},
        {" <?xml version='1.0'?><a/>", "very first", {1, 2}},
        {"<?xml version='1.0' encoding='klingon'?><a/>", "UTF-8", {1, 31}},
        {"<!DOCTYPE a><a/>", "DOCTYPE", {1, 12}},
        {"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "DOCTYPE", {1, 13}},
        {"<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", "DOCTYPE", {1, 40}},
    };
    for (const Case& one : cases) {
        CAPTURE(one.bytes);
        Position at;
        const auto document = parse(one.bytes, {}, &at);
        REQUIRE_FALSE(document);
        CHECK(document.error().code == ErrorCode::kInvalidInput);
        CHECK_THAT(document.error().message, Catch::Contains(std::string(one.says)));
        CHECK_THAT(document.error().message,
                   Catch::Contains("line " + std::to_string(one.at.line) + ", column " +
                                   std::to_string(one.at.column)));
        CHECK(at.line == one.at.line);
        CHECK(at.column == one.at.column);
    }
}

TEST_CASE("each limit is kept and named", "[xml][reader][limits]") {
    struct Case {
        std::string_view fits;
        std::string_view too_much;
        Limits limits;
        std::string_view says;
    };
    const Case cases[] = {
        {"<a/>", "<a></a>", {.bytes_max = 4}, "7 bytes; at most 4"},
        {"<a><b/></a>", "<a><b><c/></b></a>", {.depth_max = 2}, "more than 2 deep"},
        {"<a b='1'/>", "<a b='1'>x</a>", {.nodes_max = 3}, "more than 3"},
        {"<a><b/></a>", "<a><b/><b/></a>", {.nodes_max = 3}, "more than 3"},
        {"<a><b/></a>", "<a><!--x--><b/></a>", {.nodes_max = 3}, "more than 3"},
        {"<a b=''/>", "<a b='' c=''/>", {.attributes_max = 1}, "more than 1 attributes"},
    };
    for (const Case& one : cases) {
        CAPTURE(one.too_much);
        CHECK(parse(one.fits, one.limits));
        const auto document = parse(one.too_much, one.limits);
        REQUIRE_FALSE(document);
        CHECK(document.error().code == ErrorCode::kLimit);
        CHECK_THAT(document.error().message, Catch::Contains(std::string(one.says)));
    }
}

TEST_CASE("text longer than one piece of reading is still one node", "[xml][reader]") {
    const std::string text(3u << 20, 'x');
    const Document document = parsed("<a>" + text + "</a>");
    CHECK(document.node_count() == 3);
    CHECK(document.text(0) == text);
}

TEST_CASE("a list of fifty thousand rows is read without delay", "[xml][reader][speed]") {
    std::string bytes = "<root xmlns='http://www.w3.org/2002/xforms'>";
    for (int row = 0; row < 50'000; ++row) {
        bytes += "<item><name>v" + std::to_string(row) + "</name><label>Village " +
                 std::to_string(row) + "</label><district>d" + std::to_string(row % 90) +
                 "</district></item>\n";
    }
    bytes += "</root>";
    const auto begin = std::chrono::steady_clock::now();
    const Document document = parsed(bytes);
    const auto spent = std::chrono::steady_clock::now() - begin;
    CHECK(document.node_count() == 2 + 50'000 * 8);
    // Far above what it takes (about 0.1 s optimised), far below what quadratic work would take.
    CHECK(std::chrono::duration<double>(spent).count() < 5.0);
}

}  // namespace
}  // namespace survey::xml
