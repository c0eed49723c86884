#include <catch2/catch.hpp>

#include "tests/unit/forms/xlsform/form_fixture.h"

namespace survey::forms {
namespace {

TEST_CASE("every type has its bind type and control, in all old spellings", "[xlsform][types]") {
    struct Row {
        const char* type;
        const char* bind;
        const char* control;
    };
    for (const Row& row : std::vector<Row>{
             {"text", "string", "input"},
             {"string", "string", "input"},
             {"add text prompt", "string", "input"},
             {"integer", "int", "input"},
             {"int", "int", "input"},
             {"Q int", "int", "input"},
             {"decimal", "decimal", "input"},
             {"date", "date", "input"},
             {"time", "time", "input"},
             {"dateTime", "dateTime", "input"},
             {"date  time", "dateTime", "input"},
             {"datetime", "dateTime", "input"},
             {"geopoint", "geopoint", "input"},
             {"gps", "geopoint", "input"},
             {"location", "geopoint", "input"},
             {"geotrace", "geotrace", "input"},
             {"geoshape", "geoshape", "input"},
             {"barcode", "barcode", "input"},
             {"note", "string", "input"},
             {"range", "int", "range"},
             {"image", "binary", "upload"},
             {"photo", "binary", "upload"},
             {"audio", "binary", "upload"},
             {"video", "binary", "upload"},
             {"file", "binary", "upload"},
             {"osm", "binary", "upload"},
             {"acknowledge", "string", "trigger"},
             {"trigger", "string", "trigger"},
             {"percentage", "int", "input"},
             {"phone number", "string", "input"},
             {"number of days in last month", "int", "input"},
             {"number of days in last six months", "int", "input"},
             {"number of days in last year", "int", "input"},
             {"select_one l", "string", "select1"},
             {"select one l", "string", "select1"},
             {"select one from l", "string", "select1"},
             {"select1 l", "string", "select1"},
             {"add select one prompt using l", "string", "select1"},
             {"select_multiple l", "string", "select"},
             {"select all that apply from l", "string", "select"},
             {"select all that apply l", "string", "select"},
             {"add select multiple prompt using l", "string", "select"},
             {"rank l", "odk:rank", "rank"},
             {"select_one_from_file f.csv", "string", "select1"},
             {"select_multiple_from_file f.csv", "string", "select"},
             {"hidden", "string", ""},
             {"start", "dateTime", ""},
             {"end", "dateTime", ""},
             {"today", "date", ""},
             {"deviceid", "string", ""},
             {"imei", "string", ""},
             {"username", "string", ""},
             {"email", "string", ""},
             {"phonenumber", "string", ""},
             {"uri:username", "string", ""},
             {"start-geopoint", "geopoint", ""},
             {"background-audio", "binary", ""},
         }) {
        CAPTURE(row.type);
        const Converted form =
            convert(tables("survey\n type|name|label\n note|n|N\n " + std::string(row.type) +
                           "|a|A\n choices\n list_name|name|label\n l|x|X"));
        CHECK(form.errors().empty());
        CHECK(form.load_errors().empty());
        CHECK(form.bind("/data/a", "type") == row.bind);
        for (const char* control :
             {"input", "select1", "select", "rank", "range", "upload", "trigger"}) {
            CHECK(form.has(std::string(control) + "[ref=/data/a]") ==
                  (std::string(control) == row.control));
        }
    }
}

TEST_CASE("what only looks like a type is refused", "[xlsform][types]") {
    for (const char* type : {"texts", "select_one my list", "select_onel", "begin", "begin_group x",
                             "osm a b", "select_one_fromfile f.csv", "country", "geo point"}) {
        CAPTURE(type);
        CHECK(convert_rows("text|t|T\n" + std::string(type) + "|a|A").errors() ==
              std::vector<std::string>{"unknown-type"});
    }
}

TEST_CASE("metadata comes from the client", "[xlsform][types]") {
    const Converted form = convert_rows("text|t|T\nstart|s|\ntoday|d|\ndeviceid|i|\nuri:email|m|");
    CHECK(form.bind("/data/s", "jr:preload") == "timestamp");
    CHECK(form.bind("/data/s", "jr:preloadParams") == "start");
    CHECK(form.bind("/data/d", "jr:preload") == "date");
    CHECK(form.bind("/data/d", "jr:preloadParams") == "today");
    CHECK(form.bind("/data/i", "jr:preload") == "property");
    CHECK(form.bind("/data/i", "jr:preloadParams") == "deviceid");
    CHECK(form.bind("/data/m", "jr:preloadParams") == "uri:email");
}

TEST_CASE("parameters become attributes where the client looks for them",
          "[xlsform][types][parameters]") {
    const Converted form = convert(tables(R"(survey
        type|name|label|parameters|default
        text|t|T|rows=4|
        range|r|R|start=0 end=1 step=0.25|
        range|ticks|K|start=0 end=4 tick_interval=2 placeholder=2 tick_labelset=Ends|
        image|i|I|max-pixels=640 app=org.example.camera|photo.png
        audio|u|U|quality=Voice-Only|
        background-audio|b||quality=low|
        geopoint|g|G|capture-accuracy=5 warning-accuracy=50 allow-mock-accuracy=true|
        geotrace|l|L|incremental=true reference-geometry=Ends|
        select_one_from_file cities.geojson|c|C||
        select_one_from_file towns.csv|w|W|value=Code label=Town|
        audit|||location-priority=balanced location-min-interval=60 location-max-age=120 track-changes=TRUE|
        choices
        list_name|name|label
        Ends|0|Never
        Ends|4|Always)"));
    REQUIRE(form.errors().empty());
    CHECK(form.load_errors().empty());
    CHECK(form.attribute("input[ref=/data/t]", "rows") == "4");
    CHECK(form.bind("/data/r", "type") == "decimal");
    CHECK(form.attribute("range[ref=/data/r]", "step") == "0.25");
    CHECK(form.bind("/data/ticks", "type") == "int");
    CHECK(form.attribute("range[ref=/data/ticks]", "step") == "1");
    CHECK(form.attribute("range[ref=/data/ticks]", "odk:tick-interval") == "2");
    CHECK(form.attribute("range[ref=/data/ticks]", "odk:placeholder") == "2");
    CHECK(form.attribute("range[ref=/data/ticks] itemset", "nodeset") ==
          "instance('Ends')/root/item");
    CHECK(form.bind("/data/i", "orx:max-pixels") == "640");
    CHECK(form.attribute("upload[ref=/data/i]", "intent") == "org.example.camera");
    CHECK(form.attribute("upload[ref=/data/i]", "mediatype") == "image/*");
    CHECK(form.text("data i") == "jr://images/photo.png");
    CHECK(form.bind("/data/u", "odk:quality") == "voice-only");
    CHECK(form.bind("/data/b", "odk:quality") == "(no such attribute)");
    CHECK(form.attribute("recordaudio[ref=/data/b]", "odk:quality") == "low");
    CHECK(form.attribute("recordaudio[ref=/data/b]", "event") == "odk-instance-load");
    CHECK(form.attribute("input[ref=/data/g]", "accuracyThreshold") == "5");
    CHECK(form.attribute("input[ref=/data/g]", "unacceptableAccuracyThreshold") == "50");
    CHECK(form.bind("/data/g", "odk:allow-mock-accuracy") == "true");
    CHECK(form.attribute("input[ref=/data/l]", "incremental") == "true");
    CHECK(form.attribute("instance[id=cities]", "src") == "jr://file/cities.geojson");
    CHECK(form.attribute("select1[ref=/data/c] itemset value", "ref") == "id");
    CHECK(form.attribute("select1[ref=/data/c] itemset label", "ref") == "title");
    CHECK(form.attribute("instance[id=towns]", "src") == "jr://file-csv/towns.csv");
    CHECK(form.attribute("select1[ref=/data/w] itemset value", "ref") == "Code");
    CHECK(form.bind("/data/meta/audit", "type") == "binary");
    CHECK(form.bind("/data/meta/audit", "odk:location-min-interval") == "60");
    CHECK(form.bind("/data/meta/audit", "odk:track-changes") == "true");
    CHECK(form.has("data meta audit"));
    CHECK_FALSE(form.has("data audit[x=y]"));
}

TEST_CASE("or_other adds a choice and asks for it", "[xlsform][types]") {
    const Converted form = convert(tables(R"(survey
        type|name|label
        select_one l or_other|a|A
        select_multiple m or specify other|b|B
        choices
        list_name|name|label
        l|x|X
        m|other|My other)"));
    REQUIRE(form.load_errors().empty());
    CHECK(form.markup("instance[id=l] root") ==
          "<root><item><name>x</name><label>X</label></item>"
          "<item><name>other</name><label>Other</label></item></root>");
    CHECK(form.markup("instance[id=m] root") ==
          "<root><item><name>other</name><label>My other</label></item></root>");
    CHECK(form.bind("/data/a_other", "relevant") == "selected(../a, 'other')");
    CHECK(form.text("input[ref=/data/a_other] label") == "Specify other.");
    CHECK(form.has("input[ref=/data/b_other]"));
}

TEST_CASE("a table-list becomes a field-list with a header row", "[xlsform][types]") {
    const Converted form = convert(tables(R"(survey
        type|name|label|appearance
        begin group|g|The table|table-list w2
        select_one l|a|A|
        select_one l|b|B|minimal
        end group|||
        choices
        list_name|name|label
        l|x|X)"));
    REQUIRE(form.load_errors().empty());
    CHECK(form.attribute("group[ref=/data/g]", "appearance") == "field-list w2");
    CHECK(form.text("input[ref=/data/g/generated_table_list_label_2] label") == "The table");
    CHECK(form.attribute("select1[ref=/data/g/reserved_name_for_field_list_labels_3]",
                         "appearance") == "label");
    CHECK(form.attribute("select1[ref=/data/g/a]", "appearance") == "list-nolabel");
    CHECK(form.attribute("select1[ref=/data/g/b]", "appearance") == "list-nolabel");
}

TEST_CASE("a loop makes one group for each choice", "[xlsform][types]") {
    const Converted form = convert(tables(R"(survey
        type|name|label|relevant
        begin loop over l|g|G|
        integer|n|How many %(label)s (%(name)s)?|
        text|why|Why so many?|${n} > 5
        end loop|||
        choices
        list_name|name|label
        l|x|Xylophones
        l|none|None)"));
    REQUIRE(form.load_errors().empty());
    CHECK(form.text("input[ref=/data/g/x/n] label") == "How many Xylophones (x)?");
    CHECK(form.bind("/data/g/x/why", "relevant") == " /data/g/x/n  > 5");
    CHECK_FALSE(form.has("data g none"));
}

TEST_CASE("select_one_external asks the old file of choices", "[xlsform][types]") {
    const Converted form = convert(tables(R"(survey
        type|name|label|choice_filter
        text|state|S|
        select_one_external l|a|A|state=${state} and x='"'
        external_choices
        list_name|name|label|state||x
        l|k|King "K"|w||1)"));
    REQUIRE(form.load_errors().empty());
    CHECK(form.attribute("input[ref=/data/a]", "query") ==
          "instance('l')/root/item[state= /data/state  and x='\"']");
    CHECK(form.form.itemsets_csv ==
          "\"list_name\",\"name\",\"label\",\"state\",\"x\"\n\"l\",\"k\",\"King "
          "\"\"K\"\"\",\"w\",\"1\"\n");
}

TEST_CASE("search() keeps the choices in the body", "[xlsform][types]") {
    const Converted form = convert(tables(R"(survey
        type|name|label|appearance
        select_one l|a|A|minimal search('fruits')
        choices
        list_name|name|label
        l|key|name_column)"));
    REQUIRE(form.load_errors().empty());
    CHECK(form.markup("select1[ref=/data/a] item") ==
          "<item><label>name_column</label><value>key</value></item>");
    CHECK_FALSE(form.has("instance[id=l]"));
    CHECK(form.attribute("select1[ref=/data/a]", "appearance") == "minimal search('fruits')");
}

TEST_CASE("osm questions carry their tags", "[xlsform][types]") {
    const Converted form = convert(tables(R"(survey
        type|name|label
        osm building_tags|a|A
        osm
        list_name|name|label
        building_tags|building|Building
        building_tags|levels|Levels
        building|yes|Yes)"));
    REQUIRE(form.load_errors().empty());
    CHECK(form.markup("upload[ref=/data/a] tag") ==
          "<tag key=\"building\"><label>Building</label>"
          "<item><label>Yes</label><value>yes</value></item></tag>");
    CHECK(form.has("tag[key=levels]"));
    CHECK(
        convert(tables("survey\n type|name|label\n osm t|a|A\n osm\n list_name|name|label\n u|x|X"))
            .errors() == std::vector<std::string>{"unknown-list"});
    CHECK(
        convert(tables("survey\n type|name|label\n osm u|a|A\n osm\n list_name|name|label\n u||X"))
            .errors() == std::vector<std::string>{"incomplete-osm-tag", "unknown-list"});
}

TEST_CASE("rows named like a setting set it", "[xlsform][types]") {
    const Converted form = convert_rows("text|a|A\nform_title|My title|\nset form id|my_id|");
    REQUIRE(form.load_errors().empty());
    CHECK(form.text("title") == "My title");
    CHECK(form.attribute("data", "id") == "my_id");
}

}  // namespace
}  // namespace survey::forms
