#include <catch2/catch.hpp>

#include "forms/xml/reader.h"
#include "sync-server/export/render.h"
#include "tests/unit/sync-server/export/example.h"

using namespace survey;
using namespace survey::server;

namespace {

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
        ++found;
    return found;
}

}  // namespace

TEST_CASE("a chart is well-formed, named and described", "[export][svg]") {
    for (const LabelledTable& table : {example(), example_scale(Language::kGerman)}) {
        const std::string svg = table_svg(table);
        CHECK(xml::parse(svg).has_value());
        CHECK(svg.find("role=\"img\"") != std::string::npos);
        CHECK(svg.find("aria-labelledby=\"chart-opinion-by-district-title "
                       "chart-opinion-by-district-desc\"") != std::string::npos);
        CHECK(count(svg, "<title id=\"chart-opinion-by-district-title\">") == 1);
        CHECK(count(svg, "<desc id=\"chart-opinion-by-district-desc\">") == 1);
    }
}

TEST_CASE("what is hidden gets words and no bar", "[export][svg]") {
    const std::string svg = table_svg(example());
    // Shares: low / South and both rows of the total. The others are hidden or of an earlier state.
    CHECK(count(svg, "<rect") == 3);
    CHECK(count(svg, "not shown") == 2);
    CHECK(count(svg, ">880<") == 1);
    CHECK(count(svg, "25% (300)") == 1);
}

TEST_CASE("a scale becomes diverging bars with their numbers", "[export][svg]") {
    const std::string svg = table_svg(example_scale());
    CHECK(count(svg, "<rect") == 3);
    CHECK(count(svg, "not shown") == 2);
    CHECK(svg.find("25% / 75%") != std::string::npos);
}

TEST_CASE("a chart of nothing is still a chart", "[export][svg]") {
    CHECK(xml::parse(table_svg(labelled(ReleasedTable{}, {}, Language::kEnglish))).has_value());
}

TEST_CASE("a long label is cut between characters", "[export][svg]") {
    TableLabels labels = example_labels();
    labels.row.categories[0] = std::string(29, 'x') + "äöü";
    const std::string svg = table_svg(labelled(example_release(), labels, Language::kEnglish));
    CHECK(xml::parse(svg).has_value());
    CHECK(svg.find(std::string(29, 'x') + "ä…<") != std::string::npos);
}
