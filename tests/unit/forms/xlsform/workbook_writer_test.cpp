#include "forms/xlsform/workbook_writer.h"

#include <string>

#include <catch2/catch.hpp>

#include "forms/xlsform/convert.h"

namespace survey::forms {
namespace {

Workbook small_workbook() {
    return Workbook{{Sheet{"survey",
                           {SheetRow{1, 0, {"type", "name", "label"}},
                            SheetRow{2, 0, {"text", "a", "Zwei\nZeilen & <Zeichen>"}},
                            SheetRow{4, 0, {"integer", "b", "=1+1"}}}},
                     Sheet{"choices", {SheetRow{1, 0, {"list_name", "", "name"}}}}},
                    true};
}

TEST_CASE("a workbook that was written reads back as it was", "[xlsform][xlsx]") {
    const Workbook book = small_workbook();
    const auto bytes = write_xlsx(book);
    REQUIRE(bytes);
    const auto again = read_workbook(*bytes);
    REQUIRE(again);
    CHECK(again->is_spreadsheet);
    REQUIRE(again->sheets.size() == 2);
    CHECK(again->sheets[0].name == "survey");
    REQUIRE(again->sheets[0].rows.size() == 3);
    CHECK(again->sheets[0].rows[1].cells == book.sheets[0].rows[1].cells);
    CHECK(again->sheets[0].rows[2].number == 4);
    CHECK(again->sheets[0].rows[2].cells[2] == "=1+1");
    CHECK(again->sheets[1].rows[0].cells == std::vector<std::string>{"list_name", "", "name"});
}

TEST_CASE("equal workbooks are written as equal bytes", "[xlsform][xlsx]") {
    const auto one = write_xlsx(small_workbook());
    const auto two = write_xlsx(small_workbook());
    REQUIRE(one);
    REQUIRE(two);
    CHECK(*one == *two);
}

TEST_CASE("a form in Markdown can be shipped as a spreadsheet", "[xlsform][xlsx]") {
    const auto book =
        read_workbook("| survey |\n| | type | name | label |\n| | text | a | Äpfel |\n");
    REQUIRE(book);
    const auto bytes = write_xlsx(*book);
    REQUIRE(bytes);
    const ConvertedForm form = convert_xlsform(*bytes);
    CHECK(form.xform);
    CHECK(form.diagnostics.empty());
}

TEST_CASE("what a spreadsheet cannot hold is refused with a sentence", "[xlsform][xlsx]") {
    const auto refused = [](Workbook book) {
        const auto bytes = write_xlsx(book);
        return bytes ? "accepted" : bytes.error().message;
    };
    CHECK(refused(Workbook{}) == "there is no sheet to write");
    CHECK(refused(Workbook{{Sheet{"a/b", {}}}, true}).find("cannot have the name \"a/b\"") !=
          std::string::npos);
    CHECK(refused(Workbook{{Sheet{"same", {}}, Sheet{"SAME", {}}}, true})
              .find("use each name once") != std::string::npos);
    const std::string long_text(40'000, 'x');
    CHECK(refused(Workbook{{Sheet{"s", {SheetRow{1, 0, {long_text}}}}}, true})
              .find("no cell can hold") != std::string::npos);
    const std::string fits(32'767, 'x');
    CHECK(refused(Workbook{{Sheet{"s", {SheetRow{1, 0, {fits}}}}}, true}) == "accepted");
}

}  // namespace
}  // namespace survey::forms
