#include <fstream>
#include <iterator>

#include <catch2/catch.hpp>

#include "tests/unit/forms/xlsform/form_fixture.h"

namespace survey::forms {
namespace {

/// A form with one mistake, and its neighbour without.
struct Case {
    const char* code;
    const char* wrong;
    const char* right;
};

/// The page that authors look codes up in.
const std::string& page() {
    static const std::string text = [] {
        std::ifstream file(SURVEY_SOURCE_DIR "/forms/xlsform/DIAGNOSTICS.md");
        return std::string(std::istreambuf_iterator<char>(file), {});
    }();
    return text;
}

bool is_documented(const std::string& code) {
    return page().find("\n| " + code + " | ") != std::string::npos;
}

void check_errors(const std::vector<Case>& cases) {
    for (const Case& each : cases) {
        CAPTURE(each.code);
        const Converted wrong = convert(tables(each.wrong));
        CHECK(is_documented(each.code));
        CHECK_FALSE(wrong.accepted());
        CHECK(wrong.errors() == std::vector<std::string>{each.code});
        const Diagnostic found = wrong.finding(each.code);
        CHECK_FALSE(found.message.empty());
        const Converted right = convert(tables(each.right));
        CHECK(right.errors().empty());
        CHECK(right.load_errors().empty());
    }
}

void check_warnings(const std::vector<Case>& cases) {
    for (const Case& each : cases) {
        CAPTURE(each.code);
        const Converted wrong = convert(tables(each.wrong));
        CHECK(is_documented(each.code));
        CHECK(wrong.load_errors().empty());
        CHECK(wrong.warnings() == std::vector<std::string>{each.code});
        const Converted right = convert(tables(each.right));
        CHECK(right.accepted());
        CHECK(right.warnings().empty());
    }
}

TEST_CASE("sheets and columns that a form needs are missed", "[xlsform][diagnostics]") {
    check_errors({
        {"missing-survey", "surevy_2\n type|name|label\n text|a|A\n choices\n list_name|name|label",
         "SURVEY\n type|name|label\n text|a|A\n choices\n list_name|name|label"},
        {"missing-type-column", "survey\n kind|name|label\n text|a|A",
         "survey\n Type|name|label\n text|a|A"},
        {"empty-survey", "survey\n type|name|label\n settings\n form_id|\n f|",
         "survey\n type|name|label\n text|a|A"},
        {"missing-choices-column",
         "survey\n type|name|label\n text|a|A\n choices\n list_name|label\n l|L",
         "survey\n type|name|label\n text|a|A\n choices\n list_name|value|label\n l|x|L"},
        {"duplicate-column",
         "survey\n type|name|label|relevant|relevance\n text|a|A|true()|false()",
         "survey\n type|name|label|relevant|irrelevance\n text|a|A|true()|false()"},
    });
    check_warnings({
        {"misspelled-sheet",
         "survey\n type|name|label\n text|a|A\n chioces\n list_name|name|label\n l|x|L",
         "survey\n type|name|label\n text|a|A\n _chioces\n list_name|name|label\n l|x|L"},
        {"unknown-column", "survey\n type|name|label|relevnat\n text|a|A|",
         "survey\n type|name|label|my notes\n text|a|A|x"},
        {"two-form-ids", "survey\n type|name|label\n text|a|A\n settings\n form_id|id_string\n a|b",
         "survey\n type|name|label\n text|a|A\n settings\n form_id|id_string\n |b"},
        {"comment-row", "survey\n type|name|label|x\n text|a|A|\n |||only a remark",
         "survey\n type|name|label|x\n text|a|A|"},
        {"disabled-row", "survey\n type|name|label|disabled\n text|a|A|\n text|b|B|yes",
         "survey\n type|name|label|disabled\n text|a|A|\n text|b|B|no"},
    });
}

TEST_CASE("rows need a type, and a name that XML allows", "[xlsform][diagnostics]") {
    const std::string head = "survey\n type|name|label\n ";
    const auto form = [&](const char* rows) { return head + rows; };
    struct Short {
        const char* code;
        const char* wrong;
        const char* right;
    };
    const std::vector<Short> cases{
        {"missing-type", "text|a|A\n |b|B", "text|a|A\n text|b|B"},
        {"unknown-type", "texte|a|A", "text|a|A"},
        {"missing-name", "text||A", "note||A"},
        {"missing-name", "begin_group||G\n text|a|A\n end_group||",
         "begin_group|g|G\n text|a|A\n end_group||"},
        {"invalid-name", "text|1a|A", "text|_1a|A"},
        {"invalid-name", "text|a b|A", "text|a.b-c|A"},
        {"invalid-name", "text|:a|A", "text|größe|A"},
        {"reserved-name", "begin group|meta|M\n text|a|A\n end group||",
         "begin group|metal|M\n text|a|A\n end group||"},
        {"duplicate-name", "text|a|A\n text|a|B",
         "text|a|A\n begin group|g|\n text|a|B\n end group||"},
        {"duplicate-repeat",
         "begin repeat|r|R\n text|a|A\n end repeat||\n begin group|g|\n begin repeat|r|R\n "
         "text|b|B\n end repeat||\n end group||",
         "begin repeat|r|R\n text|a|A\n end repeat||\n begin group|g|\n begin repeat|s|R\n "
         "text|b|B\n end repeat||\n end group||"},
        {"repeat-named-like-form", "begin repeat|data|R\n text|a|A\n end repeat||",
         "begin repeat|dat|R\n text|a|A\n end repeat||"},
        {"begin-without-end", "begin group|g|G\n text|a|A",
         "begin group|g|G\n text|a|A\n end group||"},
        {"end-without-begin", "text|a|A\n end group||", "text|a|A"},
        {"end-of-wrong-kind", "begin group|g|G\n text|a|A\n end repeat||",
         "begin group|g|G\n text|a|A\n end_group||"},
        {"loop-without-list", "begin loop|g|G\n text|a|A\n end loop||", "text|a|A"},
        {"audit-name", "text|a|A\n audit|log|", "text|a|A\n audit|audit|"},
    };
    for (const Short& each : cases) {
        CAPTURE(each.code, each.wrong);
        CHECK(convert(tables(form(each.wrong))).errors() == std::vector<std::string>{each.code});
        CHECK(convert(tables(form(each.right))).errors().empty());
    }
    check_errors({
        {"missing-label", "survey\n type|name|label|hint\n text|a||",
         "survey\n type|name|label|hint\n text|a||Hint"},
        {"guidance-hint-alone", "survey\n type|name|label|guidance_hint\n text|a||More",
         "survey\n type|name|label|guidance_hint\n text|a|A|More"},
        {"big-image-without-image", "survey\n type|name|label|big-image\n text|a|A|b.png",
         "survey\n type|name|label|image|big-image\n text|a|A|a.png|b.png"},
        {"unsupported-media", "survey\n type|name|label|media::smell\n text|a|A|rose",
         "survey\n type|name|label|media::audio\n text|a|A|rose.mp3"},
        {"calculate-without-calculation",
         "survey\n type|name|label|calculation\n calculate|a||\n text|b|B|",
         "survey\n type|name|label|calculation\n calculate|a||1 + 1\n text|b|B|"},
        {"background-geopoint-without-trigger",
         "survey\n type|name|label|trigger\n text|a|A|\n background-geopoint|b||",
         "survey\n type|name|label|trigger\n text|a|A|\n background-geopoint|b||${a}"},
        {"background-geopoint-with-calculation",
         "survey\n type|name|label|trigger|calculation\n text|a|A||\n "
         "background-geopoint|b||${a}|1",
         "survey\n type|name|label|trigger|calculation\n text|a|A||\n "
         "background-geopoint|b||${a}|"},
        {"duplicate-external-instance",
         "survey\n type|name|label\n text|a|A\n csv-external|c|\n begin group|g|G\n "
         "csv-external|c|\n text|b|B\n end group||",
         "survey\n type|name|label\n text|a|A\n csv-external|c|\n begin group|g|G\n "
         "csv-external|d|\n text|b|B\n end group||"},
    });
    check_warnings({
        {"similar-name", "survey\n type|name|label\n text|age|A\n text|Age|B",
         "survey\n type|name|label\n text|age|A\n text|aged|B"},
        {"repeat-without-label",
         "survey\n type|name|label\n begin repeat|r|\n text|a|A\n end repeat||",
         "survey\n type|name|label\n begin repeat|r|R\n text|a|A\n end repeat||"},
        {"empty-group", "survey\n type|name|label\n text|a|A\n begin group|g|G\n end group||",
         "survey\n type|name|label\n text|a|A\n begin group|g|G\n note|n|N\n end group||"},
        {"image-without-max-pixels", "survey\n type|name|label|parameters\n image|a|A|",
         "survey\n type|name|label|parameters\n image|a|A|max-pixels=640"},
        {"dead-metadata", "survey\n type|name|label\n text|a|A\n simserial|s|",
         "survey\n type|name|label\n text|a|A\n deviceid|s|"},
    });
}

TEST_CASE("selects need choices that exist and can be stored", "[xlsform][diagnostics][choices]") {
    check_errors({
        {"unknown-list",
         "survey\n type|name|label\n select_one lits|a|A\n choices\n list_name|name|label\n "
         "list|x|X",
         "survey\n type|name|label\n select_one list|a|A\n choices\n list_name|name|label\n "
         "list|x|X"},
        {"missing-choices-sheet", "survey\n type|name|label\n select_one l|a|A\n select_one m|b|B",
         "survey\n type|name|label\n select_one l|a|A\n choices\n list_name|name|label\n l|x|X"},
        {"select-without-list",
         "survey\n type|name|label\n select_one|a|A\n choices\n list_name|name|label\n l|x|X",
         "survey\n type|name|label\n select_one l|a|A\n choices\n list_name|name|label\n l|x|X"},
        {"choice-without-name",
         "survey\n type|name|label\n select_one l|a|A\n choices\n list_name|name|label\n l||X",
         "survey\n type|name|label\n select_one l|a|A\n choices\n list_name|name|label\n l|0|X"},
        {"duplicate-choice",
         "survey\n type|name|label\n select_one l|a|A\n choices\n list_name|name|label\n l|x|X\n "
         "l|x|Y",
         "survey\n type|name|label\n select_one l|a|A\n choices\n list_name|name|label\n l|x|X\n "
         "l|x|Y\n settings\n allow_choice_duplicates|\n yes|"},
        {"choice-name-with-blank",
         "survey\n type|name|label\n select_multiple l|a|A\n choices\n list_name|name|label\n l|x "
         "y|X",
         "survey\n type|name|label\n select_one l|a|A\n choices\n list_name|name|label\n l|x y|X"},
        {"choice-file-kind", "survey\n type|name|label\n select_one_from_file a.txt|a|A",
         "survey\n type|name|label\n select_one_from_file a.csv|a|A"},
        {"search-from-file",
         "survey\n type|name|label|appearance\n select_one_from_file a.csv|a|A|search('b')",
         "survey\n type|name|label|appearance\n select_one_from_file a.csv|a|A|search"},
        {"search-list-mixed",
         "survey\n type|name|label|appearance\n select_one l|a|A|search('b')\n select_one l|b|B|\n "
         "choices\n list_name|name|label\n l|x|X",
         "survey\n type|name|label|appearance\n select_one l|a|A|search('b')\n select_one m|b|B|\n "
         "choices\n list_name|name|label\n l|x|X\n m|x|X"},
        {"or-other-with-filter",
         "survey\n type|name|label|choice_filter\n select_one l or_other|a|A|true()\n choices\n "
         "list_name|name|label\n l|x|X",
         "survey\n type|name|label|choice_filter\n select_one l or_other|a|A|\n choices\n "
         "list_name|name|label\n l|x|X"},
        {"or-other-without-choices",
         "survey\n type|name|label\n select_one_from_file a.csv or_other|a|A",
         "survey\n type|name|label\n select_one_from_file a.csv|a|A"},
        {"table-list-with-filter",
         "survey\n type|name|label|appearance|choice_filter\n begin group|g|G|table-list|\n "
         "select_one l|a|A||true()\n end group||||\n choices\n list_name|name|label\n l|x|X",
         "survey\n type|name|label|appearance|choice_filter\n begin group|g|G|table-list|\n "
         "select_one l|a|A||\n end group||||\n choices\n list_name|name|label\n l|x|X"},
        {"table-list-with-two-lists",
         "survey\n type|name|label|appearance\n begin group|g|G|table-list\n select_one l|a|A|\n "
         "select_one m|b|B|\n end group|||\n choices\n list_name|name|label\n l|x|X\n m|x|X",
         "survey\n type|name|label|appearance\n begin group|g|G|table-list\n select_one l|a|A|\n "
         "select_one l|b|B|\n end group|||\n choices\n list_name|name|label\n l|x|X\n m|x|X"},
        {"missing-external-choices",
         "survey\n type|name|label|choice_filter\n select_one_external l|a|A|x = 1",
         "survey\n type|name|label|choice_filter\n select_one_external l|a|A|x = 1\n "
         "external_choices\n list_name|name|label|x\n l|a|A|1"},
        {"unknown-list",
         "survey\n type|name|label|choice_filter\n select_one_external m|a|A|x = 1\n "
         "external_choices\n list_name|name|label|x\n l|a|A|1",
         "survey\n type|name|label|choice_filter\n select_one_external l|a|A|x = 1\n "
         "external_choices\n list_name|name|label|x\n l|a|A|1"},
        {"instance-conflict",
         "survey\n type|name|label\n select_one_from_file l.csv|a|A\n select_one l|b|B\n choices\n "
         "list_name|name|label\n l|x|X",
         "survey\n type|name|label\n select_one_from_file l.csv|a|A\n select_multiple_from_file "
         "l.csv|b|B"},
        {"instance-conflict",
         "survey\n type|name|label\n select_one_from_file l.csv|a|A\n xml-external|l|",
         "survey\n type|name|label\n select_one_from_file l.csv|a|A\n csv-external|l|"},
        {"select-from-no-repeat", "survey\n type|name|label\n text|t|T\n select_one ${t}|a|A",
         "survey\n type|name|label\n begin repeat|r|R\n text|t|T\n end repeat||\n select_one "
         "${t}|a|A"},
    });
    check_warnings({
        {"choice-without-label",
         "survey\n type|name|label\n select_one l|a|A\n choices\n list_name|name|label\n l|x|",
         "survey\n type|name|label\n select_one l|a|A\n choices\n list_name|name|label\n l|x|X"},
        {"invalid-choices-column",
         "survey\n type|name|label\n select_one l|a|A\n choices\n list_name|name|label|my column\n "
         "l|x|X|1",
         "survey\n type|name|label\n select_one l|a|A\n choices\n list_name|name|label|my_column\n "
         "l|x|X|1"},
        {"choice-without-list",
         "survey\n type|name|label\n select_one l|a|A\n choices\n list_name|name|label\n l|x|X\n "
         "|y|Y",
         "survey\n type|name|label\n select_one l|a|A\n choices\n list_name|name|label\n l|x|X\n "
         "||Y"},
        {"external-select-without-filter",
         "survey\n type|name|label|choice_filter\n select_one_external l|a|A|\n external_choices\n "
         "list_name|name|label\n l|a|A",
         "survey\n type|name|label|choice_filter\n select_one_external l|a|A|x = 1\n "
         "external_choices\n list_name|name|label|x\n l|a|A|1"},
    });
}

TEST_CASE("references must name one question", "[xlsform][diagnostics][references]") {
    check_errors({
        {"unknown-reference",
         "survey\n type|name|label|relevant\n text|age|A|\n text|b|B|${aeg} = 1",
         "survey\n type|name|label|relevant\n text|age|A|\n text|b|B|${age} = 1"},
        {"unknown-reference", "survey\n type|name|label\n text|age|You are ${ag}",
         "survey\n type|name|label\n text|age|You are ${age}"},
        {"malformed-reference", "survey\n type|name|label|relevant\n text|a|A|\n text|b|B|${a = 1",
         "survey\n type|name|label|relevant\n text|a|A|\n text|b|B|${ a } = 1"},
        {"malformed-reference",
         "survey\n type|name|label|relevant\n text|a|A|\n text|b|B|${a b} = 1",
         "survey\n type|name|label|relevant\n text|a|A|\n text|b|B|'$a' = '{b}'"},
        {"ambiguous-reference",
         "survey\n type|name|label|relevant\n text|a|A|\n begin group|g|G|\n text|a|A|\n end "
         "group|||\n text|b|B|${a} = 1",
         "survey\n type|name|label|relevant\n text|a|A|\n begin group|g|G|\n text|a|A|\n end "
         "group|||\n text|b|B|/data/a = 1"},
        {"malformed-trigger",
         "survey\n type|name|label|trigger|calculation\n text|a|A||\n text|b|B|a|now()",
         "survey\n type|name|label|trigger|calculation\n text|a|A||\n text|b|B|${a}|now()"},
        {"invisible-trigger",
         "survey\n type|name|label|trigger|calculation\n calculate|a|||1\n text|b|B|${a}|now()",
         "survey\n type|name|label|trigger|calculation\n note|a|A||1\n text|b|B|${a}|now()"},
        {"unknown-namespace", "survey\n type|name|label|bind::esri:kind\n text|a|A|x",
         "survey\n type|name|label|bind::esri:kind\n text|a|A|x\n settings\n namespaces|\n "
         "esri=\"http://esri.com/x\"|"},
        {"invalid-attribute-name", "survey\n type|name|label|bind::my kind\n text|a|A|x",
         "survey\n type|name|label|bind::kind\n text|a|A|x"},
        {"malformed-namespaces",
         "survey\n type|name|label\n text|a|A\n settings\n namespaces|\n esri=http|",
         "survey\n type|name|label\n text|a|A\n settings\n namespaces|\n esri=\"http://a\" b='c'|"},
        {"invalid-name", "survey\n type|name|label\n text|a|A\n settings\n name|\n my form|",
         "survey\n type|name|label\n text|a|A\n settings\n name|\n my_form|"},
        {"omitted-instance-id",
         "survey\n type|name|label\n text|a|A\n settings\n omit_instanceID|public_key\n yes|ABC",
         "survey\n type|name|label\n text|a|A\n settings\n omit_instanceID|public_key\n no|ABC"},
        {"unknown-list",
         "survey\n type|name|label\n begin loop over l|g|G\n text|a|A\n end loop||\n choices\n "
         "list_name|name|label\n m|x|X",
         "survey\n type|name|label\n begin loop over m|g|G\n text|a|A\n end loop||\n choices\n "
         "list_name|name|label\n m|x|X"},
    });
}

TEST_CASE("parameters are checked", "[xlsform][diagnostics][parameters]") {
    const auto errors = [](const char* type, const char* parameters, const char* appearance = "") {
        const std::string text =
            "survey\n type|name|label|parameters|appearance\n text|t|T||\n " + std::string(type) +
            "|a|A|" + parameters + "|" + appearance +
            "\n choices\n list_name|name|label\n l|1|X\n l|10|Y\n m|5|Z\n n|x|N";
        const Converted form = convert(tables(text));
        return form.errors().empty() ? std::string("accepted") : form.errors().front();
    };
    struct Row {
        const char* type;
        const char* parameters;
        const char* result;
    };
    for (const Row& row : std::vector<Row>{
             {"text", "rows=3", "accepted"},
             {"text", "ROWS = 3", "accepted"},
             {"text", "rows", "malformed-parameters"},
             {"text", "rows=", "malformed-parameters"},
             {"text", "rows=1 rows=2", "malformed-parameters"},
             {"text", "rows=many", "invalid-parameter"},
             {"text", "row=3", "unknown-parameter"},
             {"integer", "rows=3", "accepted"},
             {"range", "start=0;end=10;step=2", "accepted"},
             {"range", "start=a", "invalid-parameter"},
             {"range", "start=0 end=10 step=0", "invalid-range"},
             {"range", "start=0 end=10 step=11", "invalid-range"},
             {"range", "start=0 end=1 step=0.1 tick_interval=0.3 placeholder=0.7", "accepted"},
             {"range", "start=0 end=10 step=2 tick_interval=3", "invalid-range"},
             {"range", "start=0 end=10 tick_interval=20", "invalid-range"},
             {"range", "start=0 end=10 placeholder=11", "invalid-range"},
             {"range", "start=0 end=10 step=2 placeholder=3", "invalid-range"},
             {"range", "tick_labelset=l", "accepted"},
             {"range", "tick_labelset=L", "unknown-list"},
             {"range", "tick_labelset=n", "invalid-tick-label"},
             {"range", "start=6 tick_labelset=m", "invalid-tick-label"},
             {"range", "start=0 step=1 tick_interval=2 tick_labelset=m", "invalid-tick-label"},
             {"select_one l", "randomize=true seed=${t}", "accepted"},
             {"select_one l", "randomize=maybe", "invalid-parameter"},
             {"select_one l", "seed=3", "seed-without-randomize"},
             {"select_one l", "randomize=true seed=x", "invalid-parameter"},
             {"select_one l", "value=x", "unknown-parameter"},
             {"select_one_from_file f.csv", "value=Code label=Name", "accepted"},
             {"select_one_from_file f.csv", "value=1x", "invalid-parameter"},
             {"image", "max-pixels=100 app=org.example.camera", "accepted"},
             {"image", "max-pixels=big", "invalid-parameter"},
             {"image", "app=camera", "invalid-parameter"},
             {"audio", "quality=external", "accepted"},
             {"background-audio", "quality=external", "invalid-parameter"},
             {"geopoint", "capture-accuracy=2.5 warning-accuracy=10 allow-mock-accuracy=true",
              "accepted"},
             {"geopoint", "capture-accuracy=good", "invalid-parameter"},
             {"geopoint", "incremental=true", "unknown-parameter"},
             {"geotrace", "incremental=true", "accepted"},
             {"geotrace", "incremental=yes", "accepted"},
             {"geotrace", "incremental=false", "invalid-parameter"},
             {"geoshape", "reference-geometry=l", "accepted"},
             {"geoshape", "reference-geometry=nothing", "unknown-list"},
             {"geoshape", "reference-geometry=${last-saved#t}", "invalid-parameter"},
         }) {
        CAPTURE(row.type, row.parameters);
        CHECK(errors(row.type, row.parameters) == row.result);
    }
    CHECK(errors("image", "app=org.example.camera", "annotate") == "accepted");
    CHECK(errors("image", "app=org.example.camera", "signature") == "app-with-appearance");
    CHECK(errors("range", "tick_interval=1", "vertical") == "accepted");
    CHECK(errors("range", "tick_interval=1", "rating") == "range-appearance");
    CHECK(errors("range", "tick_labelset=l", "no-ticks") == "accepted");
    CHECK(errors("range", "tick_labelset=m", "no-ticks") == "invalid-tick-label");
    const auto audit = [](const char* parameters) {
        return convert(tables("survey\n type|name|label|parameters\n text|a|A|\n audit|||" +
                              std::string(parameters)))
            .errors();
    };
    CHECK(
        audit("location-priority=balanced location-min-interval=60 location-max-age=120").empty());
    CHECK(audit("location-priority=balanced location-min-interval=60") ==
          std::vector<std::string>{"incomplete-location-audit"});
    CHECK(audit("location-priority=balanced location-min-interval=60 location-max-age=12") ==
          std::vector<std::string>{"invalid-parameter"});
    CHECK(
        audit("track-changes=true identify-user=true track-changes-reasons=on-form-edit").empty());
    CHECK(audit("track-changes-reasons=always") == std::vector<std::string>{"invalid-parameter"});
}

TEST_CASE("entities are checked", "[xlsform][diagnostics][entities]") {
    check_errors({
        {"save-to-without-entities", "survey\n type|name|label|save_to\n text|a|A|x",
         "survey\n type|name|label|save_to\n text|a|A|x\n entities\n list_name|label\n trees|${a}"},
        {"save-to-on-group",
         "survey\n type|name|label|save_to\n begin group|g|G|x\n text|a|A|\n end group|||\n "
         "entities\n list_name|label\n trees|${a}",
         "survey\n type|name|label|save_to\n begin group|g|G|\n text|a|A|x\n end group|||\n "
         "entities\n list_name|label\n trees|${a}"},
        {"invalid-save-to",
         "survey\n type|name|label|save_to\n text|a|A|Label\n entities\n list_name|label\n "
         "trees|${a}",
         "survey\n type|name|label|save_to\n text|a|A|labels\n entities\n list_name|label\n "
         "trees|${a}"},
        {"duplicate-save-to",
         "survey\n type|name|label|save_to\n text|a|A|x\n text|b|B|x\n entities\n "
         "list_name|label\n trees|${a}",
         "survey\n type|name|label|save_to\n text|a|A|x\n text|b|B|y\n entities\n "
         "list_name|label\n trees|${a}"},
        {"save-to-unknown-list",
         "survey\n type|name|label|save_to\n text|a|A|bush#x\n entities\n list_name|label\n "
         "trees|${a}",
         "survey\n type|name|label|save_to\n text|a|A|trees#x\n entities\n list_name|label\n "
         "trees|${a}"},
        {"entity-without-label",
         "survey\n type|name|label\n text|a|A\n entities\n list_name|label\n trees|",
         "survey\n type|name|label\n text|a|A\n entities\n list_name|entity_id\n trees|${a}"},
        {"entity-without-id",
         "survey\n type|name|label\n text|a|A\n entities\n list_name|label|update_if\n "
         "trees|${a}|true()",
         "survey\n type|name|label\n text|a|A\n entities\n list_name|label|update_if|entity_id\n "
         "trees|${a}|true()|${a}"},
        {"entity-without-update-if",
         "survey\n type|name|label\n text|a|A\n entities\n list_name|label|create_if|entity_id\n "
         "trees|${a}|true()|${a}",
         "survey\n type|name|label\n text|a|A\n entities\n "
         "list_name|label|create_if|entity_id|update_if\n trees|${a}|true()|${a}|false()"},
        {"entity-without-list",
         "survey\n type|name|label\n text|a|A\n entities\n list_name|label\n |${a}",
         "survey\n type|name|label\n text|a|A\n entities\n dataset|label\n trees|${a}"},
        {"invalid-entity-list",
         "survey\n type|name|label\n text|a|A\n entities\n list_name|label\n big trees|${a}",
         "survey\n type|name|label\n text|a|A\n entities\n list_name|label\n big_trees|${a}"},
        {"unknown-entities-column",
         "survey\n type|name|label\n text|a|A\n entities\n list_name|label|colour\n trees|${a}|red",
         "survey\n type|name|label\n text|a|A\n entities\n list_name|label|repeat\n trees|${a}|"},
        {"duplicate-entity-list",
         "survey\n type|name|label\n text|a|A\n entities\n list_name|label\n t|${a}\n t|${a}",
         "survey\n type|name|label\n text|a|A\n entities\n list_name|label\n t|${a}"},
        {"save-to-without-list",
         "survey\n type|name|label|save_to\n begin group|g|G|\n text|a|A|x\n end group|||\n begin "
         "group|h|H|\n text|b|B|u#y\n end group|||\n entities\n list_name|label\n t|${a}\n u|${b}",
         "survey\n type|name|label|save_to\n begin group|g|G|\n text|a|A|t#x\n end group|||\n "
         "begin group|h|H|\n text|b|B|u#y\n end group|||\n entities\n list_name|label\n t|${a}\n "
         "u|${b}"},
        {"entity-container-conflict",
         "survey\n type|name|label|save_to\n text|a|A|t#x\n text|b|B|u#y\n entities\n "
         "list_name|label\n t|${a}\n u|${b}",
         "survey\n type|name|label|save_to\n text|a|A|t#x\n begin group|h|H|\n text|b|B|u#y\n end "
         "group|||\n entities\n list_name|label\n t|${a}\n u|${b}"},
        {"entity-across-repeats",
         "survey\n type|name|label|save_to\n begin repeat|r|R|\n text|a|A|x\n end repeat|||\n "
         "begin repeat|s|S|\n text|b|B|y\n end repeat|||\n entities\n list_name|label\n t|'l'",
         "survey\n type|name|label|save_to\n begin repeat|r|R|\n text|a|A|x\n text|b|B|y\n "
         "end repeat|||\n begin repeat|s|S|\n text|c|C|\n end repeat|||\n entities\n "
         "list_name|label\n t|'l'"},
    });
}

TEST_CASE("translations that lack something are warned about",
          "[xlsform][diagnostics][translations]") {
    check_warnings({
        {"language-without-code", "survey\n type|name|label::French\n text|a|A",
         "survey\n type|name|label::French (fr)\n text|a|A"},
        {"missing-translation",
         "survey\n type|name|label::A (en)|label::B (de)|hint::A (en)\n text|a|A|B|H",
         "survey\n type|name|label::A (en)|label::B (de)|hint::A (en)|hint::B (de)\n "
         "text|a|A|B|H|H"},
        {"or-other-translated",
         "survey\n type|name|label::A (en)\n select_one l or_other|a|A\n choices\n "
         "list_name|name|label::A (en)\n l|x|X",
         "survey\n type|name|label::A (en)\n select_one l|a|A\n choices\n list_name|name|label::A "
         "(en)\n l|x|X"},
    });
    const Converted form =
        convert(tables("survey\n type|name|label::A (en)|label::B (de)|constraint_message::A "
                       "(en)\n text|a|A|B|M"));
    CHECK(form.finding("missing-translation").message ==
          "The language \"B (de)\" has no column for: constraint_message.");
}

TEST_CASE("a cell that is used several times is reported once", "[xlsform][diagnostics]") {
    const Converted form =
        convert(tables("survey\n type|name|label::A (en)|label::B (de)|image|instance::x\n begin "
                       "repeat|r|R|R||\n text|a|${no}||i.png|${nobody}\n end repeat||||"));
    CHECK(form.count("unknown-reference") == 2);
}

TEST_CASE("loops in loops cannot grow without end", "[xlsform][diagnostics]") {
    std::string choices = "choices\n list_name|name|label\n";
    for (int i = 0; i < 200; ++i)
        choices += "l|c" + std::to_string(i) + "|L\n";
    const Converted form =
        convert(tables("survey\n type|name|label\n begin loop over l|a|A\n begin loop over l|b|B\n "
                       "text|t|T\n end loop||\n end loop||\n" +
                       choices));
    CHECK(form.errors() == std::vector<std::string>{"loop-too-long"});
}

TEST_CASE("no more findings are kept than anybody reads", "[xlsform][diagnostics]") {
    std::string rows;
    for (int i = 0; i < 3'000; ++i)
        rows += "rubbish|a" + std::to_string(i) + "|A\n";
    const Converted form = convert_rows(rows);
    CHECK_FALSE(form.accepted());
    CHECK(form.form.diagnostics.size() == 1'000);
}

}  // namespace
}  // namespace survey::forms
