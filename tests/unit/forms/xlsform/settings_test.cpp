#include <catch2/catch.hpp>

#include "tests/unit/forms/xlsform/form_fixture.h"

namespace survey::forms {
namespace {

TEST_CASE("settings shape the root, the submission and the body", "[xlsform][settings]") {
    const Converted form = convert(tables(R"(survey
        type|name|label
        text|a|A
        settings
        form title|id_string|version|style|name|submission_url|public_key|auto_send|auto_delete|client_editable|instance_name|attribute::esri:x|namespaces|prefix|delimiter
        My Form|my|7|pages theme-grid|survey|https://example.org/s|KEY|Yes|no|yes|concat('n', ${a})|9|esri="http://esri.com/ns"|J1|+)"));
    REQUIRE(form.load_errors().empty());
    CHECK(form.text("title") == "My Form");
    CHECK(form.attribute("body", "class") == "pages theme-grid");
    CHECK(form.attribute("instance survey", "id") == "my");
    CHECK(form.attribute("instance survey", "version") == "7");
    CHECK(form.attribute("instance survey", "esri:x") == "9");
    CHECK(form.attribute("instance survey", "odk:prefix") == "J1");
    CHECK(form.attribute("instance survey", "odk:delimiter") == "+");
    CHECK(form.attribute("submission", "action") == "https://example.org/s");
    CHECK(form.attribute("submission", "method") == "post");
    CHECK(form.attribute("submission", "base64RsaPublicKey") == "KEY");
    CHECK(form.attribute("submission", "orx:auto-send") == "true");
    CHECK(form.attribute("submission", "orx:auto-delete") == "false");
    CHECK(form.attribute("submission", "odk:client-editable") == "true");
    CHECK(form.bind("/survey/meta/instanceName", "calculate") == "concat('n',  /survey/a )");
    CHECK(form.has("survey meta instanceName"));
    CHECK_FALSE(convert_rows("text|a|A").has("submission"));
}

TEST_CASE("the instance id can be left out or computed", "[xlsform][settings]") {
    const Converted without =
        convert(tables("survey\n type|name|label\n text|a|A\n settings\n omit_instanceID|\n yes|"));
    REQUIRE(without.accepted());
    CHECK_FALSE(without.has("meta instanceID"));
    CHECK_FALSE(without.has("bind[nodeset=/data/meta/instanceID]"));
    const Converted own = convert(tables(
        "survey\n type|name|label\n text|a|A\n settings\n instance_id|\n concat(${a}, '1')|"));
    REQUIRE(own.load_errors().empty());
    CHECK(own.bind("/data/meta/instanceID", "calculate") == "concat( /data/a , '1')");
    CHECK(own.bind("/data/meta/instanceID", "jr:preload") == "(no such attribute)");
}

TEST_CASE("the instance can have a namespace of its own", "[xlsform][settings]") {
    const Converted form =
        convert(tables("survey\n type|name|label\n text|a|A\n settings\n instance_xmlns|\n "
                       "http://example.org/own|"));
    REQUIRE(form.accepted());
    const xml::Node root = form.find("data");
    CHECK(form.form.xform->name(root).uri == "http://example.org/own");
    CHECK(form.form.xform->name(form.find("data a")).uri == "http://example.org/own");
}

TEST_CASE("custom columns become attributes of instance, bind and control", "[xlsform][columns]") {
    const Converted form = convert(tables(R"(survey
        type|name|label|instance::tag|bind::saveIncomplete|body::kind|bind::type|compact_tag|no_app_error_string|intent
        text|a|A|t1|true()|k|int|ct|No app|
        begin group|g|G|||||||org.example.app(x=${a})
        note|n|N|||||||
        end group|||||||||)"));
    REQUIRE(form.load_errors().empty());
    CHECK(form.attribute("data a", "tag") == "t1");
    CHECK(form.attribute("data a", "odk:tag") == "ct");
    CHECK(form.bind("/data/a", "saveIncomplete") == "true()");
    CHECK(form.bind("/data/a", "type") == "int");
    CHECK(form.bind("/data/a", "jr:noAppErrorString") == "No app");
    CHECK(form.attribute("input[ref=/data/a]", "kind") == "k");
    CHECK(form.attribute("group[ref=/data/g]", "intent") == "org.example.app(x= /data/a )");
}

TEST_CASE("a single colon groups headers only where no double colon does", "[xlsform][columns]") {
    const Converted old = convert(
        tables("survey\n type|name|label:English "
               "(en)|media:image|bind:jr:constraintMsg|constraint\n text|a|A|i.png|No|. = 1"));
    REQUIRE(old.load_errors().empty());
    CHECK(old.text("translation[lang=English (en)] text[id=/data/a:label] value") == "A");
    CHECK(old.text("text[id=/data/a:label] value[form=image]") == "jr://images/i.png");
    CHECK(old.bind("/data/a", "jr:constraintMsg") == "No");
    const Converted mixed =
        convert(tables("survey\n type|name|label::English (en)|hint:English\n text|a|A|H"));
    REQUIRE(mixed.load_errors().empty());
    CHECK_FALSE(mixed.has("input[ref=/data/a] hint"));
}

TEST_CASE("text is cleaned the way authors expect", "[xlsform][columns]") {
    const std::string sheets =
        "survey\n type|name|label|relevant\n text|a|A  b\xC2\xA0 c|\n text|b|B|${a} = "
        "\xE2\x80\x98x\xE2\x80\x99\n";
    const Converted form = convert(tables(sheets));
    REQUIRE(form.load_errors().empty());
    CHECK(form.text("input[ref=/data/a] label") == "A b c");
    CHECK(form.bind("/data/b", "relevant") == " /data/a  = 'x'");
    const Converted kept = convert(tables(sheets + "settings\n clean_text_values|\n no|"));
    CHECK(kept.text("input[ref=/data/a] label") == "A  b  c");
}

TEST_CASE("media and guidance go to itext, next to the label and the hint",
          "[xlsform][translations]") {
    const Converted form = convert(tables(R"(survey
        type|name|label|image|big-image|audio::Deutsch (de)|hint|guidance_hint
        text|a|A|a.png|b.png|a.mp3|H|G
        note|n||jr://images/n.png||||)"));
    REQUIRE(form.load_errors().empty());
    CHECK(
        form.markup("translation[lang=default] text[id=/data/a:label]") ==
        "<text id=\"/data/a:label\"><value>A</value><value form=\"image\">jr://images/a.png</value>"
        "<value form=\"big-image\">jr://images/b.png</value>"
        "<value form=\"audio\">jr://audio/a.mp3</value></text>");
    CHECK(form.markup("translation[lang=default] text[id=/data/a:hint]") ==
          "<text id=\"/data/a:hint\"><value>H</value><value form=\"guidance\">G</value></text>");
    CHECK(form.attribute("input[ref=/data/n] label", "ref") == "jr:itext('/data/n:label')");
    CHECK(form.text("text[id=/data/n:label] value") == "jr://images/n.png");
}

TEST_CASE("choices in several languages have itext ids", "[xlsform][translations]") {
    const Converted form = convert(tables(R"(survey
        type|name|label::English (en)|label::Deutsch (de)|required_message::Deutsch (de)|required
        select_one l|a|A|AA|Pflicht|yes
        choices
        list_name|name|label::Deutsch (de)|label::English (en)|image
        l|x|Ix|X|x.png
        l|y|||)"));
    REQUIRE(form.load_errors().empty());
    CHECK(form.attribute("select1[ref=/data/a] itemset label", "ref") == "jr:itext(itextId)");
    CHECK(form.markup("instance[id=l] root") ==
          "<root><item><itextId>l-0</itextId><name>x</name></item>"
          "<item><itextId>l-1</itextId><name>y</name></item></root>");
    CHECK(form.text("translation[lang=Deutsch (de)] text[id=l-0] value") == "Ix");
    CHECK(form.text("translation[lang=English (en)] text[id=l-0] value") == "X");
    // Neither language is the default one, so the first shows what there is.
    CHECK(form.text("text[id=l-1] value") == "y");
    CHECK(form.bind("/data/a", "jr:requiredMsg") == "jr:itext('/data/a:jr:requiredMsg')");
    CHECK(form.text("text[id=/data/a:jr:requiredMsg] value") == "Pflicht");
}

TEST_CASE("the default language of the settings takes the unsuffixed columns",
          "[xlsform][translations]") {
    const Converted form = convert(tables(R"(survey
        type|name|label|label::French (fr)
        text|a|A|Ah
        settings
        default_language|
        English (en)|)"));
    REQUIRE(form.load_errors().empty());
    CHECK(form.attribute("translation[lang=English (en)]", "default") == "true()");
    CHECK(form.text("translation[lang=English (en)] text[id=/data/a:label] value") == "A");
    CHECK(form.text("translation[lang=French (fr)] text[id=/data/a:label] value") == "Ah");
    CHECK_FALSE(form.has("translation[lang=default]"));
}

TEST_CASE("files that expressions read are declared once", "[xlsform][instances]") {
    const Converted form = convert(tables(R"(survey
        type|name|label|calculation|relevant|choice_filter
        csv-external|fruits||||
        xml-external|houses||||
        calculate|c||pulldata('fruits', 'a', 'b', 'c')||
        text|a|A||pulldata( "plants", 'a', 'b', 'c') = 1|
        select_one_from_file fruits.csv|s|S|||x = pulldata('trees', 'a', 'b', 'c'))"));
    REQUIRE(form.load_errors().empty());
    CHECK(form.attribute("instance[id=fruits]", "src") == "jr://file-csv/fruits.csv");
    CHECK(form.attribute("instance[id=houses]", "src") == "jr://file/houses.xml");
    CHECK(form.attribute("instance[id=plants]", "src") == "jr://file-csv/plants.csv");
    CHECK(form.attribute("instance[id=trees]", "src") == "jr://file-csv/trees.csv");
    const std::string model = form.markup("model");
    CHECK(model.find("id=\"fruits\"") == model.rfind("id=\"fruits\""));
    CHECK_FALSE(form.has("data fruits"));
}

TEST_CASE("an entity is created from the answers", "[xlsform][entities]") {
    const Converted form = convert(tables(R"(survey
        type|name|label|save_to
        text|species|S|species_name
        entities
        list_name|label|create_if
        trees|${species}|${species} != '')"));
    REQUIRE(form.load_errors().empty());
    CHECK(form.attribute("model", "entities:entities-version") == "2024.1.0");
    CHECK(form.bind("/data/species", "entities:saveto") == "species_name");
    CHECK(form.markup("meta entity") ==
          "<entity dataset=\"trees\" id=\"\" create=\"1\"><label/></entity>");
    CHECK(form.attribute("setvalue[ref=/data/meta/entity/@id]", "value") == "uuid()");
    CHECK(form.bind("/data/meta/entity/@create", "calculate") == " /data/species  != ''");
    CHECK(form.bind("/data/meta/entity/label", "calculate") == " /data/species ");
}

TEST_CASE("an entity is updated from its list", "[xlsform][entities]") {
    const Converted form = convert(tables(R"(survey
        type|name|label|save_to
        select_one_from_file trees.csv|tree|T|
        integer|height|H|height
        entities
        list_name|entity_id
        trees|${tree})"));
    REQUIRE(form.load_errors().empty());
    CHECK(form.attribute("meta entity", "update") == "1");
    CHECK(form.attribute("meta entity", "create") == "(no such attribute)");
    CHECK(form.bind("/data/meta/entity/@id", "calculate") == " /data/tree ");
    CHECK(form.bind("/data/meta/entity/@baseVersion", "calculate") ==
          "instance('trees')/root/item[name= /data/tree ]/__version");
    CHECK(form.bind("/data/meta/entity/@branchId", "calculate") ==
          "instance('trees')/root/item[name= /data/tree ]/__branchId");
    CHECK_FALSE(form.has("setvalue[ref=/data/meta/entity/@id]"));
    CHECK(form.attribute("instance[id=trees]", "src") == "jr://file-csv/trees.csv");
}

TEST_CASE("an entity of a repeat stands in each instance", "[xlsform][entities]") {
    const Converted form = convert(tables(R"(survey
        type|name|label|save_to
        text|plot|P|
        begin repeat|tree|T|
        text|species|S|species_name
        end repeat|||
        entities
        list_name|label
        trees|concat(${plot}, ${species}))"));
    REQUIRE(form.load_errors().empty());
    CHECK(form.attribute("model", "entities:entities-version") == "2025.1.0");
    CHECK(form.has("data tree meta entity"));
    CHECK(form.bind("/data/tree/meta/entity/label", "calculate") ==
          "concat( /data/plot ,  ../../../species )");
    CHECK(form.attribute("repeat setvalue[ref=/data/tree/meta/entity/@id]", "event") ==
          "odk-new-repeat");
}

}  // namespace
}  // namespace survey::forms
