#include <catch2/catch.hpp>

#include "tests/support/scenario.h"

using namespace survey;
using namespace survey::forms;

namespace {

const std::string kLists =
    R"x(<instance id="state"><root><item><name>nrw</name><label>NRW</label></item>
       <item><name>by</name><label>Bayern</label></item></root></instance>
       <instance id="city"><root>
       <item><name>do</name><label>Dortmund</label><state>nrw</state></item>
       <item><name>bo</name><label>Bochum</label><state>nrw</state></item>
       <item><name>m</name><label>Munich</label><state>by</state></item></root></instance>
       <instance id="part"><root>
       <item><name>north</name><label>North</label><city>do</city></item>
       <item><name>south</name><label>South</label><city>m</city></item></root></instance>)x";

std::string itemset(std::string_view nodeset) {
    return "<itemset nodeset=\"" + std::string(nodeset) +
           "\"><value ref=\"name\"/><label ref=\"label\"/></itemset>";
}

const std::string kCascade = xform(
    R"x(<data id="f"><state/><city/><part/><many/><said/></data>)x",
    kLists + R"x(<bind nodeset="/data/said" calculate="concat('in ', /data/city)"/>)x",
    "<select1 ref=\"/data/state\">" + itemset("instance('state')/root/item") + "</select1>" +
        "<select1 ref=\"/data/city\">" +
        itemset("instance('city')/root/item[state = /data/state]") + "</select1>" +
        "<select1 ref=\"/data/part\">" + itemset("instance('part')/root/item[city = /data/city]") +
        "</select1><select ref=\"/data/many\">" +
        itemset("instance('city')/root/item[state = /data/state]") + "</select>");

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("choices follow the answers that their filter reads", "[runtime][choices]") {
    Scenario form(kCascade);
    CHECK(form.choices("/data/state") == Texts{"nrw", "by"});
    CHECK(form.choices("/data/city").empty());
    const Change change = form.answer("/data/state", "nrw");
    CHECK(form.choices("/data/city") == Texts{"do", "bo"});
    CHECK(form.choice_labels("/data/city") == Texts{"Dortmund", "Bochum"});
    CHECK(form.changed(change) == Texts{"/data/state", "/data/city", "/data/many"});
    const auto choices = form.session().choices(form.at("/data/city"));
    CHECK((*choices)[0].properties ==
          std::vector<std::pair<std::string, std::string>>{{"name", "do"}, {"state", "nrw"}});
}

TEST_CASE("an answer that is no longer offered is taken back, down the cascade",
          "[runtime][choices]") {
    Scenario form(kCascade);
    form.answer("/data/state", "nrw");
    form.answer("/data/city", "do");
    form.answer("/data/part", "north");
    form.answer("/data/many", "bo do");
    CHECK(form.value("/data/said") == "in do");
    form.answer("/data/state", "by");
    CHECK(form.value("/data/city").empty());
    CHECK(form.value("/data/part").empty());
    CHECK(form.value("/data/many").empty());
    CHECK(form.value("/data/said") == "in ");
}

TEST_CASE("a value outside the list is not taken", "[runtime][choices]") {
    Scenario form(kCascade);
    form.answer("/data/state", "atlantis");
    CHECK(form.value("/data/state").empty());
    form.answer("/data/state", "nrw");
    form.answer("/data/many", "do m bo");
    CHECK(form.value("/data/many") == "do bo");
}

TEST_CASE("taking back an answer runs its actions", "[runtime][choices][action]") {
    Scenario form(xform(
        R"x(<data id="f"><state>nrw</state><city>do</city><log/></data>)x", kLists,
        "<input ref=\"/data/state\"/><select1 ref=\"/data/city\">" +
            itemset("instance('city')/root/item[state = /data/state]") +
            R"x(<setvalue event="xforms-value-changed" ref="/data/log" value="'cleared'"/></select1>)x"));
    CHECK(form.value("/data/log").empty());
    form.answer("/data/state", "by");
    CHECK(form.value("/data/log") == "cleared");
}

TEST_CASE("what a person reads is labels", "[runtime][choices]") {
    Scenario form(kCascade);
    form.answer("/data/state", "nrw");
    form.answer("/data/many", "bo do");
    CHECK(form.session().display_value(form.at("/data/state")) == "NRW");
    CHECK(form.session().display_value(form.at("/data/many")) == "Bochum, Dortmund");
    CHECK(form.session().display_value(form.at("/data/city")).empty());
    CHECK(form.evaluate("jr:choice-name(/data/state, '/data/state')") == "NRW");
}

TEST_CASE("a cascade inside a repeat belongs to its instance", "[runtime][choices][repeat]") {
    Scenario form(xform(
        R"x(<data id="f"><r><s/><c/></r><r><s/><c/></r></data>)x", kLists,
        "<repeat nodeset=\"/data/r\"><select1 ref=\"/data/r/s\">" +
            itemset("instance('state')/root/item") + "</select1><select1 ref=\"/data/r/c\">" +
            itemset("instance('city')/root/item[state = current()/../s]") + "</select1></repeat>"));
    form.answer("/data/r[1]/s", "nrw");
    form.answer("/data/r[2]/s", "by");
    form.answer("/data/r[1]/c", "do");
    form.answer("/data/r[2]/c", "m");
    CHECK(form.choices("/data/r[2]/c") == Texts{"m"});
    form.answer("/data/r[1]/s", "by");
    CHECK(form.value("/data/r[1]/c").empty());
    CHECK(form.value("/data/r[2]/c") == "m");
}

TEST_CASE("one may choose from the answers of a repeat", "[runtime][choices][repeat]") {
    Scenario form(
        xform(R"x(<data id="f"><p><name>ada</name></p><p><name>bob</name></p><head/></data>)x", "",
              "<repeat nodeset=\"/data/p\"><input ref=\"/data/p/name\"/></repeat>"
              "<select1 ref=\"/data/head\"><itemset nodeset=\"/data/p[./name != '']\">"
              "<value ref=\"name\"/><label ref=\"name\"/></itemset></select1>"));
    CHECK(form.choices("/data/head") == Texts{"ada", "bob"});
    form.answer("/data/head", "bob");
    form.answer("/data/p[1]/name", "eve");
    CHECK(form.choices("/data/head") == Texts{"eve", "bob"});
    CHECK(form.value("/data/head") == "bob");
    form.remove_repeat("/data/p[2]");
    CHECK(form.value("/data/head").empty());
}

TEST_CASE("a random order stands for the session", "[runtime][choices]") {
    std::string items;
    for (int i = 0; i < 20; ++i) {
        items += "<item><name>" + std::to_string(i) + "</name><label>x</label></item>";
    }
    Scenario form(xform(R"x(<data id="f"><a/><b/></data>)x",
                        "<instance id=\"l\"><root>" + items + "</root></instance>",
                        "<select1 ref=\"/data/a\">" +
                            itemset("randomize(instance('l')/root/item)") +
                            "</select1><input ref=\"/data/b\"/>"));
    const Texts first = form.choices("/data/a");
    CHECK(first.size() == 20);
    form.answer("/data/b", "x");
    CHECK(form.choices("/data/a") == first);
    OpenOptions fresh;
    CHECK(form.another(fresh).choices("/data/a") != first);
}

TEST_CASE("lists in files are read once for all sessions", "[runtime][choices][lists]") {
    const std::string xml =
        xform(R"x(<data id="f"><a/></data>)x", R"x(<instance id="l" src="jr://file-csv/l.csv"/>)x",
              "<select1 ref=\"/data/a\">" + itemset("instance('l')/root/item") + "</select1>");
    Scenario::Setup setup;
    SECTION("there") {
        setup.media["jr://file-csv/l.csv"] = "name,label\nx,X\ny,Y\n";
        Scenario form(xml, setup);
        CHECK(form.choices("/data/a") == Texts{"x", "y"});
        form.another({});
        CHECK(form.media().reads == 1);
    }
    SECTION("missing is an error that names it") {
        REQUIRE_THROWS_WITH(Scenario(xml, setup), Catch::Contains("l.csv"));
    }
    SECTION("missing may be a blank list, and answers from it stand") {
        setup.missing_media_is_blank = true;
        Scenario form(xml, setup);
        CHECK(form.choices("/data/a").empty());
        form.answer("/data/a", "x");
        CHECK(form.value("/data/a") == "x");
    }
}

TEST_CASE("the last saved record can be read", "[runtime][lists]") {
    const std::string xml = xform(R"x(<data id="f"><a/></data>)x",
                                  R"x(<instance id="last" src="jr://instance/last-saved"/>
           <setvalue event="odk-instance-first-load" ref="/data/a" value="instance('last')/data/a"/>)x",
                                  R"x(<input ref="/data/a"/>)x");
    const Scenario first(xml);
    CHECK(first.value("/data/a").empty());
    Scenario::Setup setup;
    setup.open.last_saved = "<data id=\"f\"><a>before</a></data>";
    CHECK(Scenario(xml, setup).value("/data/a") == "before");
}
