#include "common/db/database.h"

#include <fstream>
#include <string>

#include <catch2/catch.hpp>
#include <sys/stat.h>

#include "tests/support/temp_dir.h"

using namespace survey;
using survey::test::TempDir;

namespace {

constexpr std::string_view kSteps[] = {
    "CREATE TABLE note(id INTEGER PRIMARY KEY, text TEXT NOT NULL, blob BLOB) STRICT;",
    "ALTER TABLE note ADD COLUMN stars INTEGER;"};
const Schema kOld{0x57544553, "the test database", std::span(kSteps).first(1)};
const Schema kNew{0x57544553, "the test database", kSteps};

DatabaseOptions options(DatabaseRole role = DatabaseRole::kOnly) {
    return {role, std::chrono::milliseconds(20), 0};
}

std::unique_ptr<Database> open_new(const std::string& path,
                                   DatabaseRole role = DatabaseRole::kOnly) {
    auto db = Database::open(path, kNew, options(role));
    if (!db) FAIL(db.error().message);
    return *std::move(db);
}

std::int64_t count(Database& db) {
    auto statement = db.query("SELECT count(*) FROM note");
    REQUIRE(statement);
    REQUIRE(*statement->step());
    return statement->integer(0);
}

Result<std::int64_t> add(Database& db, const std::string& text) {
    return db.run("INSERT INTO note(text) VALUES(?1)", text);
}

}  // namespace

TEST_CASE("values come back as they were bound", "[db]") {
    const TempDir dir;
    const auto db = open_new(dir / "a.db");
    const std::string with_zero("a\0b", 3);
    REQUIRE(db->run("INSERT INTO note(id, text, blob, stars) VALUES(?1, ?2, ?3, ?4)",
                    std::int64_t{7}, "Größe", Blob{with_zero}, std::optional<std::int64_t>()));
    auto row = db->query("SELECT text, blob, stars, id FROM note WHERE id = ?1", 7);
    REQUIRE(row);
    REQUIRE(*row->step());
    CHECK(row->text(0) == "Größe");
    CHECK(row->bytes(1) == with_zero);
    CHECK(row->is_null(2));
    CHECK(row->integer(3) == 7);
    CHECK_FALSE(*row->step());
}

TEST_CASE("an empty text is not NULL", "[db]") {
    const TempDir dir;
    const auto db = open_new(dir / "a.db");
    CHECK(db->run("INSERT INTO note(text) VALUES(?1)", std::string_view()));
    CHECK_FALSE(db->run("INSERT INTO note(text) VALUES(?1)", nullptr));
}

TEST_CASE("a statement in use can be prepared again", "[db]") {
    const TempDir dir;
    const auto db = open_new(dir / "a.db");
    REQUIRE(add(*db, "x"));
    REQUIRE(add(*db, "y"));
    auto outer = db->query("SELECT id FROM note ORDER BY id");
    REQUIRE(outer);
    int rows = 0;
    while (*outer->step()) {
        auto inner = db->query("SELECT id FROM note ORDER BY id");
        REQUIRE(inner);
        while (*inner->step())
            ++rows;
    }
    CHECK(rows == 4);
}

TEST_CASE("work that fails leaves nothing behind", "[db]") {
    const TempDir dir;
    const auto db = open_new(dir / "a.db");
    const Result<void> result = with_transaction(*db, [&]() -> Result<void> {
        TRY(add(*db, "first"));
        return fail(ErrorCode::kConflict, "no");
    });
    CHECK_FALSE(result);
    CHECK(count(*db) == 0);
    CHECK_FALSE(db->in_transaction());
}

TEST_CASE("an inner transaction rolls back alone", "[db]") {
    const TempDir dir;
    const auto db = open_new(dir / "a.db");
    const Result<void> result = with_transaction(*db, [&]() -> Result<void> {
        TRY(add(*db, "kept"));
        const Result<void> inner = with_transaction(*db, [&]() -> Result<void> {
            TRY(add(*db, "dropped"));
            return fail(ErrorCode::kConflict, "no");
        });
        CHECK_FALSE(inner);
        return with_transaction(*db, [&]() -> Result<void> {
            TRY(add(*db, "kept too"));
            return {};
        });
    });
    CHECK(result);
    CHECK(count(*db) == 2);
}

TEST_CASE("the settings that durability depends on are in force", "[db]") {
    const TempDir dir;
    const auto db = open_new(dir / "a.db");
    const auto text = [&](const char* pragma) {
        auto statement = db->query(pragma);
        REQUIRE(statement);
        REQUIRE(*statement->step());
        return statement->text(0);
    };
    CHECK(text("PRAGMA journal_mode") == "wal");
    CHECK(text("PRAGMA synchronous") == "2");
    CHECK(text("PRAGMA foreign_keys") == "1");
    CHECK(text("PRAGMA locking_mode") == "exclusive");
    CHECK(text("PRAGMA mmap_size") == "0");
    struct stat found{};
    REQUIRE(stat((dir / "a.db").c_str(), &found) == 0);
    CHECK((found.st_mode & 0777) == 0600);
}

TEST_CASE("a second program on the same file is refused in plain words", "[db]") {
    const TempDir dir;
    const auto first = open_new(dir / "a.db");
    const auto second = Database::open(dir / "a.db", kNew, options());
    REQUIRE_FALSE(second);
    CHECK(second.error().code == ErrorCode::kUnavailable);
    CHECK(second.error().message.find("another program") != std::string::npos);
}

TEST_CASE("readers stand beside a writer and cannot write", "[db]") {
    const TempDir dir;
    const auto writer = open_new(dir / "a.db", DatabaseRole::kWriter);
    REQUIRE(add(*writer, "x"));
    const auto reader = open_new(dir / "a.db", DatabaseRole::kReader);
    CHECK(count(*reader) == 1);
    {
        const Transaction open = *Transaction::begin(*writer);
        REQUIRE(add(*writer, "y"));
        CHECK(count(*reader) == 1);
    }
    CHECK(count(*writer) == 1);
    CHECK_FALSE(add(*reader, "z"));
    CHECK_FALSE(Database::open(dir / "none.db", kNew, options(DatabaseRole::kReader)));
}

TEST_CASE("a locked database is said to be in use", "[db]") {
    const TempDir dir;
    const auto first = open_new(dir / "a.db", DatabaseRole::kWriter);
    const auto second = open_new(dir / "a.db", DatabaseRole::kWriter);
    const Transaction held = *Transaction::begin(*first);
    const auto refused = Transaction::begin(*second);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::kUnavailable);
    CHECK_FALSE(second->is_broken());
}

TEST_CASE("an older file is brought forward, with a copy kept", "[db][migration]") {
    const TempDir dir;
    {
        auto db = Database::open(dir / "a.db", kOld, options());
        REQUIRE(db);
        REQUIRE(add(**db, "old"));
    }
    const auto db = open_new(dir / "a.db");
    CHECK(count(*db) == 1);
    CHECK(db->run("UPDATE note SET stars = 5"));
    const auto kept = Database::open(dir / "a.db.before-format-2", kOld, options());
    REQUIRE(kept);
    CHECK(count(**kept) == 1);
}

TEST_CASE("a newer file is refused and stays as it is", "[db][migration]") {
    const TempDir dir;
    {
        open_new(dir / "a.db");
    }
    const auto old = Database::open(dir / "a.db", kOld, options());
    REQUIRE_FALSE(old);
    CHECK(old.error().code == ErrorCode::kUnsupported);
    CHECK(old.error().message.find("update") != std::string::npos);
    CHECK(open_new(dir / "a.db") != nullptr);
}

TEST_CASE("a file of another kind is refused", "[db]") {
    const TempDir dir;
    std::ofstream(dir / "text.db") << std::string(5000, 'x');
    const auto text = Database::open(dir / "text.db", kNew, options());
    REQUIRE_FALSE(text);
    CHECK(text.error().code == ErrorCode::kInvalidInput);
    {
        open_new(dir / "a.db");
    }
    const Schema other{0x11111111, "the other database", kSteps};
    const auto foreign = Database::open(dir / "a.db", other, options());
    REQUIRE_FALSE(foreign);
    CHECK(foreign.error().code == ErrorCode::kInvalidInput);
    CHECK(foreign.error().message.find("the other database") != std::string::npos);
    CHECK_FALSE(Database::open(dir / "no/directory/a.db", kNew, options()));
}

TEST_CASE("a copy is whole and can be opened", "[db]") {
    const TempDir dir;
    const auto db = open_new(dir / "a.db");
    for (int i = 0; i < 100; ++i)
        REQUIRE(add(*db, std::string(1000, 'x')));
    REQUIRE(db->copy_to(dir / "copy.db"));
    const auto copy = open_new(dir / "copy.db");
    CHECK(count(*copy) == 100);
    CHECK(copy->check_integrity());
    CHECK_FALSE(db->copy_to(dir / "no/such/copy.db"));
}
