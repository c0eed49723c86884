#include "forms/xlsform/references.h"

#include <catch2/catch.hpp>

#include "forms/xlsform/dynamic_default.h"
#include "tests/unit/forms/xlsform/form_fixture.h"

namespace survey::forms {
namespace {

/// Puts an expression into the calculation of a question inside a repeat, and gives what it
/// becomes.
std::string in_repeat(const std::string& expression) {
    const Converted form = convert(tables(R"(survey
        type|name|label|calculation
        text|top|T|
        begin repeat|r|R|
        text|q|Q|
        begin group|g|G|
        calculate|here||)" + expression + R"(
        text|near|N|
        end group|||
        begin repeat|inner|I|
        text|deep|D|
        end repeat|||
        end repeat|||
        begin repeat|other|O|
        text|far|F|
        end repeat|||
        select_one l|s|S|
        choices
        list_name|name|label
        l|x|X)"));
    CHECK(form.load_errors().empty());
    return form.bind("/data/r/g/here", "calculate");
}

TEST_CASE("references are relative only inside a shared repeat", "[xlsform][references]") {
    struct Row {
        const char* expression;
        const char* xpath;
    };
    for (const Row& row : std::vector<Row>{
             {"${top}", " /data/top "},
             {"${q}", " ../../q "},
             {"${near}", " ../near "},
             {"${ near }", " ../near "},
             {"count(${inner})", "count( ../../inner )"},
             {"sum(${deep})", "sum( ../../inner/deep )"},
             {"count(${r})", "count( /data/r )"},
             {"sum(${far})", "sum( /data/other/far )"},
             {"position(..)", "position(..)"},
             {"instance('l')/root/item[name = ${q}]/label",
              "instance('l')/root/item[name =  current()/../../q ]/label"},
             {"instance('l')/root/item[name = ${top}]/label",
              "instance('l')/root/item[name =  /data/top ]/label"},
             {"concat(instance('l')/root/item[name = 'a[']/label, ${q})",
              "concat(instance('l')/root/item[name = 'a[']/label,  ../../q )"},
             {"jr:choice-name(${q}, '${q}')", "jr:choice-name( ../../q , ' ../../q ')"},
             {"indexed-repeat(${deep}, ${r}, ${q}, ${inner}, ${near})",
              "indexed-repeat( /data/r/inner/deep ,  /data/r ,  ../../q ,  /data/r/inner ,  "
              "../near )"},
             {"indexed-repeat(${q}, ${r}, position(..) - int(${near}))",
              "indexed-repeat( /data/r/q ,  /data/r , position(..) - int( ../near ))"},
             {"${last-saved#q}", " instance('__last-saved')/data/r/q "},
             {"${instanceID}", " /data/meta/instanceID "},
         }) {
        CAPTURE(row.expression);
        CHECK(in_repeat(row.expression) == row.xpath);
    }
}

TEST_CASE("a reference to the last saved record declares its instance", "[xlsform][references]") {
    const Converted form =
        convert(tables("survey\n type|name|label|default\n text|a|A|${last-saved#a}"));
    REQUIRE(form.load_errors().empty());
    CHECK(form.attribute("instance[id=__last-saved]", "src") == "jr://instance/last-saved");
    CHECK(form.attribute("setvalue[ref=/data/a]", "value") == " instance('__last-saved')/data/a ");
    CHECK_FALSE(convert_rows("text|a|A").has("instance[id=__last-saved]"));
}

TEST_CASE("choices can be the answers of a repeat", "[xlsform][references][choices]") {
    const Converted form = convert(tables(R"(survey
        type|name|label|choice_filter
        begin repeat|r|R|
        text|who|W|
        integer|age|A|
        select_one ${who}|friend|F|${age} > 3 and ${who} != current()/../who
        end repeat|||
        integer|least|L|
        select_one ${who}|head|H|${age} > ${least}
        rank ${who}|order|O|)"));
    REQUIRE(form.load_errors().empty());
    CHECK(form.attribute("select1[ref=/data/head] itemset", "nodeset") ==
          "/data/r[ ./age  >  /data/least ]");
    CHECK(form.attribute("select1[ref=/data/head] itemset value", "ref") == "who");
    CHECK(form.attribute("rank[ref=/data/order] itemset", "nodeset") == "/data/r[./who != '']");
    CHECK(form.attribute("select1[ref=/data/r/friend] itemset", "nodeset") ==
          "../../r[ ./age  > 3 and  ./who  != current()/../who]");
}

TEST_CASE("choice filters in a repeat see their own instance", "[xlsform][references][choices]") {
    const Converted form = convert(tables(R"(survey
        type|name|label|choice_filter
        begin repeat|r|R|
        select_one l|a|A|
        select_one m|b|B|a = ${a}
        end repeat|||
        choices
        list_name|name|label|a
        l|x|X|
        m|y|Y|x)"));
    REQUIRE(form.load_errors().empty());
    CHECK(form.attribute("select1[ref=/data/r/b] itemset", "nodeset") ==
          "instance('m')/root/item[a =  current()/../a ]");
}

TEST_CASE("labels, hints and messages show references as outputs", "[xlsform][references]") {
    const Converted form = convert(tables(R"(survey
        type|name|label|hint|constraint|constraint_message
        text|a|A < B & C|||
        text|b|Hi ${a}, instance('l')/root/item[name = ${a}]/label!|See ${a}|. != ''|Not ${a}
        select_one l|s|S|||
        choices
        list_name|name|label
        l|x|Like ${a}
        l|y|Plain)"));
    REQUIRE(form.load_errors().empty());
    CHECK(form.markup("input[ref=/data/a] label") == "<label>A &lt; B &amp; C</label>");
    CHECK(form.markup("input[ref=/data/b] label") ==
          "<label>Hi <output value=\" /data/a \"/>, "
          "<output value=\"instance('l')/root/item[name =  /data/a ]/label\"/>!</label>");
    CHECK(form.markup("input[ref=/data/b] hint") ==
          "<hint>See <output value=\" /data/a \"/></hint>");
    CHECK(form.bind("/data/b", "jr:constraintMsg") == "jr:itext('/data/b:jr:constraintMsg')");
    CHECK(form.markup("text[id=/data/b:jr:constraintMsg] value") ==
          "<value>Not <output value=\" /data/a \"/></value>");
    CHECK(form.markup("text[id=l-0] value") == "<value>Like <output value=\" /data/a \"/></value>");
    CHECK(form.text("text[id=l-1] value") == "Plain");
    CHECK(form.text("instance[id=l] item itextId") == "l-0");
    CHECK(form.attribute("translation", "lang") == "default");
    CHECK(form.attribute("translation", "default") == "true()");
}

TEST_CASE("defaults that compute are told from plain text", "[xlsform][defaults]") {
    struct Row {
        const char* text;
        bool dynamic;
    };
    for (const Row& row : std::vector<Row>{
             {"2022-03-14", false},
             {"a-b", false},
             {"-5", false},
             {"1-1", false},
             {"foo[1]", false},
             {"'x'", false},
             {"a b", false},
             {"", false},
             {"12.5 -3.4 0 0", false},
             {"http://example.org/a-b/c-d", false},
             {"2022-03-14T10:00:00.000+01:00", false},
             {"'1 + 1'", false},
             {"divide", false},
             {"-", false},
             {"1 - 1", true},
             {"a + b", true},
             {"50*2", true},
             {"a*", true},
             {"${q}", true},
             {"now()", true},
             {"a | b", true},
             {"4 div 2", true},
             {"5 mod 2", true},
             {"if(1, 2, 3)", true},
         }) {
        CAPTURE(row.text);
        CHECK(is_dynamic_default(row.text, "string") == row.dynamic);
    }
    CHECK_FALSE(is_dynamic_default("1 - 1", "date"));
    CHECK_FALSE(is_dynamic_default("1 - 1", "geopoint"));
    CHECK(is_dynamic_default("today() - 1", "date"));
}

TEST_CASE("a computed default is set when the form or the repeat is new", "[xlsform][defaults]") {
    const Converted form = convert(tables(R"(survey
        type|name|label|default
        date|d|D|today()
        begin repeat|r|R|
        integer|n|N|position(..)
        text|plain|P|-
        end repeat|||
        calculate|c||uuid())"));
    REQUIRE(form.load_errors().empty());
    CHECK(form.attribute("model setvalue[ref=/data/d]", "event") == "odk-instance-first-load");
    CHECK(form.attribute("model setvalue[ref=/data/d]", "value") == "today()");
    CHECK(form.attribute("model setvalue[ref=/data/c]", "value") == "uuid()");
    CHECK(form.attribute("model setvalue[ref=/data/r/n]", "event") == "odk-instance-first-load");
    CHECK(form.attribute("repeat setvalue[ref=/data/r/n]", "event") == "odk-new-repeat");
    CHECK(form.text("data r n").empty());
}

TEST_CASE("a trigger computes only when its question changes", "[xlsform][triggers]") {
    const Converted form = convert(tables(R"(survey
        type|name|label|calculation|trigger
        text|a|A||
        text|b|B||
        calculate|when||now()|${a}, ${b}
        text|cleared|C||${a}
        background-geopoint|place|||${b})"));
    REQUIRE(form.load_errors().empty());
    CHECK(form.bind("/data/when", "calculate") == "(no such attribute)");
    CHECK(form.markup("input[ref=/data/a]") ==
          "<input ref=\"/data/a\"><label>A</label>"
          "<setvalue event=\"xforms-value-changed\" ref=\"/data/when\" value=\"now()\"/>"
          "<setvalue event=\"xforms-value-changed\" ref=\"/data/cleared\"/></input>");
    CHECK(form.attribute("input[ref=/data/b] setgeopoint", "ref") == "/data/place");
}

}  // namespace
}  // namespace survey::forms
