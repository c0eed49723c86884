#include "forms/session/markup.h"

#include <string>

#include <catch2/catch.hpp>

using namespace survey;
using survey::forms::markup_json;
using survey::forms::MarkupPiece;

namespace {

std::string markup(std::string_view text) {
    return json::serialise(markup_json({{text, false}}));
}

}  // namespace

TEST_CASE("inline markup becomes elements", "[session][markup]") {
    struct Case {
        const char* text;
        const char* json;
    };
    const Case cases[] = {
        {"plain", R"([{"text":"plain"}])"},
        {"a **b** c",
         R"([{"text":"a "},{"element":"strong","children":[{"text":"b"}]},{"text":" c"}])"},
        {"__b__", R"([{"element":"strong","children":[{"text":"b"}]}])"},
        {"*b* _c_", R"([{"element":"em","children":[{"text":"b"}]},{"text":" "},)"
                    R"({"element":"em","children":[{"text":"c"}]}])"},
        {"**a _b_**", R"([{"element":"strong","children":[{"text":"a "},)"
                      R"({"element":"em","children":[{"text":"b"}]}]}])"},
        {"***a***", R"([{"element":"strong","children":[)"
                    R"({"element":"em","children":[{"text":"a"}]}]}])"},
        {"# Top", R"([{"element":"h1","children":[{"text":"Top"}]}])"},
        {"a\nb", R"([{"text":"a"},{"element":"br","children":[]},{"text":"b"}])"},
        {"[x](https://example.org)",
         R"([{"element":"a","children":[{"text":"x"}],"url":"https://example.org"}])"},
        {R"(<span style="color: red; position: fixed">x</span>)",
         R"([{"element":"span","children":[{"text":"x"}],"style":"color: red"}])"},
    };
    for (const Case& one : cases) {
        CAPTURE(one.text);
        CHECK(markup(one.text) == one.json);
    }
}

TEST_CASE("what only looks like markup stays text", "[session][markup]") {
    for (const std::string text :
         {"snake_case_name", "2 * 3 * 4", "**", "a ** b ** c", "#nospace",
          "[x](javascript:alert(1))", "[x](data:text/html,y)", "<b>x</b>", "<script>x</script>",
          "[x", "<span style=\"color:red\">x", "*a"}) {
        CAPTURE(text);
        const auto parts = markup_json({{text, false}});
        REQUIRE(parts.size() == 1);
        CHECK(json::find_text(parts.front(), "text") == text);
    }
    CHECK(markup(R"(\*a\*)") == R"([{"text":"*a*"}])");
}

TEST_CASE("a style cannot fetch or hide anything", "[session][markup]") {
    CHECK(markup(R"x(<span style="color: url(https://example.org)">x</span>)x") ==
          R"([{"element":"span","children":[{"text":"x"}]}])");
    CHECK(markup(R"(<span style="display:none">x</span>)") ==
          R"([{"element":"span","children":[{"text":"x"}]}])");
}

TEST_CASE("an output is a span and is never read as markup", "[session][markup]") {
    const auto parts = markup_json({{"Dear **", false}, {"*Ann* <b>", true}, {"**!", false}});
    CHECK(json::serialise(parts) ==
          R"([{"text":"Dear "},{"element":"strong","children":[)"
          R"({"element":"span","children":[{"text":"*Ann* <b>"}]}]},{"text":"!"}])");
}

TEST_CASE("deep nesting ends as text and not as a full stack", "[session][markup]") {
    std::string text;
    for (int i = 0; i < 5000; ++i)
        text += i % 2 == 0 ? "*a " : "_b ";
    CHECK_FALSE(markup_json({{text, false}}).empty());
}

TEST_CASE("an output inside a tag does not move the outputs after it", "[session][markup]") {
    const auto parts = markup_json({{"<span style=\"color:", false},
                                    {"red", true},
                                    {"\">", false},
                                    {"Ann", true},
                                    {"</span> ", false},
                                    {"Bob", true}});
    CHECK(json::serialise(parts) == R"([{"element":"span","children":[)"
                                    R"({"element":"span","children":[{"text":"Ann"}]}]},)"
                                    R"({"text":" "},)"
                                    R"({"element":"span","children":[{"text":"Bob"}]}])");
}
