#include <catch2/catch.hpp>

#include "sync-server/export/render.h"
#include "tests/unit/sync-server/export/example.h"

using namespace survey::server;

TEST_CASE("CSV has one record per cell and says which are hidden", "[export][csv]") {
    const std::string csv = table_csv(example());
    CHECK(csv.rfind("row,row_label,column,column_label,answers,share,mean,status\r\n", 0) == 0);
    CHECK(csv.find("low,'=low & slow,north,North; upper,,,,suppressed\r\n") != std::string::npos);
    CHECK(csv.find("low,'=low & slow,south,South,300,0.25,,shown\r\n") != std::string::npos);
    CHECK(csv.find("high,high,south,South,880,,,earlier\r\n") != std::string::npos);
    CHECK(csv.find(",Total,,Total,1240,1,,shown\r\n") != std::string::npos);
    CHECK(csv[0] == 'r');
}

TEST_CASE("a German spreadsheet gets semicolons, decimal commas and its mark", "[export][csv]") {
    const std::string csv = table_csv(example(), {';', true});
    CHECK(csv.rfind("\xEF\xBB\xBFrow;", 0) == 0);
    CHECK(csv.find(";\"North; upper\";") != std::string::npos);
    CHECK(csv.find(";300;0,25;;shown") != std::string::npos);
}

TEST_CASE("no label becomes a formula or breaks a record", "[export][csv]") {
    for (const std::string label : {"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"}) {
        TableLabels labels = example_labels();
        labels.row.categories[0] = label;
        const std::string csv = table_csv(labelled(example_release(), labels, Language::kEnglish));
        CHECK(csv.find("," + label) == std::string::npos);
        CHECK(csv.find("'" + label) != std::string::npos);
    }
    TableLabels labels = example_labels();
    labels.row.categories[0] = "so \"called\",\r\nreally";
    const std::string csv = table_csv(labelled(example_release(), labels, Language::kEnglish));
    CHECK(csv.find("\"so \"\"called\"\",\r\nreally\"") != std::string::npos);
}
