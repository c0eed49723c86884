#include "forms/xml/writer.h"

#include <algorithm>
#include <vector>

#include <catch2/catch.hpp>

#include "common/base/random.h"
#include "forms/xml/reader.h"

namespace survey::xml {
namespace {

Document parsed(std::string_view bytes) {
    auto document = parse(bytes);
    if (!document) FAIL(document.error().message << " in " << bytes);
    return *std::move(document);
}

std::string plain(const Document& document) {
    return write(document, {.declaration = false});
}

/// One line per node with expanded names; attributes sorted, prefixes and declarations left out.
std::string outline(const Document& document, Node node) {
    std::string out = std::to_string(static_cast<int>(document.kind(node)));
    out += "{" + document.name(node).uri + "}" + document.name(node).local + "=" +
           document.value(node);
    std::vector<std::string> attributes;
    for (Node at = document.first_attribute(node); at != kNoNode; at = document.next_sibling(at)) {
        attributes.push_back(outline(document, at));
    }
    std::sort(attributes.begin(), attributes.end());
    for (const std::string& one : attributes)
        out += " @" + one;
    out += "(";
    for (Node at = document.first_child(node); at != kNoNode; at = document.next_sibling(at)) {
        out += outline(document, at) + ",";
    }
    return out + ")";
}

template <std::size_t N>
std::string pick(Random& random, const char* const (&choices)[N]) {
    return choices[random.below(N)];
}

void grow(Document& document, Node parent, Random& random, int depth) {
    static const char* const kUris[] = {"", "", "urn:a", "urn:b", "urn:c?x=1&y=\"2\""};
    static const char* const kPrefixes[] = {"", "p", "q", "xmlns", "xml"};
    static const char* const kLocals[] = {"a", "b", "c-1", "d.e", "\u00E4\u00F6"};
    static const char* const kTexts[] = {
        "x", " ", "\n\t", "<&>\"'", "]]>", "\r\n", "\u20AC\U0001F600", "--", "?>", "&amp;", ""};
    const std::uint64_t declarations = random.below(3);
    for (std::uint64_t i = 0; i < declarations; ++i) {
        const std::string prefix = random.below(2) == 0 ? "p" : "";
        document.declare_namespace(parent, prefix, pick(random, kUris));
    }
    const std::uint64_t attributes = random.below(4);
    for (std::uint64_t i = 0; i < attributes; ++i) {
        document.set_attribute(
            parent, Name{pick(random, kUris), pick(random, kLocals), pick(random, kPrefixes)},
            pick(random, kTexts));
    }
    const std::uint64_t children = depth == 0 ? 0 : random.below(5);
    for (std::uint64_t i = 0; i < children; ++i) {
        switch (random.below(5)) {
            case 0:
            case 1:
                document.append_text(parent, pick(random, kTexts));
                break;
            case 2:
                document.append_comment(parent, "note");
                break;
            default:
                grow(
                    document,
                    document.append_element(parent, Name{pick(random, kUris), pick(random, kLocals),
                                                         pick(random, kPrefixes)}),
                    random, depth - 1);
        }
    }
}

TEST_CASE("what was written parses to an equal document", "[xml][writer][property]") {
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        CAPTURE(seed);
        SeededRandom random(seed);
        Document document;
        grow(document, document.append_element(0, "root"), random, 5);
        const std::string bytes = write(document);
        CAPTURE(bytes);
        const Document again = parsed(bytes);
        REQUIRE(outline(again, 0) == outline(document, 0));
        REQUIRE(write(again) == bytes);
    }
}

TEST_CASE("a form's own bytes come back unchanged", "[xml][writer]") {
    const char* const cases[] = {
        "<a/>",
        "<a> <b>x</b>\n</a>",
        "<h:html xmlns=\"urn:f\" xmlns:h=\"urn:h\"><model a=\"1\" h:b=\"2\"/></h:html>",
        "<a xmlns=\"urn:f\"><b xmlns=\"\"><c/></b><d/></a>",
        "<a b=\"1 &lt; 2 &amp;&amp; 3 &gt; 2 &quot;&#10;&#9;\">&lt;&gt;&amp;\"'&#13;</a>",
        "<!--x--><a><!--y--><?z w?></a>",
        "<a xml:lang=\"de\"/>",
        "<p:a xmlns:p=\"urn:1\"><p:b xmlns:p=\"urn:2\"/><p:c/></p:a>",
    };
    for (const char* bytes : cases)
        CHECK(plain(parsed(bytes)) == bytes);
}

TEST_CASE("namespaces that a name needs are declared where it stands", "[xml][writer]") {
    Document document;
    const Node root = document.append_element(0, Name{"urn:f", "root", ""});
    document.set_attribute(root, Name{"urn:j", "a", "jr"}, "1");
    document.set_attribute(root, Name{"urn:k", "b", ""}, "2");
    document.append_element(root, "inherits");
    CHECK(plain(document) ==
          "<root xmlns=\"urn:f\" xmlns:jr=\"urn:j\" xmlns:ns1=\"urn:k\" jr:a=\"1\" ns1:b=\"2\">"
          "<inherits xmlns=\"\"/></root>");
}

TEST_CASE("a subtree carries the namespaces that it inherits", "[xml][writer]") {
    const Document document =
        parsed("<a xmlns='urn:f' xmlns:jr='urn:j' xmlns:x='urn:x'><b jr:k='1'><c/></b></a>");
    const Node b = document.first_child(document.root());
    const std::string bytes = write(document, b, {.declaration = false});
    CHECK_THAT(bytes, Catch::Contains("xmlns=\"urn:f\""));
    CHECK_THAT(bytes, Catch::Contains("xmlns:x=\"urn:x\""));
    CHECK(outline(parsed(bytes), 1) == outline(document, b));
}

TEST_CASE("indenting never adds to text", "[xml][writer]") {
    const Document document = parsed("<a><b><c/>text</b><d><e/><f>g</f></d></a>");
    CHECK(write(document, {.indent = true}) ==
          "<?xml version=\"1.0\"?>\n<a>\n  <b><c/>text</b>\n  <d>\n    <e/>\n    <f>g</f>\n  "
          "</d>\n</a>\n");
}

TEST_CASE("characters that XML cannot hold are left out", "[xml][writer]") {
    struct Case {
        std::string_view in;
        std::string_view out;
    };
    const Case cases[] = {
        {"plain", "plain"},
        {{"a\0b\x01\x1F\x7F", 6}, "ab\x7F"},
        {"\xEF\xBF\xBE|\xEF\xBF\xBF|\xEF\xBF\xBD", "||\xEF\xBF\xBD"},
        {"\xED\xA0\x80", ""},
        {"\xC0\x80\xF8\xFF", ""},
        {"\xE2\x82", ""},
        {"\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80"},
        {"\xF4\x90\x80\x80", ""},
    };
    for (const Case& one : cases) {
        CAPTURE(one.in);
        CHECK(escape_text(one.in) == one.out);
    }
}

TEST_CASE("attributes escape line breaks and quotes, text does not", "[xml][writer]") {
    CHECK(escape_text("\"a\"\n\t<&>\r") == "\"a\"\n\t&lt;&amp;&gt;&#13;");
    CHECK(escape_attribute("\"a\"\n\t<&>\r") == "&quot;a&quot;&#10;&#9;&lt;&amp;&gt;&#13;");
}

TEST_CASE("comments and instructions stay well-formed whatever they say", "[xml][writer]") {
    Document document;
    const Node root = document.append_element(0, "a");
    document.append_comment(root, "a---b-");
    document.append_comment(root, "");
    document.append_instruction(root, "go", "x?>y");
    const std::string bytes = plain(document);
    CHECK(bytes == "<a><!--a- - -b- --><!----><?go x? >y?></a>");
    CHECK(parse(bytes));
}

}  // namespace
}  // namespace survey::xml
