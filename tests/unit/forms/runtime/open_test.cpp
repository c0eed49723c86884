#include <catch2/catch.hpp>

#include "tests/support/scenario.h"

using namespace survey;
using namespace survey::forms;

namespace {

const std::string kForm = xform(
    R"x(<data id="f" version="3"><a>1</a><b/><c/><d/><e/><u/><meta><instanceID/></meta></data>)x",
    R"x(<bind nodeset="/data/a" type="int"/>
       <bind nodeset="/data/b" jr:preload="timestamp" jr:preloadParams="start" type="dateTime"/>
       <bind nodeset="/data/c" jr:preload="date" jr:preloadParams="today" type="date"/>
       <bind nodeset="/data/d" jr:preload="property" jr:preloadParams="deviceid"/>
       <bind nodeset="/data/e" calculate="/data/a + 1" type="int"/>
       <bind nodeset="/data/meta/instanceID" jr:preload="uid" readonly="true()"/>)x",
    R"x(<input ref="/data/a"/><input ref="/data/u"/>)x");

}  // namespace

TEST_CASE("a new instance has defaults, preloads and calculations", "[runtime][open]") {
    Scenario::Setup setup;
    setup.open.properties = {{"deviceid", "tablet-7"}};
    const Scenario form(kForm, setup);
    CHECK(form.value("/data/a") == "1");
    CHECK(form.value("/data/b") == "2026-11-25T09:30:00.000+01:00");
    CHECK(form.value("/data/c") == "2026-11-25");
    CHECK(form.value("/data/d") == "tablet-7");
    CHECK(form.value("/data/e") == "2");
    CHECK(form.value("/data/meta/instanceID").starts_with("uuid:"));
    CHECK(form.session().instance_id() == form.value("/data/meta/instanceID"));
}

TEST_CASE("given defaults are laid over the model's", "[runtime][open]") {
    Scenario::Setup setup;
    setup.open.defaults = {{"/data/a", "41"}, {"u", "relative"}, {"/data/none", "x"}};
    const Scenario form(kForm, setup);
    CHECK(form.value("/data/a") == "41");
    CHECK(form.value("/data/e") == "42");
    CHECK(form.value("/data/u") == "relative");
}

TEST_CASE("a draft is taken up without preloads", "[runtime][open]") {
    Scenario form(kForm);
    form.answer("/data/a", "5");
    const std::string draft = form.draft();
    form.clock().set("2026-11-26T08:30:00Z");
    OpenOptions open;
    open.mode = OpenOptions::Mode::kRestore;
    open.xml = draft;
    const Scenario again = form.another(open);
    CHECK(again.value("/data/b") == "2026-11-25T09:30:00.000+01:00");
    CHECK(again.value("/data/c") == "2026-11-25");
    CHECK(again.session().instance_id() == form.session().instance_id());
    CHECK(again.draft() == draft);
}

TEST_CASE("an edit makes a new instanceID and keeps the old one beside it", "[runtime][open]") {
    Scenario form(kForm);
    const std::string first = form.session().instance_id();
    OpenOptions open;
    open.mode = OpenOptions::Mode::kEdit;
    open.xml = form.record();
    Scenario edit = form.another(open);
    const std::string second = edit.session().instance_id();
    CHECK(second != first);
    CHECK(edit.record().find("<instanceID>" + second + "</instanceID><deprecatedID>" + first +
                             "</deprecatedID>") != std::string::npos);
    SECTION("a draft of the edit changes neither") {
        const Scenario draft = edit.restored();
        CHECK(draft.draft() == edit.draft());
    }
    SECTION("an edit of the edit moves on") {
        open.xml = edit.record();
        const Scenario third = form.another(open);
        CHECK(third.record().find("<deprecatedID>" + second + "</deprecatedID>") !=
              std::string::npos);
        CHECK(third.record().find(first) == std::string::npos);
    }
}

TEST_CASE("a form's own deprecatedID is the one that is filled", "[runtime][open]") {
    Scenario form(xform(
        R"x(<data id="f"><a/><orx:meta><orx:instanceID/><orx:deprecatedID>x</orx:deprecatedID></orx:meta></data>)x",
        R"x(<bind nodeset="/data/orx:meta/orx:instanceID" jr:preload="uid"/>)x",
        R"x(<input ref="/data/a"/>)x"));
    const std::string first = form.session().instance_id();
    OpenOptions open;
    open.mode = OpenOptions::Mode::kEdit;
    open.xml = form.record();
    const Scenario edit = form.another(open);
    CHECK(edit.record().find("<orx:deprecatedID>" + first + "</orx:deprecatedID>") !=
          std::string::npos);
}

TEST_CASE("a record of another form is refused by name", "[runtime][open]") {
    const Scenario form(kForm);
    OpenOptions open;
    open.mode = OpenOptions::Mode::kRestore;
    SECTION("another id") {
        open.xml = R"x(<data id="other"><a>1</a></data>)x";
        const auto session = form.try_open(open);
        REQUIRE_FALSE(session);
        CHECK(session.error().message.find("\"other\"") != std::string::npos);
    }
    SECTION("another root") {
        open.xml = R"x(<survey id="f"/>)x";
    }
    SECTION("torn") {
        open.xml = R"x(<data id="f"><a>)x";
    }
    SECTION("empty") {
        open.xml = "";
    }
    CHECK_FALSE(form.try_open(open));
}

TEST_CASE("nodes that a record lacks have the model's default", "[runtime][open]") {
    const Scenario form(kForm);
    OpenOptions open;
    open.mode = OpenOptions::Mode::kRestore;
    open.xml = R"x(<data id="f"><u>kept</u><unknown>dropped</unknown></data>)x";
    const Scenario again = form.another(open);
    CHECK(again.value("/data/a") == "1");
    CHECK(again.value("/data/u") == "kept");
    CHECK(again.draft().find("unknown") == std::string::npos);
}

TEST_CASE("an unknown language is an error, no language the default", "[runtime][open]") {
    const Scenario form(kForm);
    OpenOptions open;
    open.language = "Klingon";
    const auto session = form.try_open(open);
    REQUIRE_FALSE(session);
    CHECK(session.error().code == ErrorCode::kNotFound);
}
