#include "forms/xlsform/convert.h"

#include <catch2/catch.hpp>

#include "tests/unit/forms/xlsform/form_fixture.h"

namespace survey::forms {
namespace {

TEST_CASE("a small form becomes an XForm", "[xlsform]") {
    const Converted form = convert(R"(
        | survey |
        | | type | name | label |
        | | text | name | Your name |
        | | integer | age | Your age |
        | settings |
        | | form_title | form_id | version |
        | | People | people | 3 |)");
    REQUIRE(form.accepted());
    CHECK(form.form.diagnostics.empty());
    CHECK(form.text("title") == "People");
    CHECK(form.attribute("data", "id") == "people");
    CHECK(form.attribute("data", "version") == "3");
    CHECK(form.bind("/data/name", "type") == "string");
    CHECK(form.bind("/data/age", "type") == "int");
    CHECK(form.text("input[ref=/data/age] label") == "Your age");
    CHECK(form.bind("/data/meta/instanceID", "jr:preload") == "uid");
    CHECK(form.has("data meta instanceID"));
}

TEST_CASE("a form without a form_id takes the fallback", "[xlsform]") {
    const auto form = convert_xlsform("| survey |\n| | type | name | label |\n| | text | a | A |\n",
                                      ConvertOptions{"household"});
    const Converted converted{form};
    REQUIRE(converted.accepted());
    CHECK(converted.attribute("data", "id") == "household");
    CHECK(converted.text("title") == "household");
}

TEST_CASE("conditions and messages become attributes of the bind", "[xlsform]") {
    const Converted form = convert(R"(
        | survey |
        | | type | name | label | relevance | Constraint | constraint message | required | required_message | read only | calculation | default |
        | | integer | age | Age | | . < 120 | Too old | yes | Needed | | | |
        | | text | note | Note | ${age} > 17 | | | no | | yes | | hello |
        | | calculate | double | | | | | | | | ${age} * 2 | |)");
    REQUIRE(form.accepted());
    CHECK(form.bind("/data/age", "constraint") == ". < 120");
    CHECK(form.bind("/data/age", "jr:constraintMsg") == "Too old");
    CHECK(form.bind("/data/age", "required") == "true()");
    CHECK(form.bind("/data/age", "jr:requiredMsg") == "Needed");
    CHECK(form.bind("/data/note", "relevant") == " /data/age  > 17");
    CHECK(form.bind("/data/note", "required") == "false()");
    CHECK(form.bind("/data/note", "readonly") == "true()");
    CHECK(form.text("data note") == "hello");
    CHECK(form.bind("/data/double", "calculate") == " /data/age  * 2");
    CHECK_FALSE(form.has("input[ref=/data/double]"));
}

TEST_CASE("selects take their choices from an instance", "[xlsform][choices]") {
    const Converted form = convert(R"(
        | survey |
        | | type | name | label | choice_filter | parameters |
        | | select_one region | region | Region | | |
        | | select_multiple town | towns | Towns | region = ${region} | randomize=true seed=${region} |
        | choices |
        | | list name | name | label | region |
        | | region | n | North | |
        | | town | a | A-Town | n |)");
    REQUIRE(form.accepted());
    CHECK(form.attribute("select1[ref=/data/region] itemset", "nodeset") ==
          "instance('region')/root/item");
    CHECK(form.attribute("select1[ref=/data/region] itemset value", "ref") == "name");
    CHECK(form.attribute("select1[ref=/data/region] itemset label", "ref") == "label");
    CHECK(form.attribute("select[ref=/data/towns] itemset", "nodeset") ==
          "randomize(instance('town')/root/item[region =  /data/region ], /data/region)");
    CHECK(form.text("instance[id=town] item region") == "n");
    CHECK(form.text("instance[id=town] item label") == "A-Town");
}

TEST_CASE("groups and repeats nest, and a repeat has a template", "[xlsform]") {
    const Converted form = convert(R"(
        | survey |
        | | type | name | label | repeat_count | appearance |
        | | integer | n | How many | | |
        | | begin_group | g | Group | | field-list |
        | | begin repeat | person | Person | ${n} | |
        | | text | name | Name | | |
        | | begin repeat | child | Child | ${n} + 1 | |
        | | text | nick | Nickname of a child of ${name} | | |
        | | end repeat | | | | |
        | | end repeat | | | | |
        | | end_group | | | | |)");
    REQUIRE(form.accepted());
    CHECK(form.attribute("group[ref=/data/g]", "appearance") == "field-list");
    CHECK(form.text("group[ref=/data/g/person] label") == "Person");
    CHECK(form.attribute("repeat[nodeset=/data/g/person]", "jr:count") == " /data/n ");
    CHECK(form.bind("/data/g/person/child_count", "calculate") == " /data/n  + 1");
    CHECK(form.attribute("repeat[nodeset=/data/g/person/child]", "jr:count") == " ../child_count ");
    CHECK(form.markup("data g") ==
          "<g>"
          "<person jr:template=\"\"><name/><child_count/><child "
          "jr:template=\"\"><nick/></child></person>"
          "<person><name/><child_count/><child><nick/></child></person></g>");
    CHECK(form.attribute("input[ref=/data/g/person/child/nick] label output", "value") ==
          " ../../name ");
}

TEST_CASE("what is wrong is said with sheet, row and column, all at once",
          "[xlsform][diagnostics]") {
    const Converted form = convert(R"(
        | survey |
        | | type | name | label | relevant |
        | | txet | a | A | |
        | | text | b c | B | |
        | | text | d | D | ${nobody} = 1 |)");
    CHECK_FALSE(form.accepted());
    CHECK(form.errors() ==
          std::vector<std::string>{"unknown-type", "invalid-name", "unknown-reference"});
    const Diagnostic type = form.finding("unknown-type");
    CHECK(type.place.sheet == "survey");
    CHECK(type.place.row == 2);
    CHECK(type.place.column == "type");
    CHECK(type.place.line == 4);
    CHECK(type.offending == "txet");
    CHECK(type.hint == "Did you mean \"text\"?");
    const Diagnostic reference = form.finding("unknown-reference");
    CHECK(reference.place.row == 4);
    CHECK(reference.place.column == "relevant");
    CHECK(reference.offending == "${nobody}");
}

TEST_CASE("every node of the XForm tells from which cell it comes", "[xlsform][places]") {
    const Converted form = convert(R"(
        | survey |
        | | type | name | label | relevant |
        | | text | a | A | |
        | | text | b | B | ${a} = 1 |)");
    REQUIRE(form.accepted());
    const xml::Document& document = *form.form.xform;
    const xml::Node bind = form.find("bind[nodeset=/data/b]");
    const xml::Node relevant = document.attribute(bind, "", "relevant");
    REQUIRE(relevant != xml::kNoNode);
    const Place& place = form.form.places.at(document.place(relevant));
    CHECK(place == Place{"survey", 3, "relevant", 5});
    for (xml::Node node = 0; node < document.node_count(); ++node) {
        REQUIRE(document.place(node) < form.form.places.size());
    }
}

TEST_CASE("translated texts go to itext without fillers", "[xlsform][translations]") {
    const Converted form = convert(R"(
        | survey |
        | | type | name | label::English (en) | label::Deutsch (de) | hint |
        | | text | a | Name | Vorname | Plain hint |
        | | text | b | Town | | |
        | | text | c | | Land | |
        | settings |
        | | default_language |
        | | English (en) |)");
    REQUIRE(form.accepted());
    const std::string itext = form.markup("itext");
    CHECK(itext.find("<translation lang=\"English (en)\" default=\"true()\">"
                     "<text id=\"/data/a:label\"><value>Name</value></text>"
                     "<text id=\"/data/b:label\"><value>Town</value></text>"
                     "<text id=\"/data/c:label\"><value>Land</value></text></translation>") !=
          std::string::npos);
    CHECK(itext.find("<translation lang=\"Deutsch (de)\">"
                     "<text id=\"/data/a:label\"><value>Vorname</value></text>"
                     "<text id=\"/data/c:label\"><value>Land</value></text></translation>") !=
          std::string::npos);
    CHECK(form.text("input[ref=/data/a] hint") == "Plain hint");
    CHECK(form.attribute("input[ref=/data/a] label", "ref") == "jr:itext('/data/a:label')");
}

}  // namespace
}  // namespace survey::forms
