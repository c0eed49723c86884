#include "collector/store/collector_store.h"

#include <csignal>
#include <filesystem>
#include <fstream>

#include <catch2/catch.hpp>
#include <unistd.h>

#include "common/codec/envelope.h"
#include "common/codec/wire.h"
#include "tests/support/child.h"
#include "tests/support/fake_clock.h"
#include "tests/support/temp_dir.h"

using namespace survey;
using namespace survey::collector;
using survey::test::FakeClock;
using survey::test::run_child;
using survey::test::TempDir;

namespace {

struct Laptop {
    TempDir dir;
    FakeClock clock;
    SeededRandom random{7};
    StorePaths paths{dir / "data", dir / "state/identity.marker", "machine-1", 0};
    SigningKey server_key = SigningKey::from_seed(Bytes32{9});
    std::unique_ptr<CollectorStore> store = open();

    std::unique_ptr<CollectorStore> open() {
        auto opened = CollectorStore::open(paths, clock, random);
        if (!opened) FAIL(opened.error().message);
        return *std::move(opened);
    }
    void restart() {
        store.reset();
        store = open();
    }

    static PublishedForm form() { return {{"f", "1"}, {}, "Form", "<h:html/>", {}, false}; }

    Draft start() {
        REQUIRE(store->add_form(form()));
        auto draft = store->start_draft({{"f", "1"}, "<data/>", "de", {}});
        REQUIRE(draft);
        return *draft;
    }
    RevisionId finish(const std::string& content = "<data/>") {
        const auto rev = store->finalise(start().id, {content, "anna", "Firma A", {}});
        if (!rev) FAIL(rev.error().message);
        return *rev;
    }

    static Epoch epoch(std::uint32_t counter = 1) {
        Epoch made;
        made.counter = counter;
        return made;
    }
    void enrol() {
        EnrolReply reply;
        reply.device = DeviceId("01J0ABCDEFGHJKMNPQRSTVWXYZ");
        reply.server_key = PublicKey{server_key.public_key()};
        reply.epoch = epoch();
        reply.token = "token";
        REQUIRE(store->enrol("http://127.0.0.1:1", reply));
    }
    /// A whole hello with a server that has this head; what was decided.
    HelloDecision greet(const ChainHead& head = {}, std::uint32_t counter = 1) {
        const auto sent = store->hello("0.1", 5);
        REQUIRE(sent);
        HelloReply reply;
        reply.epoch = epoch(counter);
        reply.server_time = clock.now();
        reply.writer_known = head.seq > 0;
        reply.head = head;
        reply.nonce = 5;
        reply.hash_at = head.seq <= sent->head.seq ? head.hash : sent->head.hash;
        const auto situation = store->situation(*sent, reply);
        REQUIRE(situation);
        const HelloDecision decision = decide_after_hello(*situation, reply);
        REQUIRE(store->apply_hello(reply, decision));
        return decision;
    }
    PushResult receipt(const PushItem& item, ItemStatus status = ItemStatus::kStored,
                       std::uint32_t counter = 1) const {
        Receipt made;
        made.epoch = epoch(counter);
        made.rev = item.entry.rev;
        made.pos = item.entry.seq;
        made.status = status;
        made.signature = Signature{server_key.sign(codec::receipt_bytes(made))};
        return {item.entry.seq, item.entry.rev, status, QuarantineReason::kNone, made};
    }
    PushReply accept(const std::vector<PushItem>& items) const {
        PushReply reply;
        reply.epoch = epoch();
        for (const PushItem& item : items) {
            reply.results.push_back(receipt(item));
            reply.head = {item.entry.seq, codec::entry_hash(item.entry)};
        }
        return reply;
    }
    std::vector<PushItem> outbox(std::uint64_t from = 1) {
        auto items = store->outbox(from, {});
        if (!items) FAIL(items.error().message);
        return *std::move(items);
    }
    Delivery delivery() { return store->interviews(10)->at(0).delivery; }
};

}  // namespace

TEST_CASE("answers and remarks of a draft are saved together or not at all", "[collector][draft]") {
    Laptop laptop;
    const Draft draft = laptop.start();
    REQUIRE(
        laptop.store->save_draft(draft.id, {"<data>1</data>", "", "", "", {{{"/data/a", "x"}}}}));
    // One question cannot have two remarks: the second half of the save fails.
    const std::vector<Remark> twice = {{"/data/b", "y"}, {"/data/b", "z"}};
    CHECK_FALSE(laptop.store->save_draft(draft.id, {"<data>2</data>", "", "", "", twice}));
    auto kept = laptop.store->draft(draft.id);
    REQUIRE(kept);
    CHECK(kept->xml == "<data>1</data>");
    CHECK(kept->remarks == std::vector<Remark>{{"/data/a", "x"}});
    REQUIRE(laptop.store->save_draft(draft.id, {"<data>3</data>", "", "", "", std::nullopt}));
    kept = laptop.store->draft(draft.id);
    CHECK(kept->xml == "<data>3</data>");
    CHECK(kept->remarks.size() == 1);
}

TEST_CASE("a draft is as it was left, after a restart too", "[collector][draft]") {
    Laptop laptop;
    const Draft draft = laptop.start();
    CHECK(draft.instance.text().rfind("uuid:", 0) == 0);
    laptop.clock.advance(std::chrono::minutes(5));
    REQUIRE(laptop.store->save_draft(draft.id, {"<data>1</data>", "/data/a", "en", "Firma B", {}}));
    laptop.restart();
    const auto again = laptop.store->draft(draft.id);
    REQUIRE(again);
    CHECK(again->xml == "<data>1</data>");
    CHECK(again->position == "/data/a");
    CHECK(again->language == "en");
    CHECK(again->title == "Firma B");
    CHECK(again->instance == draft.instance);
    CHECK(again->changed - again->started == std::chrono::minutes(5));
    CHECK(laptop.store->drafts()->size() == 1);
    REQUIRE(laptop.store->delete_draft(draft.id));
    CHECK(laptop.store->draft(draft.id).error().code == ErrorCode::kNotFound);
    CHECK(laptop.store->save_draft(draft.id, {}).error().code == ErrorCode::kNotFound);
    CHECK_FALSE(laptop.store->start_draft({{"none", "1"}, "", "", {}}));
}

TEST_CASE("finalising makes the revision, its entry and its place in the outbox at once",
          "[collector][finalise]") {
    Laptop laptop;
    laptop.enrol();
    const RevisionId rev = laptop.finish("<data>1</data>");
    CHECK(laptop.store->drafts()->empty());
    const auto items = laptop.outbox();
    REQUIRE(items.size() == 1);
    CHECK(items[0].entry.rev == rev);
    CHECK(codec::revision_id(items[0].envelope) == rev);
    CHECK(verify(laptop.store->identity().device_key.bytes, codec::entry_bytes(items[0].entry),
                 items[0].entry.signature.bytes));
    const auto envelope = codec::decode_envelope(items[0].envelope);
    REQUIRE(envelope);
    CHECK(envelope->author == "anna");
    CHECK(envelope->wall_clock == laptop.clock.now());
    CHECK(laptop.delivery() == Delivery::kWaiting);
    CHECK(*laptop.store->content(envelope->instance) == "<data>1</data>");
    const auto records = RecordLog::read_all(laptop.paths.data + "/outbox.log", 1 << 21);
    REQUIRE(records);
    CHECK(*records == std::vector<std::string>{items[0].envelope});
}

TEST_CASE("what cannot be finalised stays a draft", "[collector][finalise]") {
    Laptop laptop;
    const Draft draft = laptop.start();
    CHECK_FALSE(laptop.store->finalise(draft.id, {std::string(1 << 20, 'x'), "", "", {}}));
    CHECK_FALSE(laptop.store->finalise(draft.id, {"\xff", "", "", {}}));
    CHECK(laptop.store->drafts()->size() == 1);
    CHECK(laptop.store->interviews(10)->empty());
    CHECK_FALSE(laptop.store->finalise(DraftId("none"), {"<a/>", "", "", {}}));
}

TEST_CASE("a second collector on the same data is refused in plain words", "[collector]") {
    Laptop laptop;
    const auto second = CollectorStore::open(laptop.paths, laptop.clock, laptop.random);
    REQUIRE_FALSE(second);
    CHECK(second.error().code == ErrorCode::kUnavailable);
    CHECK(second.error().message.find("another program is using") != std::string::npos);
}

TEST_CASE("killed at any moment of finalising, the interview is a draft or finished, never lost",
          "[collector][crash]") {
    Laptop laptop;
    const Draft draft = laptop.start();
    laptop.store.reset();
    const int ended_by = run_child([&] {
        const auto store = laptop.open();
        const auto rev = store->finalise(draft.id, {"<a/>", "", "", {}});
        if (rev) std::raise(SIGKILL);
    });
    REQUIRE(ended_by == SIGKILL);
    laptop.store = laptop.open();
    CHECK(laptop.store->finding() == OpenFinding::kNormal);
    CHECK(laptop.store->drafts()->empty());
    CHECK(laptop.store->interviews(10)->size() == 1);
}

TEST_CASE("a full disk leaves the draft and says so, and room makes it work again",
          "[collector][full]") {
    Laptop laptop;
    laptop.start();
    laptop.store.reset();
    laptop.paths.pages_max = 70;
    laptop.store = laptop.open();
    Result<RevisionId> saved = fail(ErrorCode::kNotFound, "none yet");
    std::size_t finished = 0;
    for (int i = 0; i < 100; ++i) {
        const auto draft = laptop.store->start_draft({{"f", "1"}, "<data/>", "de", {}});
        if (!draft) break;
        saved = laptop.store->finalise(draft->id, {std::string(6000, 'x'), "", "", {}});
        if (!saved) break;
        ++finished;
    }
    REQUIRE_FALSE(saved);
    CHECK(saved.error().message.find("full") != std::string::npos);
    CHECK(laptop.store->interviews(1000)->size() == finished);
    const auto drafts = laptop.store->drafts();
    REQUIRE(drafts);
    const std::size_t waiting = drafts->size();
    laptop.store.reset();
    laptop.paths.pages_max = 0;
    laptop.store = laptop.open();
    CHECK(laptop.store->drafts()->size() == waiting);
    CHECK(laptop.store->finalise(drafts->at(0).id, {"<a/>", "", "", {}}));
}

TEST_CASE("only a receipt that verifies changes what the device believes", "[collector][sync]") {
    Laptop laptop;
    laptop.enrol();
    laptop.finish();
    CHECK(laptop.greet().action == HelloAction::kSend);
    const auto items = laptop.outbox();
    PushReply forged = laptop.accept(items);
    forged.results[0].receipt->signature.bytes[5] ^= 1;
    CHECK(laptop.store->apply_push(forged).error().code == ErrorCode::kInvalidInput);
    CHECK(laptop.delivery() == Delivery::kWaiting);
    PushReply other = laptop.accept(items);
    other.epoch.counter = 2;
    CHECK(laptop.store->apply_push(other).error().code == ErrorCode::kConflict);
    PushReply swapped = laptop.accept(items);
    swapped.results[0].rev.bytes[0] ^= 1;
    CHECK_FALSE(laptop.store->apply_push(swapped));
    PushReply silent = laptop.accept(items);
    silent.results[0].receipt.reset();
    silent.results[0].status = ItemStatus::kRetry;
    silent.head = {};
    REQUIRE(laptop.store->apply_push(silent));
    CHECK(laptop.delivery() == Delivery::kWaiting);
    REQUIRE(laptop.store->apply_push(laptop.accept(items)));
    REQUIRE(laptop.store->apply_push(laptop.accept(items)));
    CHECK(laptop.delivery() == Delivery::kDelivered);
    CHECK(laptop.store->sync_status()->delivered == 1);
    CHECK(laptop.store->sync_status()->waiting == 0);
    laptop.restart();
    CHECK(laptop.delivery() == Delivery::kDelivered);
}

TEST_CASE("interviews from before the enrolment are logged under the enrolled device",
          "[collector][enrol]") {
    Laptop laptop;
    const RevisionId rev = laptop.finish();
    const WriterId before = laptop.store->identity().writer;
    CHECK_FALSE(laptop.store->situation({}, {}));
    laptop.enrol();
    CHECK(laptop.store->identity().writer.device.text() == "01J0ABCDEFGHJKMNPQRSTVWXYZ");
    CHECK(laptop.store->identity().writer != before);
    CHECK_FALSE(laptop.store->identity().parent);
    CHECK(laptop.store->identity().enrolment->token == "token");
    REQUIRE(laptop.outbox().size() == 1);
    CHECK(laptop.outbox()[0].entry.rev == rev);
    laptop.restart();
    CHECK(laptop.store->identity().enrolment->url == "http://127.0.0.1:1");
    CHECK(laptop.store->finding() == OpenFinding::kNormal);
}

TEST_CASE("a copied or restored database takes a new incarnation and logs again",
          "[collector][clone]") {
    Laptop laptop;
    laptop.enrol();
    laptop.greet();
    laptop.finish("<a>1</a>");
    REQUIRE(laptop.store->apply_push(laptop.accept(laptop.outbox())));
    laptop.finish("<a>2</a>");
    const WriterId before = laptop.store->identity().writer;
    laptop.store.reset();
    OpenFinding expected = OpenFinding::kNormal;
    SECTION("another machine") {
        laptop.paths.machine = "machine-2";
        expected = OpenFinding::kCopied;
    }
    SECTION("the marker is gone") {
        std::filesystem::remove(laptop.paths.marker);
        expected = OpenFinding::kMarkerMissing;
    }
    SECTION("the marker is not one") {
        std::ofstream(laptop.paths.marker) << "something else";
        expected = OpenFinding::kMarkerMissing;
    }
    SECTION("the database is older than the marker") {
        std::filesystem::copy(laptop.paths.data, laptop.dir / "old",
                              std::filesystem::copy_options::recursive);
        laptop.store = laptop.open();
        laptop.finish("<a>3</a>");
        laptop.store.reset();
        std::filesystem::remove_all(laptop.paths.data);
        std::filesystem::rename(laptop.dir / "old", laptop.paths.data);
        expected = OpenFinding::kRestored;
    }
    laptop.store = laptop.open();
    CHECK(laptop.store->finding() == expected);
    CHECK(laptop.store->identity().writer.incarnation != before.incarnation);
    CHECK(laptop.store->identity().writer.device == before.device);
    REQUIRE(laptop.store->identity().parent);
    CHECK(laptop.store->identity().parent->incarnation == before.incarnation);
    // Only what has no receipt goes out again, and what was delivered stays delivered.
    CHECK(laptop.outbox().size() == 1);
    CHECK(laptop.store->sync_status()->delivered == 1);
    CHECK(laptop.store->interviews(10)->size() == 2);
    laptop.restart();
    CHECK(laptop.store->finding() == OpenFinding::kNormal);
}

TEST_CASE("after a lost database the interviews come back from the outbox file",
          "[collector][rescue]") {
    Laptop laptop;
    const RevisionId rev = laptop.finish("<a>1</a>");
    laptop.store.reset();
    for (const char* name : {"collector.db", "collector.db-wal"}) {
        std::filesystem::remove(laptop.paths.data + "/" + name);
    }
    laptop.store = laptop.open();
    CHECK(laptop.store->finding() == OpenFinding::kNew);
    REQUIRE(laptop.store->interviews(10)->size() == 1);
    CHECK(laptop.store->interviews(10)->at(0).rev == rev);
    CHECK(laptop.outbox().size() == 1);
}

TEST_CASE("a server in a new epoch is told everything it may have forgotten",
          "[collector][epoch]") {
    Laptop laptop;
    laptop.enrol();
    laptop.greet();
    laptop.finish("<a>1</a>");
    REQUIRE(laptop.store->apply_push(laptop.accept(laptop.outbox())));
    REQUIRE(laptop.store->rotate_incarnation());
    CHECK(laptop.outbox().empty());
    laptop.finish("<a>2</a>");
    // Restored: it knows nothing of the present log, and maybe not the older one either.
    CHECK(laptop.greet({}, 2).new_epoch);
    CHECK(laptop.outbox().size() == 2);
    CHECK(laptop.store->sync_status()->waiting == 2);
    CHECK(laptop.store->sync_status()->repair_pending);
    CHECK(laptop.store->next_pull()->cursor.pos == 0);
    CHECK(laptop.greet({}, 1).finding == HelloFinding::kStaleEpoch);
    CHECK(laptop.outbox().size() == 2);
}

TEST_CASE("what the server's log says is confirmed counts, a fork rotates", "[collector][hello]") {
    Laptop laptop;
    laptop.enrol();
    laptop.greet();
    laptop.finish("<a>1</a>");
    const auto items = laptop.outbox();
    const ChainHead head{1, codec::entry_hash(items[0].entry)};
    CHECK(laptop.greet(head).send_from == 2);
    CHECK(laptop.delivery() == Delivery::kDelivered);
    const WriterId before = laptop.store->identity().writer;
    ChainHead foreign = head;
    foreign.hash.bytes[0] ^= 1;
    CHECK(laptop.greet(foreign).action == HelloAction::kRotate);
    CHECK(laptop.store->identity().writer != before);
    // No receipt had come, so it goes out again; the server will know it.
    CHECK(laptop.outbox().size() == 1);
}

TEST_CASE("an item that is not accepted blocks no other", "[collector][sync]") {
    Laptop laptop;
    laptop.enrol();
    laptop.greet();
    laptop.finish("<a>1</a>");
    const RevisionId second = laptop.finish("<a>2</a>");
    const auto items = laptop.outbox();
    REQUIRE(items.size() == 2);
    PushReply reply;
    reply.epoch = Laptop::epoch();
    reply.results = {{1, items[0].entry.rev, ItemStatus::kNotAuthentic, {}, std::nullopt},
                     {2, items[1].entry.rev, ItemStatus::kGap, {}, std::nullopt}};
    REQUIRE(laptop.store->apply_push(reply));
    CHECK(laptop.store->sync_status()->refused == 1);
    REQUIRE(laptop.outbox().size() == 1);
    CHECK(laptop.outbox()[0].entry.rev == second);
    CHECK(laptop.store->interviews(10)->size() == 2);
}

TEST_CASE("a page and its cursor are taken together, and only the right page",
          "[collector][pull]") {
    Laptop laptop;
    laptop.enrol();
    laptop.greet();
    PublishedForm form = Laptop::form();
    form.ref.version = "2";
    PullReply page{Laptop::epoch(), 0, 4, false, 0, {{2, 1, codec::encode(form)}, {4, 999, "?"}}};
    CHECK(*laptop.store->apply_page(page));
    CHECK(laptop.store->next_pull()->cursor.pos == 4);
    CHECK(laptop.store->form({"f", "2"}));
    // Late, of another epoch, or from elsewhere: nothing happens.
    CHECK_FALSE(*laptop.store->apply_page(page));
    PullReply other = page;
    other.epoch.counter = 9;
    other.from = 4;
    other.to = 9;
    CHECK_FALSE(*laptop.store->apply_page(other));
    CHECK(laptop.store->next_pull()->cursor.pos == 4);
    // A page with something broken in it is not taken by halves.
    form.ref.version = "3";
    const PullReply broken{Laptop::epoch(), 4, 6,
                           false,           0, {{5, 1, codec::encode(form)}, {6, 1, "broken"}}};
    CHECK_FALSE(laptop.store->apply_page(broken));
    CHECK_FALSE(laptop.store->form({"f", "3"}));
    CHECK(laptop.store->next_pull()->cursor.pos == 4);
}

TEST_CASE("an interview sent back is corrected as a new revision", "[collector][review]") {
    Laptop laptop;
    laptop.enrol();
    laptop.greet();
    const RevisionId first = laptop.finish("<a>1</a>");
    const InstanceId instance = laptop.store->interviews(10)->at(0).instance;
    const Review review{instance, ReviewState::kHasIssues, "Frage 3?"};
    REQUIRE(*laptop.store->apply_page(
        {Laptop::epoch(), 0, 1, false, 0, {{1, 3, codec::encode(review)}}}));
    CHECK(laptop.store->interviews(10)->at(0).review == review);
    const auto draft = laptop.store->reopen(instance);
    REQUIRE(draft);
    CHECK(draft->xml == "<a>1</a>");
    CHECK(draft->corrects == first);
    CHECK(laptop.store->reopen(instance)->id == draft->id);
    const auto second = laptop.store->finalise(draft->id, {"<a>2</a>", "", "", {}});
    REQUIRE(second);
    const auto found = laptop.store->interviews(10);
    REQUIRE(found->size() == 1);
    CHECK(found->at(0).rev == *second);
    const auto items = laptop.outbox();
    REQUIRE(items.size() == 2);
    CHECK(codec::decode_envelope(items[1].envelope)->parents == std::vector<RevisionId>{first});
    CHECK_FALSE(laptop.store->reopen(InstanceId("uuid:none")));
}

TEST_CASE("an erasure order leaves nothing of the interview, and the rest goes on",
          "[collector][erase]") {
    Laptop laptop;
    laptop.enrol();
    laptop.greet();
    laptop.finish("<a>Geheimnis</a>");
    const InstanceId instance = laptop.store->interviews(10)->at(0).instance;
    REQUIRE(laptop.store->reopen(instance));
    const RevisionId other = laptop.finish("<a>2</a>");
    REQUIRE(
        *laptop.store->apply_page({Laptop::epoch(), 0, 1, false, 0, {{1, 4, instance.text()}}}));
    CHECK(laptop.store->drafts()->empty());
    CHECK_FALSE(laptop.store->content(instance));
    REQUIRE(laptop.outbox().size() == 1);
    CHECK(laptop.outbox()[0].entry.rev == other);
    laptop.store.reset();
    for (const auto& entry : std::filesystem::directory_iterator(laptop.paths.data)) {
        std::ifstream file(entry.path(), std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(file), {}};
        CAPTURE(entry.path().string());
        CHECK(bytes.find("Geheimnis") == std::string::npos);
    }
}

TEST_CASE("an erasure order is not passed before the second copy is gone", "[collector][erase]") {
    Laptop laptop;
    laptop.enrol();
    laptop.greet();
    laptop.finish("<a>Geheimnis</a>");
    const InstanceId instance = laptop.store->interviews(10)->at(0).instance;
    const PullReply page{Laptop::epoch(), 0, 1, false, 0, {{1, 4, instance.text()}}};
    // The file cannot be replaced: a directory has its name.
    const std::string log = laptop.paths.data + "/outbox.log";
    std::filesystem::rename(log, log + ".aside");
    REQUIRE(std::filesystem::create_directory(log));
    CHECK_FALSE(laptop.store->apply_page(page));
    std::filesystem::remove(log);
    std::filesystem::rename(log + ".aside", log);
    laptop.restart();
    CHECK(laptop.store->next_pull()->cursor.pos == 0);
    REQUIRE(*laptop.store->apply_page(page));
    CHECK(laptop.store->next_pull()->cursor.pos == 1);
    std::ifstream file(laptop.paths.data + "/outbox.log", std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    CHECK(bytes.find("Geheimnis") == std::string::npos);
}

TEST_CASE("forms are kept by version and never exchanged in secret", "[collector][forms]") {
    Laptop laptop;
    REQUIRE(laptop.store->add_form(Laptop::form()));
    REQUIRE(laptop.store->add_form(Laptop::form()));
    PublishedForm other = Laptop::form();
    other.xml = "<other/>";
    CHECK(laptop.store->add_form(other).error().code == ErrorCode::kConflict);
    CHECK(laptop.store->forms()->size() == 1);
    CHECK(laptop.store->form({"f", "1"})->xml == "<h:html/>");
    CHECK(laptop.store->form({"f", "2"}).error().code == ErrorCode::kNotFound);
}

TEST_CASE("a database overwritten by something else is damage, and is left as it is",
          "[collector][damage]") {
    Laptop laptop;
    laptop.finish();
    laptop.store.reset();
    const std::string file = laptop.paths.data + "/collector.db";
    for (const char* tail : {"-wal", "-shm"})
        std::filesystem::remove(file + tail);
    std::ofstream(file, std::ios::trunc) << std::string(5'000, 'x');
    const auto opened = CollectorStore::open(laptop.paths, laptop.clock, laptop.random);
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code == ErrorCode::kCorrupt);
    CHECK(std::filesystem::file_size(file) == 5'000);
}
