#include <catch2/catch.hpp>

#include "sync-server/export/markup.h"
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

TEST_CASE("the HTML table has a caption, and every header its scope", "[export][html]") {
    const std::string html = table_html(example());
    CHECK(count(html, "<caption>") == 1);
    CHECK(count(html, "<th scope=\"col\">") == 4);
    CHECK(count(html, "<th scope=\"row\">") == 3);
    CHECK(count(html, "<th") == count(html, "<th scope=") + count(html, "<thead"));
    CHECK(html.find("lang=\"en\"") != std::string::npos);
    CHECK(html.find("300 (25%)") != std::string::npos);
}

TEST_CASE("labels are escaped, and what is hidden is said, not drawn as zero", "[export][html]") {
    const std::string html = table_html(example_scale());
    CHECK(html.find("Opinion &lt;by&gt; &quot;district&quot;") != std::string::npos);
    CHECK(html.find("=low &amp; slow") != std::string::npos);
    CHECK(html.find("<td class=\"suppressed\"><span aria-hidden=\"true\">.</span>"
                    "<span class=\"visually-hidden\">not shown</span></td>") != std::string::npos);
    CHECK(html.find("<td>0") == std::string::npos);
    CHECK(html.find("+50") != std::string::npos);
}

TEST_CASE("a mean stands under its count", "[export][html]") {
    ReleasedTable released = example_release();
    released.mean_of = "turnover";
    released.numbers[{}].mean = 12.25;
    const LabelledTable table = labelled(released, example_labels(), Language::kGerman);
    CHECK(table_html(table).find("1.240<br>Mittelwert: 12,2") != std::string::npos);
}

TEST_CASE("markup text loses only what no document may contain", "[export][html]") {
    CHECK(escape_markup("a<b>&\"'c") == "a&lt;b&gt;&amp;&quot;&#39;c");
    CHECK(escape_markup(std::string("x\0y\x01z\n", 6)) == "xyz\n");
    CHECK(escape_markup("größer") == "größer");
}
