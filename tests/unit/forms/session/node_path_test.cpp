#include "forms/session/node_path.h"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "forms/xml/reader.h"

using namespace survey;
using survey::forms::find_path;
using survey::forms::is_path_notation;
using survey::forms::PathWriter;

namespace {

xml::Document sample() {
    auto parsed = xml::parse(
        "<data xmlns:o=\"urn:o\" lang=\"de\" o:code=\"x\"><a>1</a><o:a/><a>2<!--c--><b/>3</a>"
        "<?go there?></data>");
    REQUIRE(parsed);
    return *std::move(parsed);
}

}  // namespace

TEST_CASE("every node of a document is found again by its path", "[session][path]") {
    const xml::Document document = sample();
    PathWriter paths(document);
    std::size_t checked = 0;
    for (xml::Node node = 0; node < document.node_count(); ++node) {
        const std::string path = paths.path_of(node);
        CAPTURE(path);
        const auto found = find_path(document, path);
        REQUIRE(found);
        CHECK(*found == node);
        ++checked;
    }
    CHECK(checked == 13);
}

TEST_CASE("paths are written as fn:path writes them", "[session][path]") {
    const xml::Document document = sample();
    for (const char* path :
         {"/", "/Q{}data[1]", "/Q{}data[1]/@lang", "/Q{}data[1]/@Q{urn:o}code",
          "/Q{}data[1]/Q{}a[2]/text()[2]", "/Q{}data[1]/Q{urn:o}a[1]",
          "/Q{}data[1]/Q{}a[2]/comment()[1]", "/Q{}data[1]/processing-instruction(go)[1]"}) {
        CAPTURE(path);
        const auto node = find_path(document, path);
        REQUIRE(node);
        CHECK(PathWriter(document).path_of(*node) == path);
    }
}

TEST_CASE("a path to nothing finds nothing", "[session][path]") {
    const xml::Document document = sample();
    for (const char* path :
         {"/Q{}data[2]", "/Q{}data[1]/Q{}a[3]", "/Q{}data[1]/Q{urn:other}a[1]", "/Q{}data[0]",
          "/Q{}data[x]", "/Q{}data[1", "/Q{data", "Q{}data[1]", "/Q{}data[1]/", "/Q{}data[1]/@none",
          "//Q{}a[1]", "/Q{}data[1]/processing-instruction(go", "/Q{}data[-1]", ""}) {
        CAPTURE(path);
        if (std::string_view(path).empty()) continue;  // names the document node
        CHECK_FALSE(find_path(document, path));
    }
}

TEST_CASE("an expression is told from a path", "[session][path]") {
    CHECK(is_path_notation("/Q{}data[1]"));
    CHECK(is_path_notation("/"));
    CHECK_FALSE(is_path_notation("/data/a[2]"));
    CHECK_FALSE(is_path_notation("Q{}data"));
}

TEST_CASE("positions do not depend on what was asked before", "[session][path]") {
    const xml::Document document = sample();
    PathWriter forwards(document);
    PathWriter backwards(document);
    std::vector<std::string> first;
    std::vector<std::string> second;
    for (xml::Node node = 0; node < document.node_count(); ++node)
        first.push_back(forwards.path_of(node));
    for (auto node = static_cast<xml::Node>(document.node_count()); node-- > 0;)
        second.insert(second.begin(), backwards.path_of(node));
    CHECK(first == second);
    CHECK(forwards.path_of(3) == first[3]);
}
