#include "forms/authoring/workbook_of_form.h"

#include "tests/unit/forms/authoring/form_fixture.h"

namespace survey::forms {
namespace {

TEST_CASE("types, conditions and texts come back as columns", "[authoring]") {
    const Written sheet = written(xform(
        "<a/><n/><s>x</s><m/><c/><t/>",
        "<itext><translation lang='German (de)' default='true()'><text id='l'><value>Alter</value>"
        "<value form='image'>jr://images/a.png</value></text></translation><translation "
        "lang='English (en)'><text id='l'><value>Age</value></text></translation></itext>"
        "<bind nodeset='/data/a' type='int' required='true()' relevant=\"/data/s = 'x'\" "
        "constraint='. &gt; 1' jr:constraintMsg='Too small'/>"
        "<bind nodeset='/data/n' readonly='true()'/><bind nodeset='/data/c' calculate='1 + 1'/>"
        "<bind nodeset='/data/t' type='dateTime' jr:preload='timestamp' jr:preloadParams='start'/>",
        "<input ref='/data/a' appearance='w1 numbers'><label ref=\"jr:itext('l')\"/></input>"
        "<input ref='/data/n'><label>See <output value='/data/a'/></label></input>"
        "<select1 ref='/data/s'><label>S</label><item><label>X</label><value>x</value></item>"
        "</select1><select ref='/data/m'><label>M</label><item><label>X</label><value>x</value>"
        "</item></select>"));
    INFO(sheet.text);
    CHECK(sheet.made.diagnostics.empty());
    CHECK(
        sheet.has_row("| | type | name | label | label::German (de) | label::English (en) | "
                      "image::German (de) | appearance | required | relevant | constraint | "
                      "constraint_message | calculation | default |"));
    CHECK(
        sheet.has_row("| | integer | a | | Alter | Age | a.png | w1 numbers | yes | ${s} = 'x' | "
                      ". > 1 | Too small | | |"));
    CHECK(sheet.has_row("| | note | n | See ${a} |"));
    // Equal choices are one list.
    CHECK(sheet.has_row("| | select_one s | s | S |"));
    CHECK(sheet.has_row("| | select_multiple s | m | M |"));
    CHECK(sheet.has_row("| | calculate | c |"));
    CHECK(sheet.has_row("| | start | t |"));
    CHECK(sheet.has_row("| | s | x | X |"));
    CHECK(sheet.has_row("| form_title | form_id | default_language |"));
}

TEST_CASE("actions come back as defaults and triggers", "[authoring]") {
    const Written sheet = written(xform(
        "<a/><b/><c/><d/>",
        "<setvalue event='odk-instance-first-load' ref='/data/a' value='today()'/>"
        "<setvalue event='odk-instance-first-load' ref='/data/b' value='/data/c'/>"
        "<setvalue event='odk-instance-load' ref='/data/d' value='now()'/>"
        "<odk:setgeopoint event='odk-instance-first-load' ref='/data/d'/>",
        "<input ref='/data/a'><label>A</label><setvalue event='xforms-value-changed' ref='/data/c' "
        "value='1 + 1'/></input><input ref='/data/b'><label>B</label></input>"));
    INFO(sheet.text);
    CHECK(sheet.has_row("| | text | a | A | | | today() |"));
    CHECK(sheet.has_row("| | text | b | B | | | ${c} |"));
    CHECK(sheet.has_row("| | calculate | c | | 1 + 1 | ${a} |"));
    CHECK(sheet.has_row("| | start-geopoint | d |"));
    CHECK(sheet.says("action-event"));
}

TEST_CASE("what the sheets cannot say is told", "[authoring][diagnostics]") {
    struct Row {
        const char* code;
        std::string form;
    };
    const std::string input = "<input ref='/data/a'><label>A</label></input>";
    for (const Row& row : {
             Row{"computed-text",
                 xform("<a/>", "",
                       "<input ref='/data/a'><label>N <output value='1 + 1'/></label></input>")},
             Row{"group-without-node",
                 xform("<a/>", "", "<group><label>G</label>" + input + "</group>")},
             Row{"moved-question",
                 xform("<a/><g><b/></g>", "",
                       "<group ref='/data/g'><label>G</label>" + input +
                           "<input ref='/data/g/b'><label>B</label></input></group>")},
             Row{"second-control", xform("<a/>", "", input + input)},
             Row{"reordered",
                 xform("<a/><b/>", "", "<input ref='/data/b'><label>B</label></input>" + input)},
             Row{"secret", xform("<a/>", "", "<secret ref='/data/a'><label>A</label></secret>")},
             Row{"no-label", xform("<a/>", "", "<input ref='/data/a'/>")},
             Row{"instance-shape",
                 xform("<a/>", "<instance id='l'><list><one/></list></instance>", input)},
             Row{"file-id", xform("<a/>", "<instance id='l' src='jr://file/m.xml'/>", input)},
             Row{"attribute-bind",
                 xform("<a x='1'/>", "<bind nodeset='/data/a/@x' calculate='2'/>", input)},
             Row{"computed-count",
                 xform("<a/><r><b/></r>", "",
                       input + "<group ref='/data/r'><label>R</label><repeat nodeset='/data/r' "
                               "jr:count='/data/a + 1'><input ref='/data/r/b'><label>B</label>"
                               "</input></repeat></group>")},
         }) {
        CAPTURE(row.code);
        const Written sheet = written(row.form);
        INFO(sheet.text);
        CHECK(sheet.says(row.code));
        // It still is a form.
        const ConvertedForm again =
            convert_xlsform(*write_markdown(sheet.made.workbook), ConvertOptions{"f"});
        CHECK_FALSE(has_errors(again.diagnostics));
    }
}

TEST_CASE("texts of several lines go into .csv, not into Markdown", "[authoring]") {
    Workbook book;
    book.sheets.push_back(Sheet{"survey",
                                {SheetRow{1, 0, {"type", "name", "label"}},
                                 SheetRow{2, 0, {"text", "a", "One | \"two\",\nthree"}}}});
    CHECK_FALSE(write_markdown(book).has_value());
    const auto read = read_workbook(write_csv(book));
    REQUIRE(read.has_value());
    REQUIRE(read->sheets.size() == 1);
    CHECK(read->sheets[0].rows[1].cells == book.sheets[0].rows[1].cells);
    book.sheets[0].rows[1].cells[2] = "One | \\ two";
    const auto markdown = write_markdown(book);
    REQUIRE(markdown.has_value());
    const auto again = read_workbook(*markdown);
    REQUIRE(again.has_value());
    CHECK(again->sheets[0].rows[1].cells == book.sheets[0].rows[1].cells);
}

}  // namespace
}  // namespace survey::forms
