#include <catch2/catch.hpp>

#include "collector/store/collector_store.h"
#include "collector/store/schema_internal.h"
#include "common/codec/envelope.h"
#include "common/crypto/crypto.h"
#include "tests/support/fake_clock.h"
#include "tests/support/temp_dir.h"

using namespace survey;
using namespace survey::collector;
using survey::test::FakeClock;
using survey::test::TempDir;

namespace {

struct Laptop {
    TempDir dir;
    FakeClock clock;
    SeededRandom random{11};
    StorePaths paths{dir / "data", dir / "state/identity.marker", "machine-1", 0};
    std::unique_ptr<CollectorStore> store;

    Laptop() { restart(); }
    void restart() {
        store.reset();
        auto opened = CollectorStore::open(paths, clock, random);
        if (!opened) FAIL(opened.error().message);
        store = *std::move(opened);
    }
    DraftId start() {
        REQUIRE(store->add_form({{"f", "1"}, {}, "Form", "<h:html/>", {}, false}));
        const auto draft = store->start_draft({{"f", "1"}, "<data/>", "de", {}});
        REQUIRE(draft);
        return draft->id;
    }
    std::size_t unsent() { return store->unsent_files(100)->size(); }
};

BlobHash hash_of(std::string_view bytes) {
    return BlobHash{blake2b_256(bytes)};
}

}  // namespace

TEST_CASE("a file of a draft is there again after a restart, byte by byte", "[collector][files]") {
    Laptop laptop;
    const DraftId draft = laptop.start();
    const std::string bytes("\0picture\xff", 9);
    REQUIRE(laptop.store->put_draft_file(draft, {"Foto 1.jpg", "image/jpeg", bytes}));
    laptop.restart();
    const auto file = laptop.store->draft_file(draft, "Foto 1.jpg");
    REQUIRE(file);
    CHECK(file->bytes == bytes);
    CHECK(file->media_type == "image/jpeg");
    const auto files = laptop.store->draft_files(draft);
    REQUIRE(files->size() == 1);
    CHECK(files->front() == Attachment{"Foto 1.jpg", "image/jpeg", 9, hash_of(bytes)});
    CHECK(laptop.unsent() == 0);  // a draft's files go nowhere
}

TEST_CASE("a file of the same name takes the place of the old one", "[collector][files]") {
    Laptop laptop;
    const DraftId draft = laptop.start();
    REQUIRE(laptop.store->put_draft_file(draft, {"a.png", "image/png", "old"}));
    REQUIRE(laptop.store->put_draft_file(draft, {"a.png", "image/png", "new"}));
    CHECK(laptop.store->draft_file(draft, "a.png")->bytes == "new");
    CHECK_FALSE(laptop.store->file_bytes(hash_of("old")));  // nobody names it any more
    CHECK(laptop.store->file_bytes(hash_of("new")));
}

TEST_CASE("what is no name, too large or too much is refused and nothing changes",
          "[collector][files]") {
    Laptop laptop;
    const DraftId draft = laptop.start();
    for (const std::string name : {"", ".", "../a", "a/b", "a\\b", ".hidden", "a\nb", "\xff",
                                   "\x01", std::string(256, 'a').c_str()}) {
        CAPTURE(name);
        const auto put = laptop.store->put_draft_file(draft, {name, "image/png", "x"});
        REQUIRE_FALSE(put);
        CHECK(put.error().code == ErrorCode::kInvalidInput);
    }
    const std::string large(kAnswerFileBytesMax + 1, 'x');
    CHECK(laptop.store->put_draft_file(draft, {"a", "x", large}).error().code == ErrorCode::kLimit);
    CHECK(laptop.store->put_draft_file(DraftId("none"), {"a", "x", "y"}).error().code ==
          ErrorCode::kNotFound);
    for (int i = 0; i < kAnswerFilesMax; ++i)
        REQUIRE(laptop.store->put_draft_file(draft, {"f" + std::to_string(i), "x", "same"}));
    CHECK(laptop.store->put_draft_file(draft, {"more", "x", "y"}).error().code ==
          ErrorCode::kLimit);
    CHECK(laptop.store->put_draft_file(draft, {"f0", "x", "other"}));  // in the place of one
    CHECK(laptop.store->draft_file(draft, "none").error().code == ErrorCode::kNotFound);
}

TEST_CASE("files that the answers name go with the interview, the others are forgotten",
          "[collector][files]") {
    Laptop laptop;
    const DraftId draft = laptop.start();
    REQUIRE(laptop.store->put_draft_file(draft, {"a.png", "image/png", "kept"}));
    REQUIRE(laptop.store->put_draft_file(draft, {"b.png", "image/png", "left"}));
    const Attachment named{"a.png", "image/png", 4, hash_of("kept")};
    const auto rev = laptop.store->finalise(draft, {"<data/>", "", "", {named}});
    REQUIRE(rev);
    CHECK(laptop.unsent() == 1);
    CHECK(laptop.store->file_bytes(hash_of("kept")).value_or("") == "kept");
    CHECK_FALSE(laptop.store->file_bytes(hash_of("left")));

    // Opened again, the correction has the file too, and keeps it when it is discarded.
    const auto instance = laptop.store->interviews(1)->front().instance;
    const auto correction = laptop.store->reopen(instance);
    REQUIRE(correction);
    CHECK(laptop.store->draft_files(correction->id)->front() == named);
    REQUIRE(laptop.store->delete_draft(correction->id));
    CHECK(laptop.store->file_bytes(hash_of("kept")));

    REQUIRE(laptop.store->file_delivered(hash_of("kept")));
    CHECK(laptop.unsent() == 0);
    laptop.restart();
    CHECK(laptop.unsent() == 0);
}

TEST_CASE("an attachment that the draft does not have stops the finalising", "[collector][files]") {
    Laptop laptop;
    const DraftId draft = laptop.start();
    const Attachment other{"a.png", "image/png", 4, hash_of("kept")};
    CHECK_FALSE(laptop.store->finalise(draft, {"<data/>", "", "", {other}}));
    CHECK(laptop.store->draft(draft));
    CHECK(laptop.store->interviews(10)->empty());
}

TEST_CASE("a discarded draft leaves no file", "[collector][files]") {
    Laptop laptop;
    const DraftId one = laptop.start();
    const DraftId two = laptop.start();
    REQUIRE(laptop.store->put_draft_file(one, {"a", "x", "same"}));
    REQUIRE(laptop.store->put_draft_file(two, {"b", "x", "same"}));
    REQUIRE(laptop.store->delete_draft(one));
    CHECK(laptop.store->file_bytes(hash_of("same")));
    REQUIRE(laptop.store->remove_draft_file(two, "b"));
    CHECK_FALSE(laptop.store->file_bytes(hash_of("same")));
}

TEST_CASE("a database of the first version gets the new tables and keeps what it has",
          "[collector][files]") {
    TempDir dir;
    const Schema today = collector_schema();
    REQUIRE(today.steps.size() >= 2);
    {
        Schema first = today;
        first.steps = today.steps.first(1);
        auto db = Database::open(dir / "collector.db", first, {});
        REQUIRE(db);
        REQUIRE((*db)->run("INSERT INTO review(instance, state, note) VALUES('i', 1, 'kept')"));
    }
    auto db = Database::open(dir / "collector.db", today, {});
    REQUIRE(db);
    auto row = (*db)->query("SELECT note FROM review");
    REQUIRE(row);
    REQUIRE(*row->step());
    CHECK(row->text(0) == "kept");
    CHECK((*db)->run("INSERT INTO event(at, kind, detail) VALUES(1, 1, '')"));
}

TEST_CASE("the log is kept, latest first, and does not grow without end", "[collector][events]") {
    Laptop laptop;
    for (int i = 0; i < 1010; ++i)
        REQUIRE(laptop.store->note_event(EventKind::kSynced, std::to_string(i)));
    laptop.restart();
    const auto events = laptop.store->events(5000);
    REQUIRE(events->size() == 1000);
    CHECK(events->front().detail == "1009");
    CHECK(events->front().kind == EventKind::kSynced);
    CHECK(laptop.store->events(3)->size() == 3);
}

TEST_CASE("a recording keeps its type without what browsers add to it", "[collector][files]") {
    Laptop laptop;
    const DraftId draft = laptop.start();
    REQUIRE(laptop.store->put_draft_file(draft, {"v.webm", "audio/webm;codecs=opus", "x"}));
    CHECK(laptop.store->draft_file(draft, "v.webm")->media_type == "audio/webm");
    REQUIRE(laptop.store->put_draft_file(draft, {"odd", "a/b\r\nSet-Cookie: x=y", "x"}));
    CHECK(laptop.store->draft_file(draft, "odd")->media_type == "application/octet-stream");
}
