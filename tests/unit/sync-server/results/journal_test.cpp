#include "sync-server/results/journal.h"

#include <catch2/catch.hpp>

#include "tests/support/temp_dir.h"

using namespace survey;
using namespace survey::server;

namespace {

std::vector<JournalRecord> examples() {
    DeclaredQuestions declared;
    declared.questions = {{"fit", QuestionKind::kSelectOne, {"good", "poor"}, {"dk"}, {}, false},
                          {"people", QuestionKind::kNumber, {}, {}, {-99}, true}};
    ColumnChanges changes;
    changes.changes = {{"uuid:1", ColumnChange::Put{"rev", "firm", "row"}},
                       {"uuid:2", std::nullopt}};
    ReleaseRecord release;
    release.when = Instant(std::chrono::milliseconds(1'777'881'600'123));
    release.as_of = 17;
    release.rules.organisations_min = 7;
    Tabulation full;
    full.id = "id";
    full.row = {"people", {10, 50}};
    full.column = Dimension{"fit", {}};
    full.filter = Filter{"fit", {"good"}};
    full.mean_of = "people";
    full.scale = Scale{{"good"}, {"poor"}};
    release.tabulations = {full, Tabulation{"plain", {"fit", {}}, {}, {}, {}, {}}};
    release.entries = {{"id", {SetKind::kInner, 1, 2}, {40, 2.5, 17}}, {"id", {}, {90, {}, 16}}};
    return {declared, changes, release};
}

}  // namespace

TEST_CASE("every kind of record reads back as it was written", "[results][journal]") {
    for (const JournalRecord& record : examples()) {
        const std::string bytes = encode_record(record);
        const auto read = decode_record(bytes);
        REQUIRE(read);
        CHECK(read->index() == record.index());
        CHECK(encode_record(*read) == bytes);
    }
    const auto release = std::get<ReleaseRecord>(*decode_record(encode_record(examples()[2])));
    CHECK(release.entries == std::get<ReleaseRecord>(examples()[2]).entries);
    CHECK(release.tabulations == std::get<ReleaseRecord>(examples()[2]).tabulations);
}

TEST_CASE("a cut record is damage, an unknown kind is a later version", "[results][journal]") {
    for (const JournalRecord& record : examples()) {
        const std::string bytes = encode_record(record);
        for (std::size_t length = 1; length < bytes.size(); ++length)
            CHECK_FALSE(decode_record(bytes.substr(0, length)));
        CHECK_FALSE(decode_record(bytes + "x"));
    }
    CHECK(decode_record("\x09").error().code == ErrorCode::kUnsupported);
}

TEST_CASE("long lists of changes are split and come back in order", "[results][journal]") {
    test::TempDir dir;
    ColumnChanges many;
    for (int i = 0; i < 4'500; ++i)
        many.changes.push_back({std::to_string(i), std::nullopt});
    {
        auto journal = Journal::open(dir / "j");
        REQUIRE(journal);
        REQUIRE(journal->append(many));
        REQUIRE(journal->append(examples()[0]));
    }
    const auto records = Journal::read(dir / "j");
    REQUIRE(records);
    REQUIRE(records->size() == 4);
    int next = 0;
    for (std::size_t i = 0; i < 3; ++i) {
        for (const ColumnChange& change : std::get<ColumnChanges>((*records)[i]).changes)
            CHECK(change.instance == std::to_string(next++));
    }
    CHECK(next == 4'500);
}
