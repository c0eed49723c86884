#include <catch2/catch.hpp>

#include "tests/support/scenario.h"

using namespace survey;
using namespace survey::forms;

TEST_CASE("calculations follow each other whatever their order in the form",
          "[runtime][calculate]") {
    Scenario form(xform(R"x(<data id="f"><d/><c/><b/><a/></data>)x",
                        R"x(<bind nodeset="/data/d" calculate="/data/c + 1"/>
                           <bind nodeset="/data/c" calculate="/data/b * 2" type="int"/>
                           <bind nodeset="/data/b" calculate="/data/a + 1" type="int"/>
                           <bind nodeset="/data/a" type="int"/>)x",
                        R"x(<input ref="/data/a"/>)x"));
    CHECK(form.value("/data/b").empty());
    CHECK(form.value("/data/d").empty());
    const Change change = form.answer("/data/a", "4");
    CHECK(form.value("/data/d") == "11");
    CHECK(form.changed(change) ==
          std::vector<std::string>{"/data/d", "/data/c", "/data/b", "/data/a"});
    form.answer("/data/a", "");
    CHECK(form.value("/data/d").empty());
}

TEST_CASE("a change stops where a value came out the same", "[runtime][calculate]") {
    Scenario form(xform(R"x(<data id="f"><a>1</a><big/><after/></data>)x",
                        R"x(<bind nodeset="/data/a" type="int"/>
                           <bind nodeset="/data/big" calculate="/data/a > 10"/>
                           <bind nodeset="/data/after" calculate="concat(/data/big, '!')"/>)x",
                        R"x(<input ref="/data/a"/>)x"));
    CHECK(form.changed(form.answer("/data/a", "2")) == std::vector<std::string>{"/data/a"});
    CHECK(form.changed(form.answer("/data/a", "11")).size() == 3);
}

TEST_CASE("a written answer stands until a dependency changes", "[runtime][calculate]") {
    Scenario form(xform(R"x(<data id="f"><a>1</a><b/></data>)x",
                        R"x(<bind nodeset="/data/b" calculate="/data/a * 2" type="int"/>)x",
                        R"x(<input ref="/data/a"/><input ref="/data/b"/>)x"));
    form.answer("/data/b", "99");
    CHECK(form.value("/data/b") == "99");
    form.answer("/data/a", "3");
    CHECK(form.value("/data/b") == "6");
}

TEST_CASE("readonly is inherited and stops the user only", "[runtime][readonly]") {
    Scenario form(xform(R"x(<data id="f"><lock>1</lock><g><a/><b/></g></data>)x",
                        R"x(<bind nodeset="/data/g" readonly="/data/lock = '1'"/>
                           <bind nodeset="/data/g/a" readonly="false()"/>
                           <bind nodeset="/data/g/b" calculate="/data/lock"/>)x",
                        R"x(<input ref="/data/lock"/><group ref="/data/g"><input ref="/data/g/a"/>
                           <input ref="/data/g/b"/></group>)x"));
    CHECK(form.node("/data/g/a").readonly);
    CHECK(form.refusal("/data/g/a", "x").find("/data/g/a") != std::string::npos);
    CHECK(form.value("/data/g/a").empty());
    CHECK(form.value("/data/g/b") == "1");
    form.answer("/data/lock", "0");
    CHECK_FALSE(form.node("/data/g/a").readonly);
    CHECK(form.refusal("/data/g/a", "x").empty());
}

TEST_CASE("what is no question cannot be answered", "[runtime]") {
    Scenario form(xform(R"x(<data id="f"><a/><g><b/></g></data>)x", "",
                        R"x(<group ref="/data/g"><input ref="/data/g/b"/></group>)x"));
    CHECK_FALSE(form.refusal("/data/a", "x").empty());
    CHECK_FALSE(form.refusal("/data/g", "x").empty());
    CHECK_FALSE(form.refusal("/data", "x").empty());
    CHECK_FALSE(form.session().find("/data/none"));
    CHECK_FALSE(form.session().find("/other/a"));
    CHECK_FALSE(form.session().find(""));
}

TEST_CASE("an answer against its constraint is stored and shown", "[runtime][constraint]") {
    Scenario form(xform(R"x(<data id="f"><max>10</max><a/></data>)x",
                        R"x(<bind nodeset="/data/a" type="int" constraint=". &lt;= /data/max"
                            jr:constraintMsg="too much"/>)x",
                        R"x(<input ref="/data/max"/><input ref="/data/a"/>)x"));
    form.answer("/data/a", "12");
    CHECK(form.value("/data/a") == "12");
    REQUIRE(form.node("/data/a").violation);
    CHECK(form.node("/data/a").violation->message == "too much");
    SECTION("another answer may lift it") {
        const Change change = form.answer("/data/max", "20");
        CHECK(form.changed(change) == std::vector<std::string>{"/data/max", "/data/a"});
        CHECK_FALSE(form.node("/data/a").violation);
    }
    SECTION("a candidate can be tried without storing it") {
        const NodeId a = form.at("/data/a");
        CHECK_FALSE(*form.session().try_value(a, "9"));
        REQUIRE(*form.session().try_value(a, "11"));
        CHECK((*form.session().try_value(a, "11"))->message == "too much");
        REQUIRE(*form.session().try_value(a, "eleven"));
        CHECK((*form.session().try_value(a, "eleven"))->message.empty());
        CHECK(form.value("/data/a") == "12");
    }
}

TEST_CASE("required is asked of blanks only and may depend on answers", "[runtime][required]") {
    Scenario form(xform(R"x(<data id="f"><a/><b/></data>)x",
                        R"x(<bind nodeset="/data/b" required="/data/a = 'x'" constraint="false()"
                            jr:requiredMsg="please"/>)x",
                        R"x(<input ref="/data/a"/><input ref="/data/b"/>)x"));
    CHECK(form.violations().empty());
    form.answer("/data/a", "x");
    CHECK(form.violations() == std::vector<std::string>{"required /data/b"});
    CHECK(form.node("/data/b").violation->message == "please");
    form.answer("/data/b", "1");
    CHECK(form.violations() == std::vector<std::string>{"constraint /data/b"});
}

TEST_CASE("the clock is read again at every change, chance is not drawn again",
          "[runtime][volatile]") {
    Scenario form(xform(R"x(<data id="f"><day/><draw/><kept/><a/></data>)x",
                        R"x(<bind nodeset="/data/day" calculate="today()" type="date"/>
                           <bind nodeset="/data/draw" calculate="random()"/>
                           <bind nodeset="/data/kept" calculate="once(random())"/>)x",
                        R"x(<input ref="/data/a"/>)x"));
    const std::string draw = form.value("/data/draw");
    const std::string kept = form.value("/data/kept");
    CHECK(form.value("/data/day") == "2026-11-25");
    form.clock().set("2026-11-26T08:30:00Z");
    form.answer("/data/a", "x");
    CHECK(form.value("/data/day") == "2026-11-26");
    CHECK(form.value("/data/draw") == draw);
    Scenario again = form.restored();
    CHECK(again.value("/data/draw") != draw);
    CHECK(again.value("/data/kept") == kept);
}

TEST_CASE("an expression that fails is a fault of its node, and heals", "[runtime][fault]") {
    Scenario form(xform(R"x(<data id="f"><a>[</a><b/></data>)x",
                        R"x(<bind nodeset="/data/b" calculate="regex('x', /data/a)"/>)x",
                        R"x(<input ref="/data/a"/>)x"));
    CHECK(form.node("/data/b").fault.starts_with("calculation: "));
    form.answer("/data/a", "x");
    CHECK(form.node("/data/b").fault.empty());
    CHECK(form.value("/data/b") == "true");
}

TEST_CASE("decimals read as numbers and are recorded with a fraction", "[runtime][types]") {
    Scenario form(xform(R"x(<data id="f"><a/><b/></data>)x",
                        R"x(<bind nodeset="/data/a" type="decimal"/>
                           <bind nodeset="/data/b" calculate="concat(/data/a, ' m')"/>)x",
                        R"x(<input ref="/data/a"/>)x"));
    form.answer("/data/a", "2");
    CHECK(form.value("/data/b") == "2 m");
    CHECK(form.record().find("<a>2.0</a>") != std::string::npos);
    CHECK(form.restored().value("/data/a") == "2");
}
