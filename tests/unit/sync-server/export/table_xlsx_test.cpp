#include <catch2/catch.hpp>

#include "forms/xlsform/workbook.h"
#include "sync-server/export/render.h"
#include "tests/unit/sync-server/export/example.h"

using namespace survey;
using namespace survey::server;

namespace {

std::vector<std::string> row_of(const forms::Sheet& sheet, const std::string& first) {
    for (const forms::SheetRow& row : sheet.rows) {
        if (!row.cells.empty() && row.cells.front() == first) return row.cells;
    }
    return {};
}

}  // namespace

TEST_CASE("a workbook reads back with numbers, dots and notes", "[export][xlsx]") {
    const auto bytes = table_xlsx(example_scale());
    REQUIRE(bytes.has_value());
    const auto workbook = forms::read_workbook(*bytes);
    REQUIRE(workbook.has_value());
    REQUIRE(workbook->sheets.size() == 2);
    CHECK(workbook->sheets[0].name == "Table");
    CHECK(workbook->sheets[1].name == "Notes");
    CHECK(row_of(workbook->sheets[0], "=low & slow") ==
          std::vector<std::string>{"=low & slow", ".", ".", "300", "0.25", "310", "0.25"});
    CHECK(row_of(workbook->sheets[0], "high")[3] == "880");
    CHECK(row_of(workbook->sheets[0], "high")[4] == ".");
    CHECK(row_of(workbook->sheets[0], "Balance")[6] == "0.5");
    const std::string note(words(Language::kEnglish).note_suppressed);
    CHECK(row_of(workbook->sheets[1], note).size() == 1);
    CHECK(row_of(workbook->sheets[1], "high / South: earlier state").size() == 1);
}

TEST_CASE("the same table gives the same bytes", "[export][xlsx]") {
    CHECK(*table_xlsx(example()) == *table_xlsx(example()));
}

TEST_CASE("the workbook speaks German", "[export][xlsx]") {
    const auto workbook = forms::read_workbook(*table_xlsx(example(Language::kGerman)));
    REQUIRE(workbook.has_value());
    CHECK(workbook->sheets[0].name == "Tabelle");
    CHECK_FALSE(row_of(workbook->sheets[0], "Insgesamt").empty());
}
