#include <catch2/catch.hpp>

#include "tests/support/scenario.h"

using namespace survey;
using namespace survey::forms;

TEST_CASE("first-load actions run once and win over a calculation", "[runtime][action]") {
    Scenario form(xform(R"x(<data id="f"><a/><b/><c>old</c></data>)x",
                        R"x(<bind nodeset="/data/b" calculate="1" type="int"/>
           <setvalue event="odk-instance-first-load" ref="/data/a" value="4 * 4"/>
           <setvalue event="odk-instance-first-load" ref="/data/b" value="7"/>
           <setvalue event="odk-instance-first-load" ref="/data/c"/>)x",
                        R"x(<input ref="/data/a"/><input ref="/data/b"/><input ref="/data/c"/>)x"));
    CHECK(form.value("/data/a") == "16");
    CHECK(form.value("/data/b") == "7");
    CHECK(form.value("/data/c").empty());
    form.answer("/data/a", "mine");
    CHECK(form.restored().value("/data/a") == "mine");
}

TEST_CASE("load actions run for drafts too", "[runtime][action]") {
    Scenario form(xform(R"x(<data id="f"><a>0</a></data>)x",
                        R"x(<setvalue event="odk-instance-load" ref="/data/a" value=". + 1"/>)x",
                        R"x(<input ref="/data/a"/>)x"));
    CHECK(form.value("/data/a") == "1");
    CHECK(form.restored().value("/data/a") == "2");
}

TEST_CASE("a first-load action does not reach what is hidden", "[runtime][action]") {
    Scenario form(xform(R"x(<data id="f"><in>5</in><out/></data>)x",
                        R"x(<bind nodeset="/data/out" relevant="/data/in = 3" type="int"/>
           <setvalue event="odk-instance-first-load" ref="/data/out" value="/data/in * 4"/>)x",
                        R"x(<input ref="/data/in"/><input ref="/data/out"/>)x"));
    form.answer("/data/in", "3");
    CHECK(form.value("/data/out").empty());
}

TEST_CASE("a changed value runs its actions after everything was computed", "[runtime][action]") {
    Scenario form(xform(R"x(<data id="f"><source/><twice/><out/><literal/></data>)x",
                        R"x(<bind nodeset="/data/twice" calculate="/data/source * 2" type="int"/>
           <bind nodeset="/data/out" readonly="true()" type="int"/>)x",
                        R"x(<input ref="/data/source">
             <setvalue event="xforms-value-changed" ref="/data/out" value="/data/twice"/>
             <setvalue event="xforms-value-changed" ref="/data/literal">seven</setvalue>
           </input>)x"));
    CHECK(form.value("/data/literal").empty());
    form.answer("/data/source", "12");
    CHECK(form.value("/data/out") == "24");
    CHECK(form.value("/data/literal") == "seven");
}

TEST_CASE("the same answer again runs nothing", "[runtime][action]") {
    Scenario form(xform(R"x(<data id="f"><source/><count>0</count></data>)x",
                        R"x(<bind nodeset="/data/source" type="int"/>)x",
                        R"x(<input ref="/data/source">
             <setvalue event="xforms-value-changed" ref="/data/count" value=". + 1"/></input>)x"));
    form.answer("/data/source", "1");
    CHECK(form.value("/data/count") == "1");
    CHECK(form.answer("/data/source", "1.9").changed.empty());
    CHECK(form.value("/data/count") == "1");
    form.answer("/data/source", "2");
    CHECK(form.value("/data/count") == "2");
}

TEST_CASE("actions start further actions, and those that never end are stopped",
          "[runtime][action]") {
    Scenario form(xform(
        R"x(<data id="f"><a/><b/><c/><x>0</x><y>0</y></data>)x", "",
        R"x(<input ref="/data/a"><setvalue event="xforms-value-changed" ref="/data/b" value="/data/a"/></input>
           <input ref="/data/b"><setvalue event="xforms-value-changed" ref="/data/c" value="/data/b"/></input>
           <input ref="/data/x"><setvalue event="xforms-value-changed" ref="/data/y" value="/data/x + 1"/></input>
           <input ref="/data/y"><setvalue event="xforms-value-changed" ref="/data/x" value="/data/y + 1"/></input>)x"));
    form.answer("/data/a", "on");
    CHECK(form.value("/data/c") == "on");
    form.answer("/data/x", "1");
    CHECK_FALSE(form.node("/data").fault.empty());
}

TEST_CASE("an action in a repeat means its own instance", "[runtime][action]") {
    Scenario form(xform(R"x(<data id="f"><r><s/><d/></r><r><s/><d/></r><out>0</out></data>)x", "",
                        R"x(<repeat nodeset="/data/r"><input ref="/data/r/s">
             <setvalue event="xforms-value-changed" ref="/data/r/d" value="4 * position(..)"/>
             <setvalue event="xforms-value-changed" ref="/data/out" value=". + 1"/>
           </input></repeat>)x"));
    form.answer("/data/r[2]/s", "x");
    CHECK(form.value("/data/r[1]/d").empty());
    CHECK(form.value("/data/r[2]/d") == "8");
    CHECK(form.value("/data/out") == "1");
}

TEST_CASE("a target with several nodes is an error before anything is changed",
          "[runtime][action]") {
    Scenario form(xform(
        R"x(<data id="f"><s/><r><d/></r><r><d/></r></data>)x", "",
        R"x(<input ref="/data/s"><setvalue event="xforms-value-changed" ref="/data/r/d" value="1"/></input>
           <repeat nodeset="/data/r"><input ref="/data/r/d"/></repeat>)x"));
    CHECK(form.refusal("/data/s", "x").find("has more than one node") != std::string::npos);
    CHECK(form.value("/data/s").empty());
}

TEST_CASE("a predicate may choose the target", "[runtime][action]") {
    Scenario form(xform(R"x(<data id="f"><s/><r><d/></r><r><d/></r></data>)x", "",
                        R"x(<input ref="/data/s"><setvalue event="xforms-value-changed"
             ref="/data/r[position()=2]/d" value="/data/s"/></input>
           <repeat nodeset="/data/r"><input ref="/data/r/d"/></repeat>)x"));
    form.answer("/data/s", "x");
    CHECK(form.value("/data/r[1]/d").empty());
    CHECK(form.value("/data/r[2]/d") == "x");
}

TEST_CASE("new-repeat actions fire for added instances only", "[runtime][action]") {
    const std::string actions =
        R"x(<setvalue event="odk-new-repeat" ref="/data/r/a" value="concat('new ', position(..))"/>)x";
    SECTION("added by the user") {
        Scenario form(xform(
            R"x(<data id="f"><r><a>form</a></r></data>)x", "",
            R"x(<repeat nodeset="/data/r"><input ref="/data/r/a"/>)x" + actions + "</repeat>"));
        CHECK(form.value("/data/r[1]/a") == "form");
        form.add_repeat("/data/r");
        CHECK(form.value("/data/r[2]/a") == "new 2");
        CHECK(form.restored().value("/data/r[1]/a") == "form");
    }
    SECTION("added by the count") {
        Scenario form(xform(R"x(<data id="f"><n>2</n><r jr:template=""><a/></r></data>)x", "",
                            R"x(<input ref="/data/n"/><repeat nodeset="/data/r" jr:count="/data/n">
                               <input ref="/data/r/a"/>)x" +
                                actions + "</repeat>"));
        CHECK(form.value("/data/r[2]/a") == "new 2");
        form.answer("/data/r[2]/a", "own");
        CHECK(form.restored().value("/data/r[2]/a") == "own");
    }
}

TEST_CASE("a position is asked of the host and may be refused", "[runtime][action]") {
    Scenario form(xform(R"x(<data id="f"><where/><a/></data>)x",
                        R"x(<bind nodeset="/data/where" type="geopoint"/>
           <odk:setgeopoint event="odk-instance-first-load" ref="/data/where"/>)x",
                        R"x(<input ref="/data/a"/>)x"));
    REQUIRE(form.session().requests().size() == 1);
    const HostRequest request = form.session().requests()[0];
    CHECK(request.kind == "geopoint");
    CHECK(request.node == form.at("/data/where"));
    CHECK_FALSE(form.session().answer_request("r99", "1 2"));
    SECTION("a point is stored") {
        REQUIRE(form.session().answer_request(request.id, "51.5 7.25"));
        CHECK(form.value("/data/where") == "51.5 7.25");
    }
    SECTION("an invalid one is blank") {
        REQUIRE(form.session().answer_request(request.id, "100 200"));
        CHECK(form.value("/data/where").empty());
    }
    CHECK(form.session().requests().empty());
}
