#include <catch2/catch.hpp>

#include "tests/support/scenario.h"

using namespace survey;
using namespace survey::forms;

namespace {

const std::string kForm =
    xform(R"x(<data id="f"><name/><a/><age/><said/></data>)x",
          R"x(<itext>
         <translation lang="English" default="true()">
           <text id="q"><value>Hello <output value="/data/name"/>!</value>
             <value form="image">jr://images/en.png</value><value form="guidance">Look.</value></text>
           <text id="only"><value>only English</value></text>
           <text id="filler"><value>real</value></text>
           <text id="msg"><value>at most <output value="1 + 2"/></value></text>
         </translation>
         <translation lang="Deutsch">
           <text id="q"><value>Hallo <output value="/data/name"/>!</value></text>
           <text id="filler"><value>-</value></text>
           <text id="msg"><value>höchstens <output value="1 + 2"/></value></text>
           <text id="only"><value>-</value></text>
         </translation>
       </itext>
       <bind nodeset="/data/age" type="int" constraint=". &lt; 4" jr:constraintMsg="jr:itext('msg')"/>
       <bind nodeset="/data/said" calculate="jr:itext('filler')"/>)x",
          R"x(<input ref="/data/name"><label>plain <output value="/data/age * 2"/></label></input>
       <input ref="/data/a"><label ref="jr:itext('q')"/><hint ref="jr:itext('only')"/></input>
       <input ref="/data/age"><label ref="jr:itext('filler')"/></input>)x");

}  // namespace

TEST_CASE("labels hold the answers of others", "[runtime][text]") {
    Scenario form(kForm);
    CHECK(form.label("/data/a") == "Hello !");
    const Change change = form.answer("/data/name", "Ada");
    CHECK(form.label("/data/a") == "Hello Ada!");
    CHECK(form.changed(change) == std::vector<std::string>{"/data/name", "/data/a"});
    CHECK(form.label("/data/name") == "plain ");
    form.answer("/data/age", "2");
    CHECK(form.label("/data/name") == "plain 4");
}

TEST_CASE("media and guidance come with the text", "[runtime][text]") {
    const Scenario form(kForm);
    const ShownText label = form.session().label(form.at("/data/a"));
    CHECK(label.image == "jr://images/en.png");
    CHECK(label.guidance == "Look.");
    CHECK(form.session().hint(form.at("/data/a")).text == "only English");
}

TEST_CASE("another language changes labels, messages and what is computed from texts",
          "[runtime][text]") {
    Scenario form(kForm);
    form.answer("/data/name", "Ada");
    form.answer("/data/age", "9");
    CHECK(form.node("/data/age").violation->message == "at most 3");
    form.speak("Deutsch");
    CHECK(form.session().language() == "Deutsch");
    CHECK(form.label("/data/a") == "Hallo Ada!");
    CHECK(form.node("/data/age").violation->message == "höchstens 3");
    CHECK_FALSE(form.session().set_language("Français"));
    CHECK(form.session().language() == "Deutsch");
}

TEST_CASE("where a language has no text the default language speaks", "[runtime][text]") {
    Scenario form(kForm);
    form.speak("Deutsch");
    CHECK(form.session().hint(form.at("/data/a")).text == "only English");
    CHECK(form.label("/data/age") == "real");
    CHECK(form.value("/data/said") == "real");
}

TEST_CASE("outputs in a repeat mean its own instance", "[runtime][text][repeat]") {
    Scenario form(xform(R"x(<data id="f"><r><n>a</n><q/></r><r><n>b</n><q/></r></data>)x", "",
                        R"x(<group ref="/data/r"><label>Person <output value="position(.)"/></label>
           <repeat nodeset="/data/r"><input ref="/data/r/n"/>
           <input ref="/data/r/q"><label>About <output value="../n"/> (<output value="/data/r/n"/>)</label></input>
           </repeat></group>)x"));
    CHECK(form.label("/data/r[1]/q") == "About a (a)");
    CHECK(form.label("/data/r[2]/q") == "About b (b)");
    CHECK(form.label("/data/r[2]") == "Person 2");
    const Change change = form.answer("/data/r[2]/n", "c");
    CHECK(form.changed(change) == std::vector<std::string>{"/data/r[2]/n", "/data/r[2]/q"});
}
