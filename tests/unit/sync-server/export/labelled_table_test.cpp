#include "sync-server/export/labelled_table.h"

#include <algorithm>

#include <catch2/catch.hpp>

#include "tests/unit/sync-server/export/example.h"

using namespace survey::server;

TEST_CASE("a table gets its labels, totals last", "[export][labels]") {
    const LabelledTable table = example();
    CHECK(table.columns == std::vector<std::string>{"North; upper", "South", "Total"});
    REQUIRE(table.rows.size() == 3);
    CHECK(table.rows[0].label == "=low & slow");
    CHECK(table.rows[0].cells[1].answers == 300U);
    CHECK(*table.rows[0].cells[1].share == Approx(0.25));
    CHECK(table.rows[0].cells[1].interval->low < 0.25);
    CHECK(table.rows[2].cells[2].answers == 1'240U);
}

TEST_CASE("a suppressed number has no share, interval or mean", "[export][labels]") {
    const LabelledCell& cell = example().rows[0].cells[0];
    CHECK_FALSE(cell.answers);
    CHECK_FALSE(cell.share);
    CHECK_FALSE(cell.interval);
    CHECK_FALSE(cell.mean);
}

TEST_CASE("a number of an earlier state is marked and gets no share", "[export][labels]") {
    const LabelledCell& cell = example().rows[1].cells[1];
    CHECK(cell.answers == 880U);
    CHECK(cell.older);
    CHECK_FALSE(cell.share);
}

TEST_CASE("the summary is one true sentence in the reader's language", "[export][labels]") {
    CHECK(example().summary == "The highest number shown is “high” with 75% of 1,240 answers.");
    CHECK(example(Language::kGerman).summary ==
          "Die höchste gezeigte Angabe ist „high“ mit 75\u00A0% von 1.240 Antworten.");
    ReleasedTable empty = example_release();
    empty.numbers.clear();
    CHECK(labelled(empty, {}, Language::kEnglish).summary ==
          "No overall statement can be shown for this table.");
}

TEST_CASE("notes explain what occurs and nothing else", "[export][labels]") {
    const auto has = [](const LabelledTable& table, std::string_view note) {
        return std::find(table.notes.begin(), table.notes.end(), note) != table.notes.end();
    };
    const Words& w = words(Language::kEnglish);
    CHECK(has(example(), w.note_suppressed));
    CHECK(has(example(), w.note_older));
    CHECK_FALSE(has(example(), w.note_several));
    ReleasedTable plain = example_release();
    plain.column.reset();
    plain.numbers[{SetKind::kExcluded, 0, 0}] = {};
    const LabelledTable whole = labelled(plain, {}, Language::kEnglish);
    CHECK_FALSE(has(whole, w.note_older));
    // No note may tell the threshold.
    for (const std::string& note : example().notes)
        CHECK(note.find(" 5 ") == std::string::npos);
}

TEST_CASE("missing labels fall back to names", "[export][labels]") {
    TableLabels few;
    few.row.categories = {"only one"};
    const LabelledTable table = labelled(example_release(), few, Language::kEnglish);
    CHECK(table.title == "opinion");
    CHECK(table.rows[0].label == "only one");
    CHECK(table.rows[1].label == "high");
    CHECK(table.columns[0] == "north");
}

TEST_CASE("a table of means carries them beside the counts", "[export][labels]") {
    ReleasedTable table = example_release();
    table.mean_of = "turnover";
    table.numbers[{}].mean = 12.25;
    TableLabels labels = example_labels();
    labels.mean_of = "Turnover";
    const LabelledTable result = labelled(table, labels, Language::kEnglish);
    CHECK(result.mean_of == "Turnover");
    CHECK(*result.rows[2].cells[2].mean == 12.25);
    CHECK_FALSE(result.rows[0].cells[0].mean);
}

TEST_CASE("classes are put in words", "[export][labels]") {
    ReleasedTable table;
    table.row = {"staff", {"", "10", "49.5"}, {10, 49.5}, false, true};
    const LabelledTable german = labelled(table, {}, Language::kGerman);
    CHECK(german.rows[0].label == "unter 10");
    CHECK(german.rows[1].label == "10 bis unter 49,5");
    CHECK(german.rows[2].label == "49,5 und mehr");
    CHECK(german.rows[0].name == "class1");
}

TEST_CASE("who gave no answer stands apart, without the kinds that do not occur",
          "[export][labels]") {
    const LabelledTable table = example();
    const auto says = [&table](std::string_view word) {
        return std::any_of(table.left_out.begin(), table.left_out.end(), [word](const auto& left) {
            return left.label == "How do you see it? – " + std::string(word);
        });
    };
    CHECK(says("not answered"));
    CHECK_FALSE(says("cannot say"));
}
