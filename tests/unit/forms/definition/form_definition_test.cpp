#include "forms/definition/form_definition.h"

#include <catch2/catch.hpp>

namespace survey::forms {
namespace {

TEST_CASE("nodes are found by path, exactly", "[form_definition]") {
    FormDefinition form;
    form.by_path = {{"/data", 0}, {"/data/a", 1}};
    CHECK(form.find("/data/a") == 1);
    CHECK(form.find("/data") == 0);
    for (const auto* path : {"", "/", "/data/", "/data/b", "data/a", "/data/a[1]"}) {
        CHECK(form.find(path) == kNoRef);
    }
}

TEST_CASE("instances are found by id", "[form_definition]") {
    FormDefinition form;
    form.instances.resize(2);
    form.instances[0].id = "one";
    form.instances[1].id = "two";
    CHECK(form.find_instance("two") == &form.instances[1]);
    CHECK(form.find_instance("three") == nullptr);
}

TEST_CASE("the default language is the marked one, else the first", "[form_definition]") {
    FormDefinition form;
    form.languages.resize(3);
    CHECK(form.default_language() == 0);
    form.languages[2].is_default = true;
    CHECK(form.default_language() == 2);
}

TEST_CASE("further attributes are found by expanded name", "[form_definition]") {
    Bind bind;
    bind.extra = {{"{urn:x}max-pixels", "640"}, {"rows", "3"}};
    REQUIRE(bind.extra_value("{urn:x}max-pixels") != nullptr);
    CHECK(*bind.extra_value("{urn:x}max-pixels") == "640");
    CHECK(bind.extra_value("max-pixels") == nullptr);
    Control control;
    control.extra = bind.extra;
    REQUIRE(control.extra_value("rows") != nullptr);
    CHECK(control.extra_value("columns") == nullptr);
}

}  // namespace
}  // namespace survey::forms
