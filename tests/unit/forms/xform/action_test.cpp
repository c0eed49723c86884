#include <catch2/catch.hpp>

#include "sample_forms.h"

namespace survey::forms {
namespace {

TEST_CASE("actions of the model have events, target and value", "[xform][action]") {
    const auto form = loaded(Parts{
        .instance = "<a/><b/><c/>",
        .model = "<setvalue event='odk-instance-first-load odk-new-repeat' ref='/data/a' "
                 "value='1 + 1'/>"
                 "<setvalue ev:event='odk-instance-load' ref='b'>text</setvalue>"
                 "<setvalue event='odk-instance-load' ref='/data/c' value=''/>"
                 "<odk:setgeopoint event='odk-instance-first-load' ref='/data/c'/>"
                 "<odk:recordaudio event='odk-instance-load' ref='/data/c' odk:quality='low'/>"});
    REQUIRE(form->actions.size() == 5);
    const Action& first = form->actions[0];
    CHECK(first.kind == ActionKind::kSetValue);
    CHECK(first.events == std::vector<std::string>{"odk-instance-first-load", "odk-new-repeat"});
    CHECK(first.target == form->find("/data/a"));
    CHECK(first.value->source() == "1 + 1");
    CHECK(first.nested_in == kNoControl);
    CHECK_FALSE(first.target_path);
    CHECK(form->actions[1].literal == "text");
    CHECK_FALSE(form->actions[1].value);
    CHECK(form->actions[2].literal.empty());
    CHECK_FALSE(form->actions[2].value);
    CHECK(form->actions[3].kind == ActionKind::kSetGeopoint);
    CHECK(form->actions[4].kind == ActionKind::kRecordAudio);
    CHECK(form->actions[4].quality == "low");
}

TEST_CASE("actions nest in controls, groups and repeats", "[xform][action]") {
    const auto form = loaded(
        Parts{.instance = "<a/><r><b/><c/></r>",
              .body = "<input ref='/data/a'><setvalue event='xforms-value-changed' ref='/data/r/c' "
                      "value='../b'/></input>"
                      "<repeat nodeset='/data/r'><setvalue event='odk-new-repeat' ref='/data/r/c' "
                      "value='position(..)'/><input ref='/data/r/b'/></repeat>"});
    REQUIRE(form->actions.size() == 2);
    CHECK(form->actions[0].nested_in == node(*form, "/data/a").control);
    CHECK(form->actions[1].nested_in == node(*form, "/data/r").control);
}

TEST_CASE("a ref with a predicate keeps it", "[xform][action]") {
    const auto form =
        loaded(Parts{.instance = "<a/><r><b/></r>",
                     .body = "<input ref='/data/a'><setvalue event='xforms-value-changed' "
                             "ref='/data/r[position() = 1]/b' value='4'/></input>"
                             "<repeat nodeset='/data/r'><input ref='/data/r/b'/></repeat>"});
    REQUIRE(form->actions.size() == 1);
    CHECK(form->actions[0].target == form->find("/data/r/b"));
    REQUIRE(form->actions[0].target_path);
    CHECK(form->actions[0].target_path->source() == "/data/r[position() = 1]/b");
}

TEST_CASE("an action in the wrong namespace is ignored", "[xform][action]") {
    const auto form =
        loaded(Parts{.instance = "<a/>",
                     .model = "<odk:setvalue event='odk-instance-load' ref='/data/a' value='1'/>"
                              "<setgeopoint event='odk-instance-load' ref='/data/a'/>"});
    CHECK(form->actions.empty());
}

TEST_CASE("actions keep document order, also where the body stands first", "[xform][action]") {
    const std::string model =
        "<h:head><model><instance><data id='x'><a/></data></instance>"
        "<setvalue event='odk-instance-load' ref='/data/a'>model</setvalue></model></h:head>";
    const std::string body =
        "<h:body><input ref='/data/a'><setvalue event='odk-instance-load' ref='/data/a'>body"
        "</setvalue></input></h:body>";
    const std::string begin =
        "<h:html xmlns='http://www.w3.org/2002/xforms' xmlns:h='http://www.w3.org/1999/xhtml'>";
    const auto model_first = loaded(begin + model + body + "</h:html>");
    const auto body_first = loaded(begin + body + model + "</h:html>");
    REQUIRE(model_first->actions.size() == 2);
    REQUIRE(body_first->actions.size() == 2);
    CHECK(model_first->actions[0].literal == "model");
    CHECK(body_first->actions[0].literal == "body");
}

}  // namespace
}  // namespace survey::forms
