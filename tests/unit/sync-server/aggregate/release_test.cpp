#include "sync-server/aggregate/release.h"

#include <catch2/catch.hpp>

#include "tests/unit/sync-server/aggregate/sample.h"

using namespace survey;
using namespace survey::server;

namespace {

ReleasedTable release_one(const Columns& columns, const Tabulation& tabulation, Ledger& ledger) {
    auto released = release(columns, {&tabulation, 1}, Rules{}, columns.version(), ledger);
    REQUIRE(released.has_value());
    return std::move(released->tables.front());
}

ReleasedTable release_first(const Columns& columns, const Tabulation& tabulation) {
    Ledger ledger;
    return release_one(columns, tabulation, ledger);
}

const SetKey kTotal{};

}  // namespace

TEST_CASE("a safe table is released whole, with shares and their bases", "[aggregate][release]") {
    const ReleasedTable table =
        release_first(from_counts({{20, 50}, {8, 12}}), table_of("t", "opinion", "district"));
    CHECK(table.complete());
    CHECK(table.suppressed_cells() == 0);
    CHECK(table.total()->answers == 90);
    CHECK(table.cell(1, 0)->answers == 8);
    CHECK(*table.column_share(0, 0) == Approx(20.0 / 28));
    CHECK(*table.row_share(0, 1) == Approx(50.0 / 70));
    CHECK(*table.total_share(1, 1) == Approx(12.0 / 90));
}

TEST_CASE("small, empty and protecting cells look the same", "[aggregate][release]") {
    const ReleasedTable table =
        release_first(from_counts({{3, 20, 9, 0}, {30, 20, 9, 14}, {11, 12, 13, 15}}),
                      table_of("t", "opinion", "district"));
    CHECK(table.cell(0, 0) == nullptr);
    CHECK(table.cell(0, 3) == nullptr);
    CHECK(table.suppressed_cells() >= 4);
    for (std::uint32_t r = 0; r < 3; ++r) {
        for (std::uint32_t c = 0; c < 4; ++c) {
            if (table.cell(r, c) != nullptr) continue;
            CHECK_FALSE(table.column_share(r, c));
            CHECK_FALSE(table.row_share(r, c));
            CHECK_FALSE(table.total_share(r, c));
        }
    }
    CHECK_FALSE(table.complete());
}

TEST_CASE("five answers of four organisations are too few", "[aggregate][release]") {
    Columns columns = make_columns({select_one("opinion", {"yes", "no"})});
    add_many(columns, 30, {Answer::of("yes")});
    for (int i = 0; i < 5; ++i) {
        REQUIRE(columns.put("n" + std::to_string(i), "r", "no-" + std::to_string(i % 4),
                            {Answer::of("no")}));
    }
    const ReleasedTable table = release_first(columns, table_of("t", "opinion"));
    CHECK(table.cell(1, kAll) == nullptr);
    CHECK(table.cell(0, kAll) == nullptr);
    CHECK(table.total()->answers == 35);
}

TEST_CASE("a small group of one opinion is not shown", "[aggregate][release]") {
    const ReleasedTable table = release_first(from_counts({{12, 20, 30}, {0, 20, 25}}),
                                              table_of("t", "opinion", "district"));
    CHECK(table.cell(0, 0) == nullptr);
    // Its base is as good as the answer, and the total minus the other bases is the base.
    CHECK(table.find({SetKind::kColumn, kAll, 0}) == nullptr);
    const bool one_left = table.find({SetKind::kColumn, kAll, 1}) != nullptr &&
                          table.find({SetKind::kColumn, kAll, 2}) != nullptr;
    CHECK_FALSE(one_left);
    const ReleasedTable large = release_first(from_counts({{24, 20, 30}, {0, 20, 25}}),
                                              table_of("t", "opinion", "district"));
    CHECK(large.cell(0, 0)->answers == 24);
}

TEST_CASE("everybody in one district is no secret about an opinion", "[aggregate][release]") {
    Columns columns = make_columns({select_one("district", {"d1", "d2"}, true)});
    add_many(columns, 12, {Answer::of("d1")});
    CHECK(release_first(columns, table_of("t", "district")).cell(0, kAll)->answers == 12);
}

TEST_CASE("balance and top-2 survive a small option and vanish with a small side",
          "[aggregate][release]") {
    Tabulation tabulation = table_of("t", "opinion");
    tabulation.scale = Scale{{"o4", "o5"}, {"o1", "o2"}};
    const ReleasedTable table =
        release_first(from_counts({{2}, {13}, {15}, {40}, {30}}), tabulation);
    CHECK(table.cell(0, kAll) == nullptr);
    CHECK(table.cell(1, kAll) == nullptr);
    const ScaleSummary summary = table.scale(kAll);
    CHECK(*summary.positive == Approx(0.70));
    CHECK(*summary.negative == Approx(0.15));
    CHECK(*summary.balance == Approx(0.55));
    const ReleasedTable poor = release_first(from_counts({{2}, {1}, {15}, {40}, {30}}), tabulation);
    CHECK_FALSE(poor.scale(kAll).negative);
    CHECK_FALSE(poor.scale(kAll).balance);
}

TEST_CASE("item nonresponse leaves out who was not asked", "[aggregate][release]") {
    ColumnQuestion opinion = select_one("opinion", {"1", "2", "3", "4", "5"});
    opinion.cannot_say = {"dk"};
    Columns columns = make_columns({opinion});
    const std::vector<int> counts{5, 10, 15, 40, 30};
    for (std::size_t i = 0; i < counts.size(); ++i) {
        add_many(columns, counts[i], {Answer::of(std::to_string(i + 1))});
    }
    add_many(columns, 10, {Answer::of("dk")});
    add_many(columns, 10, {Answer::blank()});
    add_many(columns, 20, {Answer::not_asked()});
    CHECK(*release_first(columns, table_of("t", "opinion")).item_nonresponse() ==
          Approx(0.166667).margin(1e-6));
}

TEST_CASE("one blank answer does not cost the base of a question", "[aggregate][release]") {
    Columns columns = make_columns({select_one("a", {"y", "n"}), select_one("b", {"y", "n"})});
    add_many(columns, 30, {Answer::of("y"), Answer::of("n")});
    add_many(columns, 30, {Answer::of("n"), Answer::of("y")});
    add_many(columns, 1, {Answer::of("n"), Answer::blank()});
    const std::vector<Tabulation> both{table_of("a", "a"), table_of("b", "b")};
    Ledger ledger;
    const auto released = release(columns, both, Rules{}, columns.version(), ledger);
    CHECK(released->tables[0].total()->answers == 61);
    CHECK(released->tables[1].total()->answers == 60);
    CHECK(released->tables[1].excluded(Side::kRow, Standing::kBlank)->answers == 1);
}

TEST_CASE("a filter that leaves out three firms is not released beside the whole",
          "[aggregate][release]") {
    const Columns columns = from_counts({{20, 2}, {18, 1}});
    Tabulation part = table_of("part", "opinion");
    part.filter = Filter{"district", {"d1"}};
    Ledger ledger;
    CHECK(release_one(columns, table_of("all", "opinion"), ledger).total()->answers == 41);
    const ReleasedTable released = release_one(columns, part, ledger);
    CHECK(released.total() == nullptr);
    CHECK(released.suppressed_cells() == 2);
}

TEST_CASE("a mean that one firm dominates is hidden, a balanced one is not",
          "[aggregate][release]") {
    Columns columns = make_columns({select_one("branch", {"x", "y"}, true), number("turnover")});
    for (int i = 0; i < 8; ++i) {
        add_many(columns, 1, {Answer::of("x"), Answer::of(100.0 + i)});
        add_many(columns, 1, {Answer::of("y"), Answer::of(i == 0 ? 90'000.0 : 10.0)});
    }
    Tabulation tabulation = table_of("t", "branch");
    tabulation.mean_of = "turnover";
    Ledger ledger;
    const ReleasedTable table = release_one(columns, tabulation, ledger);
    CHECK(table.cell(1, kAll) == nullptr);
    CHECK(table.total() == nullptr);  // dominated by the same firm
    CHECK(*table.cell(0, kAll)->mean == Approx(103.5));
}

TEST_CASE("a re-sent answer changes nothing and a single new one does not show",
          "[aggregate][release]") {
    Columns columns = from_counts({{20, 30}, {18, 15}});
    const Tabulation tabulation = table_of("t", "opinion", "district");
    Ledger ledger;
    const ReleasedTable first = release_one(columns, tabulation, ledger);
    REQUIRE(columns.put("many-0", "r1", "org-many-0", {Answer::of("o1"), Answer::of("d1")}));
    CHECK(release_one(columns, tabulation, ledger).numbers == first.numbers);
    add_many(columns, 1, {Answer::of("o1"), Answer::of("d1")});
    CHECK(release_one(columns, tabulation, ledger).numbers == first.numbers);
    CHECK(release_one(columns, tabulation, ledger).numbers == first.numbers);
}

TEST_CASE("enough new answers refresh the cells they fall into", "[aggregate][release]") {
    Columns columns = from_counts({{20, 30}, {18, 15}});
    const Tabulation tabulation = table_of("t", "opinion", "district");
    Ledger ledger;
    const ReleasedTable first = release_one(columns, tabulation, ledger);
    add_many(columns, 7, {Answer::of("o1"), Answer::of("d1")});
    const ReleasedTable second = release_one(columns, tabulation, ledger);
    CHECK(second.total()->answers == 90);
    CHECK(second.cell(0, 0)->answers == 27);
    CHECK(second.cell(0, 0)->as_of == columns.version());
    CHECK(*second.cell(1, 1) == *first.cell(1, 1));
    // Numbers of two states are not divided by one another.
    CHECK_FALSE(second.total_share(1, 1));
    CHECK(second.column_share(0, 0));
}

TEST_CASE("a correction within a cell involves nobody, one across cells waits for company",
          "[aggregate][release]") {
    Columns columns = from_counts({{20, 30}, {18, 15}});
    const Tabulation tabulation = table_of("t", "opinion", "district");
    Ledger ledger;
    const ReleasedTable first = release_one(columns, tabulation, ledger);
    REQUIRE(columns.put("many-0", "r2", "org-many-0", {Answer::of("o2"), Answer::of("d1")}));
    CHECK(release_one(columns, tabulation, ledger).numbers == first.numbers);
    for (int i = 1; i < 6; ++i) {
        const std::string name = "many-" + std::to_string(i);
        REQUIRE(columns.put(name, "r2", "org-" + name, {Answer::of("o2"), Answer::of("d1")}));
    }
    const ReleasedTable later = release_one(columns, tabulation, ledger);
    CHECK(later.cell(0, 0)->answers == 14);
    CHECK(later.cell(1, 0)->answers == 24);
    CHECK(later.total()->answers == 83);
}

TEST_CASE("an erased answer stays in the released numbers until others change too",
          "[aggregate][release]") {
    Columns columns = from_counts({{20, 30}, {18, 15}});
    const Tabulation tabulation = table_of("t", "opinion", "district");
    Ledger ledger;
    const ReleasedTable first = release_one(columns, tabulation, ledger);
    REQUIRE(columns.remove("many-3"));
    CHECK(release_one(columns, tabulation, ledger).numbers == first.numbers);
}

TEST_CASE("a release with a wrong request changes nothing", "[aggregate][release]") {
    const Columns columns = from_counts({{20, 30}, {18, 15}});
    const Tabulation good = table_of("t", "opinion");
    Ledger ledger;
    const auto refused = [&](std::vector<Tabulation> tables, const Rules& rules, Version as_of) {
        const auto result = release(columns, tables, rules, as_of, ledger);
        REQUIRE_FALSE(result.has_value());
        return result.error().code;
    };
    const Version now = columns.version();
    CHECK(refused({good, good}, Rules{}, now) == ErrorCode::kInvalidInput);
    CHECK(refused({table_of("", "opinion")}, Rules{}, now) == ErrorCode::kInvalidInput);
    CHECK(refused({table_of("t", "nowhere")}, Rules{}, now) == ErrorCode::kNotFound);
    CHECK(refused({good}, Rules{}, now + 1) == ErrorCode::kInvalidInput);
    CHECK(refused({good}, Rules{2, 20, 15}, now) == ErrorCode::kInvalidInput);
    CHECK(refused({good}, Rules{kSampleMax + 1, 20, 15}, now) == ErrorCode::kInvalidInput);
    CHECK(refused({good}, Rules{5, 20, 0}, now) == ErrorCode::kInvalidInput);
    CHECK(ledger.entries.empty());
    release_one(columns, good, ledger);
    CHECK(refused({table_of("t", "district")}, Rules{}, now) == ErrorCode::kConflict);
    CHECK(refused({good}, Rules{}, now - 1) == ErrorCode::kInvalidInput);
}

TEST_CASE("the ledger is made again from its entries and goes on as before",
          "[aggregate][release]") {
    Columns columns = from_counts({{20, 3, 9}, {18, 15, 30}});
    const std::vector<Tabulation> tables{table_of("t", "opinion", "district"),
                                         table_of("u", "opinion")};
    Ledger ledger;
    const Version at = columns.version();
    REQUIRE(release(columns, tables, Rules{}, at, ledger));
    Ledger again;
    REQUIRE(replay(columns, tables, Rules{}, at, ledger.entries, again));
    add_many(columns, 9, {Answer::of("o1"), Answer::of("d2")});
    const auto one = release(columns, tables, Rules{}, columns.version(), ledger);
    const auto two = release(columns, tables, Rules{}, columns.version(), again);
    CHECK(one->tables == two->tables);
    CHECK(ledger.entries == again.entries);
}

TEST_CASE("a ledger written under other rules stays published after a restart",
          "[aggregate][release]") {
    const Columns columns = from_counts({{20, 4, 9}, {18, 15, 30}});
    const std::vector<Tabulation> tables{table_of("t", "opinion", "district")};
    Ledger ledger;
    REQUIRE(release(columns, tables, Rules{3, 20, 15}, columns.version(), ledger));
    Ledger again;
    REQUIRE(replay(columns, tables, Rules{}, columns.version(), ledger.entries, again));
    CHECK(again.entries == ledger.entries);
    CHECK(again.known.counts.rank() == ledger.known.counts.rank());
}

TEST_CASE("a ledger that does not fit the answers is corrupt", "[aggregate][release]") {
    const Columns columns = from_counts({{20, 30}, {18, 15}});
    const std::vector<Tabulation> tables{table_of("t", "opinion", "district")};
    Ledger ledger;
    REQUIRE(release(columns, tables, Rules{}, columns.version(), ledger));
    const auto broken = [&](auto change) {
        std::vector<LedgerEntry> entries = ledger.entries;
        change(entries.front());
        Ledger again;
        const auto result = replay(columns, tables, Rules{}, columns.version(), entries, again);
        REQUIRE_FALSE(result.has_value());
        CHECK(result.error().code == ErrorCode::kCorrupt);
        CHECK(again.entries.empty());
    };
    broken([](LedgerEntry& entry) { ++entry.number.answers; });
    broken([](LedgerEntry& entry) { entry.table = "other"; });
    broken([](LedgerEntry& entry) { entry.key = {SetKind::kInner, 7, 7}; });
    broken([](LedgerEntry& entry) { ++entry.number.as_of; });
}
