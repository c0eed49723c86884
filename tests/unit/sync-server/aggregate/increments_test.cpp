#include "sync-server/aggregate/increments.h"

#include <catch2/catch.hpp>

#include "tests/unit/sync-server/aggregate/sample.h"

using namespace survey::server;

namespace {

struct Epoch {
    Columns columns = make_columns({select_one("a", {"x", "y"}), number("n")});
    Version then = 0;

    std::size_t in(SetKey key, bool mean = false) {
        Tabulation tabulation = table_of("t", "a");
        if (mean) tabulation.mean_of = std::string("n");
        const auto table = tabulate(columns, tabulation, columns.version());
        const std::vector<std::optional<Version>> shown(table->sets.size(), then);
        const auto measure = mean ? std::optional<QuestionIndex>(1) : std::nullopt;
        return involved(columns, *table, shown, measure, columns.version())[table->index(key)]
            .size();
    }
    void put(const std::string& instance, const std::string& revision, const Answer& a, double n) {
        REQUIRE(columns.put(instance, revision, instance, {a, Answer::of(n)}).has_value());
    }
};

const SetKey kX{SetKind::kRow, 0, kAll};
const SetKey kY{SetKind::kRow, 1, kAll};

}  // namespace

TEST_CASE("who is new, gone or moved makes a difference", "[aggregate][increments]") {
    Epoch epoch;
    epoch.put("stays", "r1", Answer::of("x"), 1);
    epoch.put("moves", "r1", Answer::of("x"), 1);
    epoch.put("goes", "r1", Answer::of("x"), 1);
    epoch.then = epoch.columns.version();
    CHECK(epoch.in(kX) == 0);
    epoch.put("comes", "r1", Answer::of("x"), 1);
    CHECK(epoch.in(kX) == 1);
    epoch.put("moves", "r2", Answer::of("y"), 1);
    CHECK(epoch.in(kX) == 2);
    CHECK(epoch.in(kY) == 1);
    epoch.columns.remove("goes");
    CHECK(epoch.in(kX) == 3);
    CHECK(epoch.in({}) == 2);
}

TEST_CASE("who comes back or leaves within one epoch makes none", "[aggregate][increments]") {
    Epoch epoch;
    epoch.put("a", "r1", Answer::of("x"), 1);
    epoch.then = epoch.columns.version();
    epoch.put("a", "r2", Answer::of("y"), 1);
    epoch.put("a", "r3", Answer::of("x"), 1);
    epoch.put("b", "r1", Answer::of("x"), 1);
    epoch.columns.remove("b");
    CHECK(epoch.in(kX) == 0);
    CHECK(epoch.in(kY) == 0);
}

TEST_CASE("another number in the same cell makes a difference to a mean only",
          "[aggregate][increments]") {
    Epoch epoch;
    epoch.put("a", "r1", Answer::of("x"), 1);
    epoch.then = epoch.columns.version();
    epoch.put("a", "r2", Answer::of("x"), 2);
    CHECK(epoch.in(kX) == 0);
    CHECK(epoch.in(kX, true) == 1);
}
