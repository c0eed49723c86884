#include "forms/xlsform/workbook.h"

#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>
#include <zip.h>

#include "common/base/random.h"
#include "forms/xlsform/convert.h"
#include "forms/xlsform/number_format.h"
#include "forms/xlsform/workbook_writer.h"

namespace survey::forms {
namespace {

using Parts = std::vector<std::pair<std::string, std::string>>;

/// A zip archive of these parts.
std::string zipped(const Parts& parts) {
    zip_error_t error;
    zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
    zip_source_keep(target);
    zip_t* zip = zip_open_from_source(target, ZIP_TRUNCATE, &error);
    REQUIRE(zip != nullptr);
    for (const auto& [name, content] : parts) {
        zip_source_t* source = zip_source_buffer(zip, content.data(), content.size(), 0);
        REQUIRE(zip_file_add(zip, name.c_str(), source, ZIP_FL_ENC_UTF_8) >= 0);
    }
    REQUIRE(zip_close(zip) == 0);
    zip_source_open(target);
    zip_source_seek(target, 0, SEEK_END);
    std::string bytes(static_cast<std::size_t>(zip_source_tell(target)), '\0');
    zip_source_seek(target, 0, SEEK_SET);
    zip_source_read(target, bytes.data(), bytes.size());
    zip_source_close(target);
    zip_source_free(target);
    return bytes;
}

constexpr const char* kRelationships =
    R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">)";
constexpr const char* kType = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The parts of a workbook with one sheet "survey" of these rows.
Parts workbook_parts(const std::string& rows, const std::string& strings = "",
                     const std::string& styles = "", const std::string& properties = "") {
    const std::string type = std::string(" Type=\"") + kType;
    return {
        {"[Content_Types].xml", "<Types/>"},
        {"_rels/.rels", std::string(kRelationships) + "<Relationship Id=\"r1\"" + type +
                            "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"},
        {"xl/workbook.xml",
         "<workbook xmlns:r=\"x\">" + properties +
             "<sheets><sheet name=\"survey\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"},
        {"xl/_rels/workbook.xml.rels",
         std::string(kRelationships) + "<Relationship Id=\"r1\"" + type +
             "/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\"" + type +
             "/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/><Relationship Id=\"r3\"" + type +
             "/styles\" Target=\"styles.xml\"/></Relationships>"},
        {"xl/sharedStrings.xml", "<?xml version=\"1.0\"?><sst>" + strings + "</sst>"},
        {"xl/styles.xml", "<styleSheet>" + styles + "</styleSheet>"},
        {"xl/worksheets/sheet1.xml",
         "<worksheet><sheetData>" + rows + "</sheetData><junk/></worksheet>"},
    };
}

std::vector<std::string> first_row(const std::string& bytes) {
    const auto book = read_workbook(bytes);
    if (!book) return {"refused: " + book.error().message};
    if (book->sheets.empty() || book->sheets.front().rows.empty()) return {};
    return book->sheets.front().rows.front().cells;
}

std::string refusal(std::string_view bytes, const WorkbookLimits& limits = {}) {
    const auto book = read_workbook(bytes, limits);
    return book ? "accepted" : book.error().message;
}

TEST_CASE("all kinds of cells become text", "[xlsform][xlsx]") {
    const std::string strings =
        "<si><t xml:space=\"preserve\"> Name &amp; \xE2\x80\x9Cplace\xE2\x80\x9D </t></si>"
        "<si><r><rPr><b/></rPr><t>bold</t></r><r><t xml:space=\"preserve\"> plain</t></r>"
        "<rPh sb=\"0\" eb=\"1\"><t>reading</t></rPh></si><si/><si><t>one_x000D__x000A_two</t></si>";
    const std::string styles =
        "<numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/>"
        "<numFmt numFmtId=\"165\" formatCode=\"[Red]0.0&quot;d&quot;\"/></numFmts>"
        "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
        "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf "
        "numFmtId=\"165\"/></cellXfs>";
    const std::string row =
        "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c>"
        "<c r=\"C1\" t=\"s\"><v>2</v></c><c r=\"D1\" t=\"s\"><v>3</v></c><c r=\"E1\"><v>3.0</v></c>"
        "<c r=\"F1\"><v>0.1</v></c><c r=\"G1\" t=\"b\"><v>1</v></c><c r=\"H1\" t=\"b\"><v>0</v></c>"
        "<c r=\"I1\" s=\"1\"><v>45443</v></c><c r=\"J1\" s=\"2\"><v>45443.5625</v></c>"
        "<c r=\"K1\" s=\"3\"><v>2</v></c><c r=\"L1\" t=\"str\"><f>A1&amp;\"x\"</f><v>cached</v></c>"
        "<c r=\"M1\" t=\"inlineStr\"><is><r><t>in</t></r><r><t>line</t></r></is></c>"
        "<c r=\"N1\" t=\"e\"><v>#N/A</v></c><c r=\"O1\"><f>1+1</f><v>2</v></c><c r=\"P1\" "
        "t=\"d\"><v>2024-05-31</v></c>"
        "<c r=\"R1\"><v>1E+3</v></c><c><v>7</v></c><c r=\"T1\" s=\"1\"><v>0.5</v></c></row>";
    const auto cells = first_row(zipped(workbook_parts(row, strings, styles)));
    CHECK(cells == std::vector<std::string>{"Name & \"place\"",
                                            "bold plain",
                                            "",
                                            "one\ntwo",
                                            "3",
                                            "0.1",
                                            "TRUE",
                                            "FALSE",
                                            "2024-05-31 00:00:00",
                                            "2024-05-31 13:30:00",
                                            "2",
                                            "cached",
                                            "inline",
                                            "#N/A",
                                            "2",
                                            "2024-05-31 00:00:00",
                                            "",
                                            "1000",
                                            "7",
                                            "12:00:00"});
}

TEST_CASE("a cell is always text that XML can hold", "[xlsform][xlsx]") {
    const std::string row =
        "<row><c t=\"str\"><v>K\xE4se</v></c><c t=\"str\"><v>a\x01&#2;b</v></c>"
        "<c t=\"str\"><v>\xED\xA0\x80</v></c><c t=\"str\"><v>\xF0\x9F\x8D\x94 "
        "\xC0\xAF</v></c></row>";
    CHECK(first_row(zipped(workbook_parts(row))) ==
          std::vector<std::string>{"K\xEF\xBF\xBDse", "ab", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD",
                                   "\xF0\x9F\x8D\x94 \xEF\xBF\xBD\xEF\xBF\xBD"});
}

TEST_CASE("dates of old Macintosh files count from 1904", "[xlsform][xlsx]") {
    const std::string styles = "<cellXfs><xf numFmtId=\"14\"/></cellXfs>";
    const std::string row = "<row r=\"1\"><c r=\"A1\" s=\"0\"><v>43981</v></c></row>";
    CHECK(first_row(zipped(workbook_parts(row, "", styles, "<workbookPr date1904=\"1\"/>"))) ==
          std::vector<std::string>{"2024-05-31 00:00:00"});
}

TEST_CASE("serial dates follow the calendar", "[xlsform][xlsx]") {
    CHECK(format_serial_date(1, false) == "1900-01-01 00:00:00");
    CHECK(format_serial_date(59, false) == "1900-02-28 00:00:00");
    CHECK(format_serial_date(61, false) == "1900-03-01 00:00:00");
    CHECK(format_serial_date(36585, false) == "2000-02-29 00:00:00");
    CHECK(format_serial_date(44197, false) == "2021-01-01 00:00:00");
    CHECK(format_serial_date(45443.999999, false) == "2024-06-01 00:00:00");
    CHECK(format_serial_date(-1, false) == "-1");
    CHECK(format_serial_date(1e12, false) == "1000000000000");
}

TEST_CASE("only formats that show dates make dates", "[xlsform][xlsx]") {
    for (const char* code :
         {"yyyy-mm-dd", "d/m/yy", "h:mm AM/PM", "[h]:mm", "[$-409]mmm yy", "mm:ss.0"}) {
        CAPTURE(code);
        CHECK(is_date_format(code));
    }
    for (const char* code :
         {"General", "0.00", "#,##0", "[Red]0.00", "0\" days\"", "@", "0\\d", "_-0", "\"open"}) {
        CAPTURE(code);
        CHECK_FALSE(is_date_format(code));
    }
}

TEST_CASE("reading stops after a long gap of empty rows", "[xlsform][xlsx]") {
    const auto rows = [](int second) {
        return "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"" + std::to_string(second) +
               "\"><c><v>2</v></c></row>";
    };
    const auto count = [&](int second) {
        return read_workbook(zipped(workbook_parts(rows(second))))->sheets[0].rows.size();
    };
    CHECK(count(62) == 2);
    CHECK(count(63) == 1);
}

TEST_CASE("a header row ends after a wide gap", "[xlsform][xlsx]") {
    Workbook book{
        {Sheet{"survey",
               {SheetRow{1, 0, {"type", "name", "label"}}, SheetRow{2, 0, {"text", "a", "A"}}}}},
        true};
    book.sheets[0].rows[0].cells.resize(24);
    book.sheets[0].rows[0].cells.back() = "label";  // after 20 empty cells: a remark
    CHECK(convert_xlsform(*write_xlsx(book)).xform);
    book.sheets[0].rows[0].cells.resize(6);
    book.sheets[0].rows[0].cells.back() = "label";
    const ConvertedForm twice = convert_xlsform(*write_xlsx(book));
    CHECK_FALSE(twice.xform);
    REQUIRE(twice.diagnostics.size() == 1);
    CHECK(twice.diagnostics[0].code == "duplicate-header");
    CHECK(twice.diagnostics[0].place.column == "label");
}

TEST_CASE("what is no workbook is refused with a sentence", "[xlsform][workbook]") {
    CHECK(refusal("") == "the file is empty");
    CHECK(refusal("hello").find("not a workbook") != std::string::npos);
    CHECK(refusal(std::string_view("\0a,b,c,d,e", 10)).find("not a workbook") != std::string::npos);
    CHECK(refusal("a||b||c||d").find("not a workbook") != std::string::npos);
    CHECK(refusal("survey,,,\n,type,name,label\n,text,a,K\xE4se\n").find("not UTF-8") !=
          std::string::npos);
    CHECK(refusal("<h:html/>").find("not a workbook") != std::string::npos);
    CHECK(refusal("PK\x03\x04 and then nothing").find("damaged") != std::string::npos);
    CHECK(refusal("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and then nothing").find("cannot be read") !=
          std::string::npos);
    CHECK(refusal(zipped({{"a.txt", "x"}})).find("zip archive, but not a workbook") !=
          std::string::npos);
    Parts without_sheet = workbook_parts("");
    without_sheet.pop_back();
    CHECK(refusal(zipped(without_sheet)).find("no part xl/worksheets/sheet1.xml") !=
          std::string::npos);
    CHECK(refusal(zipped(workbook_parts("<row><c t=\"s\"><v>5</v></c></row>"))).find("damaged") !=
          std::string::npos);
    CHECK(refusal(zipped(workbook_parts("<row r=\"1"))).find("damaged") != std::string::npos);
    CHECK(refusal(zipped(workbook_parts("<!DOCTYPE x>"))).find("damaged") != std::string::npos);
    const ConvertedForm form = convert_xlsform("hello");
    CHECK_FALSE(form.xform);
    REQUIRE(form.diagnostics.size() == 1);
    CHECK(form.diagnostics[0].code == "unreadable-workbook");
}

TEST_CASE("a sheet that was cut off is refused", "[xlsform][xlsx]") {
    Parts parts = workbook_parts("<row><c><v>1</v></c></row>");
    std::string& sheet = parts.back().second;
    REQUIRE(refusal(zipped(parts)) == "accepted");
    sheet.resize(sheet.find("</sheetData>"));
    CHECK(refusal(zipped(parts)).find("sheet1.xml of the workbook is damaged") !=
          std::string::npos);
}

TEST_CASE("limits stop a workbook that explodes", "[xlsform][workbook]") {
    const std::string bomb = zipped(workbook_parts(std::string(3u << 20, ' ')));
    CHECK(refusal(bomb).find("too large") != std::string::npos);
    WorkbookLimits limits;
    limits.ratio_max = 1'000'000;
    CHECK(refusal(bomb, limits) == "accepted");
    limits.entry_bytes_max = 1u << 20;
    CHECK(refusal(bomb, limits).find("too large") != std::string::npos);
    limits = {};
    limits.ratio_max = 1'000'000;
    limits.total_bytes_max = 2u << 20;
    CHECK(refusal(bomb, limits).find("too large") != std::string::npos);

    const std::string small =
        zipped(workbook_parts("<row><c><v>1</v></c></row><row><c><v>1</v></c></row>"));
    CHECK(refusal(small) == "accepted");
    limits = {};
    limits.rows_max = 1;
    CHECK(refusal(small, limits).find("too many rows") != std::string::npos);
    limits = {};
    limits.entries_max = 6;
    CHECK(refusal(small, limits).find("too many parts") != std::string::npos);
    limits = {};
    limits.sheets_max = 0;
    CHECK(refusal(small, limits).find("too many sheets") != std::string::npos);
    limits = {};
    limits.bytes_max = 100;
    CHECK(refusal(small, limits).find("larger than") != std::string::npos);
    limits = {};
    limits.columns_max = 1;
    const auto narrow = read_workbook(
        zipped(workbook_parts("<row><c><v>1</v></c><c r=\"ZZ1\"><v>2</v></c></row>")), limits);
    REQUIRE(narrow);
    CHECK(narrow->sheets[0].rows[0].cells == std::vector<std::string>{"1"});
}

TEST_CASE("csv follows its quotes, and a sheet's name stands alone", "[xlsform][csv]") {
    const auto book = read_workbook(
        "\xEF\xBB\xBFsurvey,,,\r\n,type,name,label\r\n,text,a,\"Say "
        "\"\"hi\"\",\nplease\"\r\n,,,\r\n"
        "\"choices\"\n,list_name,name,label\n");
    REQUIRE(book);
    CHECK_FALSE(book->is_spreadsheet);
    REQUIRE(book->sheets.size() == 2);
    CHECK(book->sheets[0].name == "survey");
    REQUIRE(book->sheets[0].rows.size() == 2);
    CHECK(book->sheets[0].rows[1].cells ==
          std::vector<std::string>{"text", "a", "Say \"hi\",\nplease"});
    CHECK(book->sheets[0].rows[1].line == 3);
    CHECK(book->sheets[1].rows[0].line == 7);
    CHECK(refusal(",type,name,label\n,text,a,A\n").find("line 1 stands before any sheet name") !=
          std::string::npos);
}

TEST_CASE("markdown takes only the rows of tables", "[xlsform][md]") {
    const auto book = read_workbook(
        "# A form\n\nProse, with | a bar.\n\n| survey |\n|---|---|---|\n| | type | name | label | "
        "# remark\n"
        "  | | text | a | one \\| two |\n| | | | |\n\nMore prose\n| | note | n | N |\n");
    REQUIRE(book);
    REQUIRE(book->sheets.size() == 1);
    REQUIRE(book->sheets[0].rows.size() == 3);
    CHECK(book->sheets[0].rows[1].cells == std::vector<std::string>{"text", "a", "one | two"});
    CHECK(book->sheets[0].rows[2].number == 3);
    CHECK(book->sheets[0].rows[2].line == 12);
}

/// Whatever becomes of them, damaged bytes must end in a form or in diagnostics.
void survives(const std::string& bytes) {
    const ConvertedForm form = convert_xlsform(bytes);
    CHECK((form.xform.has_value() || !form.diagnostics.empty()));
}

TEST_CASE("truncated and altered workbooks never crash", "[xlsform][fuzz]") {
    const std::string markdown =
        "| survey |\n| | type | name | label::A (en) | relevant | choice_filter | parameters | "
        "trigger | save_to |\n"
        "| | begin repeat | r | R | | | | | |\n| | text | a | Hi ${a} | ${a} = 'x' | | rows=3 | | "
        "p |\n"
        "| | select_one l or_other | s | S | | | randomize=true seed=${a} | | |\n| | end repeat | "
        "| | | | | | |\n"
        "| | begin loop over l | g | G | | | | | |\n| | range | n | %(label)s | | | step=2 | | "
        "|\n| | end loop | | | | | | | |\n"
        "| choices |\n| | list_name | name | label::A (en) |\n| | l | x | X |\n"
        "| entities |\n| | list_name | label |\n| | t | ${a} |\n| settings |\n| | version | "
        "namespaces |\n| | 3 | a=\"b\" |\n";
    const std::string xlsx = *write_xlsx(*read_workbook(markdown));
    const Parts parts = workbook_parts(
        "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c t=\"b\"><v>1</v></c></row>",
        "<si><r><t>a&#x41;&amp;</t></r></si>", "<cellXfs><xf numFmtId=\"14\"/></cellXfs>");
    const std::uint64_t seed = 20'260'125;
    CAPTURE(seed);
    SeededRandom random(seed);
    for (const std::string& good : {markdown, xlsx}) {
        for (int i = 0; i < 150; ++i) {
            survives(good.substr(0, random.below(good.size())));
            std::string altered = good;
            for (std::uint64_t flips = 1 + random.below(4); flips > 0; --flips) {
                altered[random.below(altered.size())] = static_cast<char>(random.below(256));
            }
            survives(altered);
        }
    }
    for (int i = 0; i < 300; ++i) {
        Parts altered = parts;
        std::string& content = altered[random.below(altered.size())].second;
        content[random.below(content.size())] = static_cast<char>(random.below(256));
        survives(zipped(altered));
    }
}

}  // namespace
}  // namespace survey::forms
