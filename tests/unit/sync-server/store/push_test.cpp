#include <algorithm>
#include <csignal>
#include <new>
#include <thread>

#include "sync-server/store/schema_internal.h"
#include "sync-server/store/writer_queue_internal.h"
#include "tests/support/child.h"
#include "tests/unit/sync-server/store/fixture.h"

using namespace survey;
using namespace survey::test;
using server::AlarmKind;

TEST_CASE("a pushed interview is stored, receipted and counted once", "[server][push]") {
    ServerFixture f;
    PaperDevice device = f.enrol();
    const PushItem item = device.next(make_envelope("uuid:1", "<a/>"));
    const PushReply first = f.push(device, {item});
    REQUIRE(first.results.size() == 1);
    CHECK(first.results[0].status == ItemStatus::kStored);
    CHECK(first.head == device.head);
    const auto receipt = first.results[0].receipt;
    REQUIRE(receipt);
    CHECK(receipt->rev == item.entry.rev);
    CHECK(verify(f.store->identity().key.bytes, codec::receipt_bytes(*receipt),
                 receipt->signature.bytes));

    // Pushing twice equals pushing once, also over a restart.
    const PushReply second = f.push(device, {item});
    CHECK(second.results[0].status == ItemStatus::kDuplicate);
    CHECK(second.results[0].receipt == receipt);
    f.store.reset();
    f.store = f.open();
    CHECK(f.push(device, {item}).results[0].receipt == receipt);
    CHECK(f.answers().size() == 1);
    CHECK(*f.store->count_submissions({}) == 1);
    CHECK(f.store->revision(item.entry.rev)->content == "<a/>");
}

TEST_CASE("one odd item stops no other", "[server][push]") {
    ServerFixture f;
    PaperDevice device = f.enrol();
    const PushItem good = device.next(make_envelope("uuid:1", "<a/>"));
    PushItem forged = device.next(make_envelope("uuid:2", "<b/>"));
    PushItem changed = forged;
    forged.entry.signature.bytes[3] ^= 1;
    changed.envelope.back() = '!';
    const PushItem after = device.next(make_envelope("uuid:3", "<c/>"));
    const PushReply reply = f.push(device, {good, forged, changed, after});
    CHECK(reply.results[0].status == ItemStatus::kStored);
    CHECK(reply.results[1].status == ItemStatus::kNotAuthentic);
    CHECK_FALSE(reply.results[1].receipt);
    CHECK(reply.results[2].status == ItemStatus::kNotAuthentic);
    CHECK(reply.results[3].status == ItemStatus::kGap);
    CHECK_FALSE(reply.results[3].receipt);
    CHECK(reply.head.seq == 1);
    CHECK(*f.store->count_submissions({}) == 1);
}

TEST_CASE("a fork keeps the first branch and takes the second under a new incarnation",
          "[server][push]") {
    ServerFixture f;
    PaperDevice device = f.enrol();
    PaperDevice clone = device;
    CHECK(f.push_one(device, device.next(make_envelope("uuid:1", "<a/>"))) == ItemStatus::kStored);
    const RevisionEnvelope theirs = make_envelope("uuid:2", "<b/>");
    CHECK(f.push_one(clone, clone.next(theirs)) == ItemStatus::kFork);
    CHECK(*f.store->count_submissions({}) == 1);
    clone.writer.incarnation.bytes[0] ^= 1;
    clone.head = {};
    CHECK(f.push_one(clone, clone.next(theirs)) == ItemStatus::kStored);
    CHECK(*f.store->count_submissions({}) == 2);
    // What was delivered already may be logged again there: known, and receipted.
    const PushReply again = f.push(clone, {clone.next(make_envelope("uuid:1", "<a/>"))});
    CHECK(again.results[0].status == ItemStatus::kDuplicate);
    CHECK(again.results[0].receipt);
    CHECK(again.head.seq == 2);
    CHECK(*f.store->count_submissions({}) == 2);
}

TEST_CASE("somebody else's log is refused", "[server][push]") {
    ServerFixture f;
    PaperDevice mine = f.enrol();
    PaperDevice other = f.enrol();
    PushItem item = other.next(make_envelope("uuid:1", "<a/>"));
    const std::vector<server::CheckedItem> checked = {f.check(other, item)};
    const auto reply = f.store->push(mine.known, f.store->identity().epoch, other.writer, checked);
    REQUIRE_FALSE(reply);
    CHECK(reply.error().code == ErrorCode::kForbidden);
    Epoch old = f.store->identity().epoch;
    old.counter += 1;
    CHECK(f.store->push(other.known, old, other.writer, checked).error().code ==
          ErrorCode::kConflict);
}

TEST_CASE("bytes of a later version and of a revoked device wait in quarantine", "[server][push]") {
    ServerFixture f;
    PaperDevice device = f.enrol();
    PushItem future = device.next(make_envelope("uuid:1", "<a/>"));
    future.envelope = "WKV2 what we cannot read";
    future.entry.rev = codec::revision_id(future.envelope);
    future.entry.signature = Signature{device.key.sign(codec::entry_bytes(future.entry))};
    device.head.hash = codec::entry_hash(future.entry);
    const PushReply reply = f.push(device, {future});
    CHECK(reply.results[0].status == ItemStatus::kQuarantined);
    CHECK(reply.results[0].reason == QuarantineReason::kUnknownFormat);
    CHECK(reply.results[0].receipt);
    CHECK(f.answers().empty());

    REQUIRE(f.store->revoke_device(device.known.id));
    const PushReply late = f.push(device, {device.next(make_envelope("uuid:2", "<b/>"))});
    CHECK(late.results[0].status == ItemStatus::kQuarantined);
    CHECK(late.results[0].reason == QuarantineReason::kRevoked);
    CHECK(f.answers().empty());
    const auto found = f.store->submissions({.quarantined_only = true});
    REQUIRE(found->size() == 1);
    CHECK(f.store->judge_again(found->at(0).head, {QuarantineReason::kNone, "", "firm", "b"}));
    REQUIRE(f.answers().size() == 1);
    CHECK(f.answers()[0].answers == "b");
    // The duplicate's receipt tells the state of today.
    CHECK(f.push(device, {future}).results[0].reason == QuarantineReason::kUnknownFormat);
}

TEST_CASE("what waits for its form stays apart when its device was revoked", "[server][push]") {
    ServerFixture f;
    PaperDevice device = f.enrol();
    REQUIRE(f.store->revoke_device(device.known.id));
    server::CheckedItem waiting = f.check(device, device.next(make_envelope("uuid:1", "<a/>")));
    waiting.judgement = {QuarantineReason::kUnknownForm, "no such form", "", ""};
    const auto reply = f.store->push(device.known, f.store->identity().epoch, device.writer,
                                     std::span(&waiting, 1));
    REQUIRE(reply);
    // Publishing the form lets go of all that only waited for it, and of nothing else.
    CHECK(reply->results[0].reason == QuarantineReason::kRevoked);
}

TEST_CASE("a parent from another interview is odd", "[server][push]") {
    ServerFixture f;
    PaperDevice device = f.enrol();
    const PushItem first = device.next(make_envelope("uuid:1", "<a/>"));
    const PushItem second = device.next(make_envelope("uuid:2", "<b/>", {first.entry.rev}));
    const PushReply reply = f.push(device, {first, second});
    CHECK(reply.results[1].reason == QuarantineReason::kOtherInstance);
    CHECK(f.answers().size() == 1);
}

TEST_CASE("a correction replaces, two at once are a conflict that counts one", "[server][merge]") {
    ServerFixture f;
    PaperDevice a = f.enrol("a");
    PaperDevice b = f.enrol("b");
    const PushItem first = a.next(make_envelope("uuid:1", "<v>1</v>", {}, 10));
    f.push(a, {first});
    const PushItem ours = a.next(make_envelope("uuid:1", "<v>2</v>", {first.entry.rev}, 20));
    f.push(a, {ours});
    CHECK(f.store->submission(InstanceId("uuid:1"))->head == ours.entry.rev);
    CHECK(f.store->submission(InstanceId("uuid:1"))->heads == 1);
    const PushItem theirs = b.next(make_envelope("uuid:1", "<v>3</v>", {first.entry.rev}, 30));
    f.push(b, {theirs});
    auto found = f.store->submission(InstanceId("uuid:1"));
    CHECK(found->heads == 2);
    CHECK(found->revisions == 3);
    CHECK(found->head == theirs.entry.rev);
    CHECK(f.store->submissions({.conflicts_only = true})->size() == 1);
    CHECK(f.answers().size() == 1);
    std::vector<RevisionId> both = {ours.entry.rev, theirs.entry.rev};
    std::sort(both.begin(), both.end());
    const PushItem settled = a.next(make_envelope("uuid:1", "<v>4</v>", both, 5));
    f.push(a, {settled});
    found = f.store->submission(InstanceId("uuid:1"));
    CHECK(found->heads == 1);
    CHECK(found->head == settled.entry.rev);
    const auto history = f.store->history(InstanceId("uuid:1"));
    REQUIRE(history->size() == 4);
    CHECK(history->at(3).parents == both);
    CHECK(history->at(3).is_head);
    CHECK_FALSE(history->at(1).is_head);
}

TEST_CASE("a second child of one incarnation raises the alarm", "[server][hello]") {
    ServerFixture f;
    PaperDevice device = f.enrol();
    HelloRequest hello;
    hello.writer = device.writer;
    REQUIRE(f.store->hello(device.known, hello));
    hello.parent = WriterParent{device.writer.incarnation, {}};
    hello.writer.incarnation.bytes[0] ^= 1;
    REQUIRE(f.store->hello(device.known, hello));
    CHECK(f.store->alarms()->empty());
    hello.writer.incarnation.bytes[0] ^= 3;
    REQUIRE(f.store->hello(device.known, hello));
    REQUIRE(f.store->alarms()->size() == 1);
    CHECK(f.store->alarms()->at(0).kind == AlarmKind::kCloned);
    hello.writer.device = DeviceId("01J0ABCDEFGHJKMNPQRSTVWXYZ");
    CHECK(f.store->hello(device.known, hello).error().code == ErrorCode::kForbidden);
}

TEST_CASE("hello tells the head and the hash where both ends can compare", "[server][hello]") {
    ServerFixture f;
    PaperDevice device = f.enrol();
    std::vector<PushItem> items;
    std::vector<EntryHash> hashes = {EntryHash{}};
    for (int i = 0; i < 4; ++i) {
        items.push_back(device.next(make_envelope("uuid:" + std::to_string(i), "<a/>")));
        hashes.push_back(device.head.hash);
    }
    HelloRequest hello;
    hello.writer = device.writer;
    hello.head = device.head;
    hello.nonce = 5;
    hello.wall_clock = f.clock.now() + std::chrono::hours(1);
    auto reply = f.store->hello(device.known, hello);
    CHECK_FALSE(reply->writer_known);
    CHECK(reply->nonce == 5);
    f.push(device, items);
    hello.head = {2, hashes[2]};
    reply = f.store->hello(device.known, hello);
    CHECK(reply->writer_known);
    CHECK(reply->head == ChainHead{4, hashes[4]});
    CHECK(reply->hash_at == hashes[2]);
    CHECK(f.store->devices()->at(0).clock_skew_ms == 3'600'000);
}

TEST_CASE("many threads share commits and lose nothing", "[server][push]") {
    ServerFixture f;
    constexpr int kThreads = 6;
    constexpr int kEach = 15;
    std::vector<PaperDevice> devices;
    for (int i = 0; i < kThreads; ++i)
        devices.push_back(f.enrol());
    std::vector<int> stored(kThreads);
    std::vector<std::thread> threads;
    for (int t = 0; t < kThreads; ++t) {
        threads.emplace_back([&, t] {
            PaperDevice& device = devices[static_cast<std::size_t>(t)];
            for (int i = 0; i < kEach; ++i) {
                const PushItem item =
                    device.next(make_envelope("uuid:" + std::to_string(t * 100 + i), "<a/>"));
                const std::vector<server::CheckedItem> checked = {f.check(device, item)};
                const auto reply =
                    f.store->push(device.known, f.store->identity().epoch, device.writer, checked);
                if (reply && reply->results[0].status == ItemStatus::kStored) {
                    ++stored[static_cast<std::size_t>(t)];
                }
                static_cast<void>(f.store->position());
            }
        });
    }
    for (std::thread& thread : threads)
        thread.join();
    for (const int count : stored)
        CHECK(count == kEach);
    CHECK(f.answers().size() == kThreads * kEach);
    CHECK(*f.store->position() == kThreads * kEach);
    const auto changes = f.store->answer_changes(0, 1000);
    REQUIRE(changes->size() == kThreads * kEach);
    for (std::size_t i = 0; i < changes->size(); ++i)
        CHECK(changes->at(i).pos == i + 1);
}

TEST_CASE("work that ends in an exception holds up no other", "[server][push]") {
    TempDir dir;
    DatabaseOptions options;
    options.role = DatabaseRole::kWriter;
    auto db = Database::open(dir / "server.db", server::server_schema(), options);
    REQUIRE(db);
    server::WriterQueue queue(*std::move(db));
    const Result<void> failed =
        queue.run([]() -> Result<void> { throw std::bad_alloc(); });  // a body too much
    CHECK(failed.error().code == ErrorCode::kUnavailable);
    CHECK_FALSE(queue.db().in_transaction());
    CHECK(queue.run([]() -> Result<int> { return 7; }).value_or(0) == 7);
}

TEST_CASE("an item whose receipt was given survives the server's death", "[server][crash]") {
    ServerFixture f;
    PaperDevice device = f.enrol();
    std::vector<PushItem> items;
    for (int i = 0; i < 5; ++i) {
        items.push_back(device.next(make_envelope("uuid:" + std::to_string(i), "<a/>")));
    }
    f.store.reset();
    const int ended_by = run_child([&] {
        const auto store = f.open();
        for (const PushItem& item : items) {
            const std::vector<server::CheckedItem> checked = {f.check(device, item)};
            const auto reply =
                store->push(device.known, store->identity().epoch, device.writer, checked);
            if (!reply || !reply->results[0].receipt) return;
        }
        std::raise(SIGKILL);
    });
    REQUIRE(ended_by == SIGKILL);
    f.store = f.open();
    CHECK(f.answers().size() == 5);
    for (const PushItem& item : items)
        CHECK(f.push_one(device, item) == ItemStatus::kDuplicate);
}

TEST_CASE("a full disk gives no receipt and the server goes on", "[server][full]") {
    ServerFixture f;
    PaperDevice device = f.enrol();
    f.store.reset();
    f.options.pages_max = 100;
    f.store = f.open();
    std::uint64_t stored = 0;
    Result<PushReply> reply = fail(ErrorCode::kUnavailable, "none yet");
    for (int i = 0; i < 200; ++i) {
        const PushItem item = device.next(
            make_envelope("uuid:" + std::to_string(i), "<a>" + std::string(8000, 'x') + "</a>"));
        const std::vector<server::CheckedItem> checked = {f.check(device, item)};
        reply = f.store->push(device.known, f.store->identity().epoch, device.writer, checked);
        if (!reply) break;
        ++stored;
    }
    REQUIRE_FALSE(reply);
    CHECK(reply.error().code == ErrorCode::kUnavailable);
    CHECK(stored > 0);
    CHECK(*f.store->count_submissions({}) == stored);
    CHECK(f.store->authenticate(device.token));
    f.store.reset();
    f.options.pages_max = 0;
    f.store = f.open();
    CHECK(f.answers().size() == stored);
}
