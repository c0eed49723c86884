// What a crash, a full disk and a damaged file do to a database.

#include <csignal>
#include <fstream>
#include <string>

#include <catch2/catch.hpp>

#include "common/db/database.h"
#include "tests/support/child.h"
#include "tests/support/temp_dir.h"

using namespace survey;
using survey::test::run_child;
using survey::test::TempDir;

namespace {

constexpr std::string_view kSteps[] = {
    "CREATE TABLE note(id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;"};
const Schema kSchema{0x57544553, "the test database", kSteps};

Result<std::unique_ptr<Database>> open(const std::string& path, std::int64_t pages_max = 0) {
    return Database::open(path, kSchema,
                          {DatabaseRole::kOnly, std::chrono::milliseconds(20), pages_max});
}

Result<std::int64_t> count(Database& db) {
    TRY_ASSIGN(Statement statement, db.query("SELECT count(*) FROM note"));
    TRY_ASSIGN(const bool row, statement.step());
    return row ? statement.integer(0) : -1;
}

Result<void> add_many(Database& db, int rows) {
    for (int i = 0; i < rows; ++i) {
        TRY(db.run("INSERT INTO note(text) VALUES(?1)", std::string(500, 'x')));
    }
    return {};
}

}  // namespace

TEST_CASE("a process killed in mid-transaction leaves the last commit", "[db][crash]") {
    const TempDir dir;
    for (int round = 1; round <= 5; ++round) {
        CAPTURE(round);
        const int ended_by = run_child([&] {
            auto db = open(dir / "a.db");
            if (!db || !add_many(**db, 3)) return;
            auto transaction = Transaction::begin(**db);
            if (!transaction || !add_many(**db, 10 * round)) return;
            std::raise(SIGKILL);
        });
        REQUIRE(ended_by == SIGKILL);
        auto db = open(dir / "a.db");
        REQUIRE(db);
        CHECK(*count(**db) == 3 * round);
        CHECK((*db)->check_integrity());
    }
}

TEST_CASE("what was committed before the kill is there", "[db][crash]") {
    const TempDir dir;
    const int ended_by = run_child([&] {
        auto db = open(dir / "a.db");
        if (!db) return;
        const Result<void> done =
            with_transaction(**db, [&]() -> Result<void> { return add_many(**db, 50); });
        if (done) std::raise(SIGKILL);
    });
    REQUIRE(ended_by == SIGKILL);
    auto db = open(dir / "a.db");
    REQUIRE(db);
    CHECK(*count(**db) == 50);
}

TEST_CASE("a full disk is said so, undoes the work, and goes on after reopening", "[db][full]") {
    const TempDir dir;
    auto db = open(dir / "a.db", 20);
    REQUIRE(db);
    REQUIRE(add_many(**db, 5));
    const Result<void> full =
        with_transaction(**db, [&]() -> Result<void> { return add_many(**db, 1000); });
    REQUIRE_FALSE(full);
    CHECK(full.error().code == ErrorCode::kUnavailable);
    CHECK(full.error().message.find("disk is full") != std::string::npos);
    CHECK_FALSE((*db)->in_transaction());
    REQUIRE((*db)->reopen());
    CHECK(*count(**db) == 5);
    CHECK(add_many(**db, 1));
}

TEST_CASE("a full disk in a single statement marks the connection broken", "[db][full]") {
    const TempDir dir;
    auto db = open(dir / "a.db", 20);
    REQUIRE(db);
    CHECK_FALSE(add_many(**db, 1000));
    REQUIRE((*db)->is_broken());
    const auto refused = (*db)->run("DELETE FROM note");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message.find("opened again") != std::string::npos);
    REQUIRE((*db)->reopen());
    CHECK_FALSE((*db)->is_broken());
    CHECK((*db)->run("DELETE FROM note"));
    CHECK((*db)->check_integrity());
}

TEST_CASE("a damaged page is reported, not read", "[db][corrupt]") {
    const TempDir dir;
    {
        auto db = open(dir / "a.db");
        REQUIRE(db);
        REQUIRE(add_many(**db, 200));
        REQUIRE((*db)->checkpoint());
    }
    {
        // Everything after the first two pages becomes garbage.
        std::fstream file(dir / "a.db", std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(4096 * 2);
        file << std::string(4096 * 10, '\x5A');
    }
    auto db = open(dir / "a.db");
    if (!db) {
        CHECK(db.error().code == ErrorCode::kCorrupt);
        return;
    }
    const auto rows = count(**db);
    REQUIRE_FALSE(rows);
    CHECK(rows.error().code == ErrorCode::kCorrupt);
    CHECK((*db)->is_broken());
}

TEST_CASE("damage is found at the first opening after a crash", "[db][corrupt]") {
    const TempDir dir;
    const int ended_by = run_child([&] {
        auto db = open(dir / "a.db");
        if (!db || !add_many(**db, 200) || !(*db)->checkpoint()) return;
        std::raise(SIGKILL);
    });
    REQUIRE(ended_by == SIGKILL);
    {
        std::fstream file(dir / "a.db", std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(4096 * 8);
        file << std::string(4096 * 4, '\x5A');
    }
    const auto db = open(dir / "a.db");
    REQUIRE_FALSE(db);
    CHECK(db.error().code == ErrorCode::kCorrupt);
    CHECK(db.error().message.find("keep a copy") != std::string::npos);
}
