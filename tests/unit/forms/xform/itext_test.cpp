#include <catch2/catch.hpp>

#include "sample_forms.h"

namespace survey::forms {
namespace {

TEST_CASE("a text has forms in each language", "[xform][itext]") {
    const auto form = loaded(
        Parts{.instance = "<a/>",
              .model = "<itext>"
                       "<translation lang='English (en)'><text id='q'><value>Hello</value>"
                       "<value form='image'>jr://images/a.png</value></text></translation>"
                       "<translation lang='Deutsch (de)' default='false()'><text id='q'>"
                       "<value form='long'>Hallo <output value='/data/a'/></value>"
                       "<value form='guidance'>Vorlesen</value></text></translation></itext>"});
    REQUIRE(form->languages.size() == 2);
    const Language& english = form->languages[0];
    CHECK(english.name == "English (en)");
    CHECK_FALSE(english.is_default);
    REQUIRE(english.texts.at("q").size() == 2);
    CHECK(english.texts.at("q")[0].form.empty());
    CHECK(shown(english.texts.at("q")[0].text) == "Hello");
    CHECK(english.texts.at("q")[1].form == "image");
    const Language& german = form->languages[1];
    CHECK(german.is_default);
    CHECK(form->default_language() == 1);
    CHECK(german.texts.at("q")[0].form.empty());
    CHECK(shown(german.texts.at("q")[0].text) == "Hallo {/data/a}");
    CHECK(german.texts.at("q")[1].form == "guidance");
}

TEST_CASE("without a mark the first language is the default", "[xform][itext]") {
    const auto form = loaded(Parts{.instance = "<a/>",
                                   .model = "<itext><translation lang='en'/>"
                                            "<translation lang='de'/></itext>"});
    CHECK(form->default_language() == 0);
    CHECK(form->languages[0].is_default);
    CHECK_FALSE(form->languages[1].is_default);
}

TEST_CASE("a form without translations has one language", "[xform][itext]") {
    const auto form = loaded(Parts{.instance = "<a/>"});
    REQUIRE(form->languages.size() == 1);
    CHECK(form->languages[0].name == "default");
    CHECK(form->languages[0].is_default);
}

TEST_CASE("a relative output is checked from each control that shows it", "[xform][itext]") {
    const std::string_view model =
        "<itext><translation lang='en'><text id='q'><value><output value='../b'/></value></text>"
        "</translation></itext>";
    CHECK(codes(Parts{.instance = "<a/><b/>",
                      .model = model,
                      .body = "<input ref='/data/a'><label ref=\"jr:itext('q')\"/></input>"}) ==
          "");
    CHECK(codes(Parts{.instance = "<g><a/></g><b/>",
                      .model = model,
                      .body = "<input ref='/data/g/a'><label ref=\"jr:itext('q')\"/></input>"}) ==
          "warning unknown-reference");
}

}  // namespace
}  // namespace survey::forms
