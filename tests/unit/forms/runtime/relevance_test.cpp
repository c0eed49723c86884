#include <catch2/catch.hpp>

#include "tests/support/scenario.h"

using namespace survey;
using namespace survey::forms;

namespace {

const std::string kForm =
    xform(R"x(<data id="f"><show>no</show><g><a>first</a><h><b/></h></g><sum/><seen/></data>)x",
          R"x(<bind nodeset="/data/g" relevant="/data/show = 'yes'"/>
       <bind nodeset="/data/g/h/b" required="true()" constraint=". != 'bad'"/>
       <bind nodeset="/data/seen" calculate="concat('[', /data/g/a, ']')"/>
       <bind nodeset="/data/sum" calculate="count(/data/g/a)"/>)x",
          R"x(<input ref="/data/show"/><group ref="/data/g"><input ref="/data/g/a"/>
       <group ref="/data/g/h"><input ref="/data/g/h/b"/></group></group>)x");

}  // namespace

TEST_CASE("a hidden node reads blank, keeps its value, and comes back with it",
          "[runtime][relevance]") {
    Scenario form(kForm);
    CHECK_FALSE(form.relevant("/data/g"));
    CHECK_FALSE(form.relevant("/data/g/h/b"));
    CHECK(form.value("/data/g/a").empty());
    CHECK(form.value("/data/seen") == "[]");
    form.answer("/data/show", "yes");
    CHECK(form.relevant("/data/g/h/b"));
    CHECK(form.value("/data/g/a") == "first");
    CHECK(form.value("/data/seen") == "[first]");
    form.answer("/data/g/a", "mine");
    form.answer("/data/show", "no");
    CHECK(form.value("/data/seen") == "[]");
    form.answer("/data/show", "yes");
    CHECK(form.value("/data/g/a") == "mine");
    CHECK(form.value("/data/seen") == "[mine]");
}

TEST_CASE("hidden nodes are not counted", "[runtime][relevance]") {
    Scenario form(kForm);
    CHECK(form.value("/data/sum") == "0");
    form.answer("/data/show", "yes");
    CHECK(form.value("/data/sum") == "1");
}

TEST_CASE("hidden nodes violate nothing", "[runtime][relevance]") {
    Scenario form(kForm);
    CHECK(form.violations().empty());
    form.answer("/data/show", "yes");
    CHECK(form.violations() == std::vector<std::string>{"required /data/g/h/b"});
    form.answer("/data/g/h/b", "bad");
    CHECK(form.violations() == std::vector<std::string>{"constraint /data/g/h/b"});
    form.answer("/data/show", "");
    CHECK(form.violations().empty());
}

TEST_CASE("hidden answers are left out of the record and kept in the draft",
          "[runtime][relevance]") {
    Scenario form(kForm);
    CHECK(form.record().find("<g>") == std::string::npos);
    CHECK(form.draft().find("<a>first</a>") != std::string::npos);
    form.answer("/data/show", "yes");
    form.answer("/data/g/a", "mine");
    form.answer("/data/show", "no");
    Scenario again = form.restored();
    again.answer("/data/show", "yes");
    CHECK(again.value("/data/g/a") == "mine");
}

TEST_CASE("a change names what became visible", "[runtime][relevance]") {
    Scenario form(kForm);
    const Change change = form.answer("/data/show", "yes");
    CHECK(form.changed(change) == std::vector<std::string>{"/data/show", "/data/g", "/data/g/a",
                                                           "/data/g/h", "/data/g/h/b", "/data/sum",
                                                           "/data/seen"});
}

TEST_CASE("a bare reference as a condition means the answer", "[runtime][relevance]") {
    Scenario form(xform(
        R"x(<data id="f"><flag/><number/><text/><a/><b/><c/></data>)x",
        R"x(<bind nodeset="/data/flag" type="boolean"/><bind nodeset="/data/number" type="int"/>
           <bind nodeset="/data/a" relevant="/data/flag"/>
           <bind nodeset="/data/b" relevant="/data/number"/>
           <bind nodeset="/data/c" relevant="/data/text"/>)x",
        R"x(<input ref="/data/flag"/><input ref="/data/number"/><input ref="/data/text"/>)x"));
    CHECK_FALSE(form.relevant("/data/a"));
    CHECK_FALSE(form.relevant("/data/b"));
    CHECK_FALSE(form.relevant("/data/c"));
    form.answer("/data/flag", "false");
    form.answer("/data/number", "0");
    form.answer("/data/text", "0");
    CHECK_FALSE(form.relevant("/data/a"));
    CHECK_FALSE(form.relevant("/data/b"));
    CHECK(form.relevant("/data/c"));
    form.answer("/data/flag", "true");
    form.answer("/data/number", "2");
    CHECK(form.relevant("/data/a"));
    CHECK(form.relevant("/data/b"));
}
