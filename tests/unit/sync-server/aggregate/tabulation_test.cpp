#include "sync-server/aggregate/tabulation.h"

#include <catch2/catch.hpp>

#include "sync-server/aggregate/exact_table.h"
#include "tests/unit/sync-server/aggregate/sample.h"

using namespace survey;
using namespace survey::server;

namespace {

ExactTable exact(const Columns& columns, const Tabulation& tabulation) {
    auto table = tabulate(columns, tabulation, columns.version());
    REQUIRE(table.has_value());
    return *std::move(table);
}

std::uint64_t answers(const ExactTable& table, SetKey key) {
    return table.sets[table.index(key)].answers;
}

std::uint64_t left_out(const ExactTable& table, Side side, Standing standing) {
    return answers(table, {SetKind::kExcluded, static_cast<std::uint32_t>(side),
                           static_cast<std::uint32_t>(standing)});
}

/// The scale of the published example: 5, 10, 15, 40, 30 answers from 1 to 5, 8 + 2 who cannot or
/// will not say, 10 blank, 20 not asked.
Columns likert() {
    ColumnQuestion opinion = select_one("opinion", {"1", "2", "3", "4", "5"});
    opinion.cannot_say = {"dont_know", "refused"};
    Columns columns = make_columns({opinion});
    const std::vector<std::pair<std::string, int>> given{
        {"1", 5}, {"2", 10}, {"3", 15}, {"4", 40}, {"5", 30}, {"dont_know", 8}, {"refused", 2}};
    for (const auto& [option, count] : given)
        add_many(columns, count, {Answer::of(option)});
    add_many(columns, 10, {Answer::blank()});
    add_many(columns, 20, {Answer::not_asked()});
    return columns;
}

}  // namespace

TEST_CASE("a frequency table keeps the ways of not answering apart", "[aggregate][tabulation]") {
    Tabulation tabulation = table_of("t", "opinion");
    tabulation.scale = Scale{{"4", "5"}, {"1", "2"}};
    const ExactTable table = exact(likert(), tabulation);
    CHECK(answers(table, {}) == 100);
    CHECK(answers(table, {SetKind::kRow, 3, kAll}) == 40);
    CHECK(answers(table, {SetKind::kPositive, kAll, kAll}) == 70);
    CHECK(answers(table, {SetKind::kNegative, kAll, kAll}) == 15);
    CHECK(left_out(table, Side::kRow, Standing::kCannotSay) == 10);
    CHECK(left_out(table, Side::kRow, Standing::kBlank) == 10);
    CHECK(left_out(table, Side::kRow, Standing::kNotAsked) == 20);
}

TEST_CASE("a cross table counts cells, margins and organisations", "[aggregate][tabulation]") {
    Columns columns = from_counts({{4, 1}, {2, 3}});
    // A second answer of an organisation that is in the cell already.
    REQUIRE(columns.put("again", "r1", "org-many-0", {Answer::of("o1"), Answer::of("d1")}));
    const ExactTable table = exact(columns, table_of("t", "opinion", "district"));
    CHECK(answers(table, {SetKind::kInner, 0, 0}) == 5);
    CHECK(table.sets[table.index({SetKind::kInner, 0, 0})].organisations == 4);
    CHECK(answers(table, {SetKind::kRow, 0, kAll}) == 6);
    CHECK(answers(table, {SetKind::kColumn, kAll, 1}) == 4);
    CHECK(answers(table, {}) == 11);
    CHECK(table.sets[0].organisations == 10);
}

TEST_CASE("a corrected answer moves and a re-sent one does not count twice",
          "[aggregate][tabulation]") {
    Columns columns = from_counts({{4, 1}, {2, 3}});
    const Version before = columns.version();
    const std::vector<Answer> moved{Answer::of("o2"), Answer::of("d2")};
    REQUIRE(columns.put("many-0", "r2", "org-many-0", moved));
    REQUIRE(columns.put("many-0", "r2", "org-many-0", moved));
    const ExactTable now = exact(columns, table_of("t", "opinion", "district"));
    CHECK(answers(now, {SetKind::kInner, 0, 0}) == 3);
    CHECK(answers(now, {SetKind::kInner, 1, 1}) == 4);
    CHECK(answers(now, {}) == 10);
    const auto then = tabulate(columns, table_of("t", "opinion", "district"), before);
    CHECK(answers(*then, {SetKind::kInner, 0, 0}) == 4);
}

TEST_CASE("a multiple choice counts respondents in the base and marks in the rows",
          "[aggregate][tabulation]") {
    Columns columns = make_columns({select_many("topics", {"a", "b"})});
    add_many(columns, 6, {Answer::of(std::vector<std::string>{"a", "b"})});
    add_many(columns, 2, {Answer::of(std::vector<std::string>{"b"})});
    add_many(columns, 3, {Answer::blank()});
    const ExactTable table = exact(columns, table_of("t", "topics"));
    CHECK(answers(table, {}) == 8);
    CHECK(answers(table, {SetKind::kRow, 0, kAll}) == 6);
    CHECK(answers(table, {SetKind::kRow, 1, kAll}) == 8);
    CHECK(left_out(table, Side::kRow, Standing::kBlank) == 3);
}

TEST_CASE("classes are closed below, open at both ends", "[aggregate][tabulation]") {
    Columns columns = make_columns({number("staff")});
    for (const double staff : {-5.0, 9.9, 10.0, 49.9, 50.0, 1e9}) {
        add_many(columns, 1, {Answer::of(staff)});
    }
    Tabulation tabulation = table_of("t", "staff");
    tabulation.row.breaks = {10, 50};
    const ExactTable table = exact(columns, tabulation);
    CHECK(answers(table, {SetKind::kRow, 0, kAll}) == 2);
    CHECK(answers(table, {SetKind::kRow, 1, kAll}) == 2);
    CHECK(answers(table, {SetKind::kRow, 2, kAll}) == 2);
}

TEST_CASE("a mean counts only who gave the number, and knows its largest contributors",
          "[aggregate][tabulation]") {
    Columns columns = make_columns({select_one("branch", {"x", "y"}, true), number("turnover")});
    REQUIRE(columns.put("i1", "r", "big", {Answer::of("x"), Answer::of(60.0)}));
    REQUIRE(columns.put("i2", "r", "big", {Answer::of("x"), Answer::of(20.0)}));
    REQUIRE(columns.put("i3", "r", "small", {Answer::of("x"), Answer::of(-10.0)}));
    REQUIRE(columns.put("i4", "r", "other", {Answer::of("y"), Answer::of(5.0)}));
    REQUIRE(columns.put("i5", "r", "shy", {Answer::of("x"), Answer::blank()}));
    Tabulation tabulation = table_of("t", "branch");
    tabulation.mean_of = "turnover";
    const ExactTable table = exact(columns, tabulation);
    const ExactSet& x = table.sets[table.index({SetKind::kRow, 0, kAll})];
    CHECK(x.answers == 3);
    CHECK(x.organisations == 2);
    CHECK(x.sum == 70.0);
    CHECK(x.largest == 80.0);
    CHECK(x.second == 10.0);
    CHECK(x.absolute == 90.0);
    CHECK(left_out(table, Side::kMeasure, Standing::kBlank) == 1);
}

TEST_CASE("a filter keeps the answers that chose one of its options", "[aggregate][tabulation]") {
    Tabulation tabulation = table_of("t", "opinion");
    tabulation.filter = Filter{"district", {"d2", "d3"}};
    const ExactTable table = exact(from_counts({{4, 1, 7}, {2, 3, 1}}), tabulation);
    CHECK(answers(table, {}) == 12);
    CHECK(answers(table, {SetKind::kRow, 0, kAll}) == 8);
}

TEST_CASE("a table that cannot be made says why", "[aggregate][tabulation]") {
    Columns columns = make_columns(
        {select_one("opinion", {"1", "2"}), select_many("topics", {"a"}), number("staff")});
    const auto wrong = [&columns](Tabulation tabulation, ErrorCode code) {
        const auto result = check(columns, tabulation);
        REQUIRE_FALSE(result.has_value());
        CHECK(result.error().code == code);
        CHECK_FALSE(tabulate(columns, tabulation, 0).has_value());
    };
    wrong(table_of("t", "nowhere"), ErrorCode::kNotFound);
    wrong(table_of("t", "opinion", "nowhere"), ErrorCode::kNotFound);
    wrong(table_of("t", "opinion", "opinion"), ErrorCode::kInvalidInput);
    Tabulation tabulation = table_of("t", "opinion");
    tabulation.row.breaks = {1};
    wrong(tabulation, ErrorCode::kInvalidInput);
    tabulation = table_of("t", "staff");
    tabulation.row.breaks = {10, 10};
    wrong(tabulation, ErrorCode::kInvalidInput);
    tabulation = table_of("t", "opinion");
    tabulation.filter = Filter{"topics", {"z"}};
    wrong(tabulation, ErrorCode::kNotFound);
    tabulation.filter = Filter{"staff", {}};
    wrong(tabulation, ErrorCode::kInvalidInput);
    tabulation = table_of("t", "opinion");
    tabulation.mean_of = "topics";
    wrong(tabulation, ErrorCode::kInvalidInput);
    tabulation = table_of("t", "opinion");
    tabulation.scale = Scale{{"1"}, {"1"}};
    wrong(tabulation, ErrorCode::kInvalidInput);
    tabulation = table_of("t", "topics");
    tabulation.scale = Scale{{"a"}, {}};
    wrong(tabulation, ErrorCode::kInvalidInput);
}

TEST_CASE("a table too large for anybody is refused", "[aggregate][tabulation]") {
    std::vector<std::string> many;
    for (int i = 0; i < 200; ++i)
        many.push_back("o" + std::to_string(i));
    Columns columns = make_columns({select_one("a", many), select_one("b", many)});
    CHECK(check(columns, table_of("t", "a")).has_value());
    CHECK(check(columns, table_of("t", "a", "b")).error().code == ErrorCode::kLimit);
}

TEST_CASE("equal breaks are round, ascending, and none for a few organisations",
          "[aggregate][tabulation]") {
    Columns columns = make_columns({number("staff")});
    for (int i = 0; i < 9; ++i)
        add_many(columns, 1, {Answer::of(10.0 * i)});
    CHECK(equal_breaks(columns, 0, columns.version(), 5).empty());
    for (int i = 9; i < 100; ++i)
        add_many(columns, 1, {Answer::of(10.0 * i)});
    CHECK(equal_breaks(columns, 0, columns.version(), 5) ==
          std::vector<double>{200, 400, 600, 800});
    CHECK(equal_breaks(columns, 0, columns.version(), 1).empty());
}
