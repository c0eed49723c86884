#include "collector/agent/agent.h"

#include <catch2/catch.hpp>

#include "common/codec/wire.h"
#include "tests/support/fake_clock.h"
#include "tests/support/temp_dir.h"
#include "tests/unit/collector/agent/fake_server.h"

using namespace survey;
using namespace survey::collector;
using survey::test::FakeClock;
using survey::test::FakeServer;
using survey::test::TempDir;

namespace {

struct Field {
    TempDir dir;
    FakeClock clock;
    SeededRandom random{11};
    FakeServer server{clock};
    std::unique_ptr<CollectorStore> store;

    explicit Field(bool enrolled = true) {
        auto opened = CollectorStore::open(
            {dir / "data", dir / "state/identity.marker", "machine", 0}, clock, random);
        REQUIRE(opened);
        store = *std::move(opened);
        REQUIRE(store->add_form({{"f", "1"}, {}, "Form", "<h:html/>", {}, false}));
        if (enrolled) REQUIRE(enrol(*store, server, "http://x", "K7QM-2F9X", "laptop", "test"));
    }

    RevisionId finish(const std::string& content) {
        const auto draft = store->start_draft({{"f", "1"}, "<data/>", "de", {}});
        REQUIRE(draft);
        const auto rev = store->finalise(draft->id, {content, "", "", {}});
        REQUIRE(rev);
        return *rev;
    }
    void finish_many(int count) {
        for (int i = 0; i < count; ++i)
            finish("<data>" + std::to_string(i) + "</data>");
    }
    Result<SyncReport> sync() { return Agent(*store, server, random, "test").run_once(); }
    SyncReport synced() {
        auto report = sync();
        if (!report) FAIL(report.error().message);
        return *report;
    }
    std::uint64_t waiting() { return store->sync_status()->waiting; }
};

// The answer of `path` at its nth call is this instead.
FakeServer::Trouble instead(std::string path, int nth, FakeServer::Answer answer) {
    return [path = std::move(path), nth, answer = std::move(answer)](std::string_view asked,
                                                                     int call) {
        return asked == path && call == nth ? std::optional(answer) : std::nullopt;
    };
}

}  // namespace

TEST_CASE("a session sends what waits and a second one sends nothing", "[agent]") {
    Field field;
    field.finish_many(3);
    const SyncReport first = field.synced();
    CHECK(first.waiting_before == 3);
    CHECK(first.stored == 3);
    CHECK(field.waiting() == 0);
    CHECK(field.synced().stored == 0);
    CHECK(field.server.batches.size() == 1);
}

TEST_CASE("a device without enrolment does not call anybody", "[agent]") {
    Field field(false);
    const auto report = field.sync();
    REQUIRE_FALSE(report);
    CHECK(report.error().code == ErrorCode::kNotEnrolled);
    CHECK(field.server.calls("/v1/hello") == 0);
}

TEST_CASE("a wrong code leaves the device as it was", "[agent][enrol]") {
    Field field(false);
    field.finish("<data/>");
    const DeviceId before = field.store->identity().writer.device;
    const auto done = enrol(*field.store, field.server, "http://x", "WRONG", "laptop", "test");
    REQUIRE_FALSE(done);
    CHECK(done.error().code == ErrorCode::kNotEnrolled);
    CHECK(done.error().message == "this enrolment code is not valid");
    CHECK_FALSE(field.store->identity().enrolment);
    CHECK(field.store->identity().writer.device == before);
    REQUIRE(enrol(*field.store, field.server, "http://x", "K7QM-2F9X", "laptop", "test"));
    CHECK(field.synced().stored == 1);
}

TEST_CASE("no refusal and no stranger's answer loses or delivers anything", "[agent][refusal]") {
    struct Case {
        FakeServer::Answer answer;
        ErrorCode code;
    };
    const std::string login = "<html><body>Please log in</body></html>";
    Field probe;
    const std::string torn =
        codec::encode(HelloReply{}).substr(0, codec::encode(HelloReply{}).size() / 2);
    const Case cases[] = {
        {FakeServer::cut(), ErrorCode::kUnavailable},
        {FakeServer::status(200, login), ErrorCode::kUnavailable},
        {FakeServer::status(200, ""), ErrorCode::kUnavailable},
        {FakeServer::status(200, torn), ErrorCode::kUnavailable},
        {FakeServer::status(204), ErrorCode::kUnavailable},
        {FakeServer::status(302, login), ErrorCode::kUnavailable},
        {FakeServer::status(401), ErrorCode::kUnavailable},
        {FakeServer::status(403, login), ErrorCode::kUnavailable},
        {FakeServer::status(404, login), ErrorCode::kUnavailable},
        {FakeServer::status(500), ErrorCode::kUnavailable},
        {FakeServer::status(502, login), ErrorCode::kUnavailable},
        {FakeServer::problem(503, "The server cannot do this right now."), ErrorCode::kUnavailable},
        {FakeServer::problem(429, "Too many tries."), ErrorCode::kUnavailable},
        {FakeServer::problem(400, "not one of our messages"), ErrorCode::kUnavailable},
        {FakeServer::problem(404, "no such address"), ErrorCode::kUnavailable},
        {FakeServer::problem(401, "this device is not enrolled here"), ErrorCode::kNotEnrolled},
        {FakeServer::problem(403, "not yours"), ErrorCode::kNotEnrolled},
        {FakeServer::problem(426, "protocol 9 only"), ErrorCode::kUnsupported},
        {fail(ErrorCode::kForbidden, "certificate"), ErrorCode::kForbidden},
    };
    for (const char* path : {"/v1/hello", "/v1/push", "/v1/pull"}) {
        for (const Case& each : cases) {
            Field field;
            field.finish_many(2);
            field.server.trouble = instead(path, 1, each.answer);
            const auto report = field.sync();
            INFO(path << " " << (each.answer ? each.answer->status : 0));
            REQUIRE_FALSE(report);
            CHECK(report.error().code == each.code);
            CHECK(field.waiting() == (std::string(path) == "/v1/pull" ? 0U : 2U));
            field.server.trouble = {};
            static_cast<void>(field.synced());
            CHECK(field.waiting() == 0);
            CHECK(field.server.held() == 2);
        }
    }
}

TEST_CASE("a login page of the network is named as such", "[agent][refusal]") {
    for (const auto& answer :
         {FakeServer::status(200, "<html>"), FakeServer::status(302), FakeServer::status(511)}) {
        Field field;
        field.server.trouble = instead("/v1/hello", 1, answer);
        const auto report = field.sync();
        REQUIRE_FALSE(report);
        CHECK(report.error().message.find("login in the browser") != std::string::npos);
    }
}

TEST_CASE("a server's sentence reaches the terminal without control characters", "[agent]") {
    Field field;
    field.server.trouble =
        instead("/v1/hello", 1, FakeServer::problem(426, "red\\u001b[31m\\nline\\u009b2J"));
    const auto report = field.sync();
    REQUIRE_FALSE(report);
    CHECK(report.error().message == "red[31mline2J");
}

TEST_CASE("a push whose answer was lost is recognised next time", "[agent]") {
    Field field;
    field.finish_many(3);
    field.server.trouble = [&](std::string_view path,
                               int call) -> std::optional<FakeServer::Answer> {
        if (path != "/v1/push" || call != 1) return std::nullopt;
        static_cast<void>(field.server.serve(path, field.server.last_body()));
        return FakeServer::cut();
    };
    CHECK_FALSE(field.sync());
    CHECK(field.server.held() == 3);
    CHECK(field.waiting() == 3);  // nobody has said so yet
    const SyncReport report = field.synced();
    CHECK(report.stored == 0);
    CHECK(field.waiting() == 0);
    CHECK(field.server.held() == 3);
}

TEST_CASE("a late answer to another hello is not taken for this one", "[agent]") {
    Field field;
    field.finish("<data/>");
    field.server.twist_hello = [](HelloReply& reply) { ++reply.nonce; };
    const auto report = field.sync();
    REQUIRE_FALSE(report);
    CHECK(report.error().code == ErrorCode::kUnavailable);
    CHECK(field.server.calls("/v1/push") == 0);
}

TEST_CASE("the wrong server, a stale one and a newer one get nothing", "[agent]") {
    Field field;
    field.finish("<data/>");
    ErrorCode expected = ErrorCode::kForbidden;
    SECTION("another server") {
        field.server.server.bytes[0] = 1;
    }
    SECTION("an older epoch") {
        static_cast<void>(field.synced());
        field.finish("<data>2</data>");
        --field.server.epoch.counter;
    }
    SECTION("a later protocol") {
        field.server.protocol_min = 2;
        expected = ErrorCode::kUnsupported;
    }
    const int pushes = field.server.calls("/v1/push");
    const auto report = field.sync();
    REQUIRE_FALSE(report);
    CHECK(report.error().code == expected);
    CHECK(field.server.calls("/v1/push") == pushes);
    CHECK(field.waiting() == 1);
}

TEST_CASE("too large a batch is halved until it fits, and all of it arrives", "[agent][413]") {
    Field field;
    field.server.items_max = 1;
    field.finish_many(12);
    CHECK(field.synced().stored == 12);
    CHECK(field.waiting() == 0);
}

TEST_CASE("halving does not use up the patience with gaps", "[agent][413]") {
    Field field;
    field.server.items_max = 1;
    field.finish_many(5);
    int gaps = 3;  // the server asks three times for what it just took
    field.server.twist_push = [&](PushReply& reply) {
        if (gaps-- > 0) reply.head = {};
    };
    CHECK(field.synced().duplicates == 3);
    CHECK(field.waiting() == 0);
}

TEST_CASE("one interview that is too large for the way says so and stays", "[agent][413]") {
    Field field;
    field.server.items_max = 0;
    field.finish_many(3);
    const auto report = field.sync();
    REQUIRE_FALSE(report);
    CHECK(report.error().code == ErrorCode::kUnavailable);
    CHECK(report.error().message.find("too large") != std::string::npos);
    CHECK(field.waiting() == 3);
}

TEST_CASE("a server that never takes an item does not hold the session for ever", "[agent]") {
    Field field;
    field.finish("<data/>");
    ItemStatus status = ItemStatus::kRetry;
    SECTION("retry") {}
    SECTION("gap") {
        status = ItemStatus::kGap;
    }
    field.server.twist_push = [&](PushReply& reply) {
        reply.head = {};
        reply.results[0].status = status;
        reply.results[0].receipt.reset();
    };
    const auto report = field.sync();
    REQUIRE_FALSE(report);
    CHECK(report.error().code == ErrorCode::kUnavailable);
    CHECK(field.server.calls("/v1/push") < 50);
    CHECK(field.waiting() == 1);
}

TEST_CASE("a chain that forked while it was sent is settled in the same session", "[agent][fork]") {
    Field field;
    field.finish_many(2);
    bool forked = false;
    field.server.twist_push = [&](PushReply& reply) {
        if (std::exchange(forked, true)) return;
        // Between hello and push a copy of this device has written number 1.
        field.server.forget();
        --field.server.epoch.counter;
        for (PushResult& result : reply.results) {
            result.status = ItemStatus::kFork;
            result.receipt.reset();
        }
        reply.head = {1, EntryHash{{7}}};
        field.server.twist_hello = [&](HelloReply& hello) {
            hello.writer_known = true;
            hello.head = {1, EntryHash{{7}}};
            hello.hash_at = EntryHash{{7}};
            field.server.twist_hello = {};
        };
    };
    const SyncReport report = field.synced();
    CHECK(report.incarnations_changed == 1);
    CHECK(report.finding == HelloFinding::kFork);
    CHECK(field.waiting() == 0);
    CHECK(field.server.held() == 2);
}

TEST_CASE("a server restored between hello and push is greeted again", "[agent][epoch]") {
    Field field;
    field.finish_many(2);
    field.server.trouble = [&](std::string_view path,
                               int call) -> std::optional<FakeServer::Answer> {
        if (path == "/v1/push" && call == 1) field.server.forget();
        return std::nullopt;
    };
    const SyncReport report = field.synced();
    CHECK(report.stored == 2);
    CHECK(field.waiting() == 0);
}

TEST_CASE("a server restored from an empty backup gets everything again", "[agent][epoch]") {
    Field field;
    field.finish_many(4);
    static_cast<void>(field.synced());
    field.server.forget();
    const SyncReport report = field.synced();
    CHECK(report.stored == 4);
    CHECK(report.finding == HelloFinding::kServerForgot);
    CHECK(field.waiting() == 0);
}

TEST_CASE("an item that the server finds not authentic stops no other", "[agent]") {
    Field field;
    field.finish_many(3);
    bool refused = false;
    field.server.trouble = [&](std::string_view path, int) -> std::optional<FakeServer::Answer> {
        if (path != "/v1/push" || std::exchange(refused, true)) return std::nullopt;
        const auto request = codec::decode<PushRequest>(field.server.last_body());
        PushReply reply;
        reply.epoch = request->epoch;
        for (const PushItem& item : request->items) {
            const auto status = item.entry.seq == 1 ? ItemStatus::kNotAuthentic : ItemStatus::kGap;
            reply.results.push_back(
                {item.entry.seq, item.entry.rev, status, QuarantineReason::kNone, std::nullopt});
        }
        return FakeServer::status(200, codec::encode(reply));
    };
    const SyncReport report = field.synced();
    CHECK(report.refused == 1);
    CHECK(report.stored == 2);
    CHECK(field.waiting() == 0);
    CHECK(field.store->sync_status()->refused == 1);
}

TEST_CASE("receipts that nobody signed deliver nothing", "[agent][receipt]") {
    Field field;
    field.finish("<data/>");
    SECTION("another key") {
        field.server.key = SigningKey::from_seed(Bytes32{10});
    }
    SECTION("of another epoch") {
        field.server.twist_push = [](PushReply& reply) {
            ++reply.results[0].receipt->epoch.counter;
        };
    }
    SECTION("for another interview") {
        field.server.twist_push = [](PushReply& reply) { reply.results[0].receipt->rev = {}; };
    }
    const auto report = field.sync();
    REQUIRE_FALSE(report);
    CHECK(report.error().code == ErrorCode::kUnavailable);
    CHECK(field.waiting() == 1);
}

TEST_CASE("an answer with too few or too many results is refused", "[agent]") {
    Field field;
    field.finish_many(2);
    SECTION("fewer") {
        field.server.twist_push = [](PushReply& reply) { reply.results.pop_back(); };
    }
    SECTION("more") {
        field.server.twist_push = [](PushReply& reply) {
            reply.results.push_back(reply.results[0]);
        };
    }
    SECTION("in another order") {
        field.server.twist_push = [](PushReply& reply) {
            std::swap(reply.results[0], reply.results[1]);
        };
    }
    const auto report = field.sync();
    REQUIRE_FALSE(report);
    CHECK(report.error().code == ErrorCode::kUnavailable);
    CHECK(field.waiting() == 2);
}

TEST_CASE("a withdrawn device sends what it has and takes nothing", "[agent][revoked]") {
    Field field;
    field.finish_many(2);
    field.server.revoked = true;
    const SyncReport report = field.synced();
    CHECK(report.revoked);
    CHECK(report.stored == 2);
    CHECK(field.server.calls("/v1/pull") == 0);
    CHECK(field.store->sync_status()->revoked);
}

TEST_CASE("forms come down page by page, each once", "[agent][pull]") {
    Field field;
    for (std::uint64_t i = 1; i <= 3; ++i) {
        const PublishedForm form{{"g", std::to_string(i)}, {}, "G", "<h:html/>", {}, false};
        field.server.changes.push_back(
            {i, static_cast<std::uint16_t>(ChangeKind::kForm), codec::encode(form)});
    }
    field.server.changes.push_back({4, 999, "of a later version"});
    field.server.trouble = instead("/v1/pull", 2, FakeServer::cut());
    CHECK_FALSE(field.sync());
    CHECK(field.store->forms()->size() == 2);
    CHECK(field.synced().changes_received == 3);
    CHECK(field.store->forms()->size() == 4);
    CHECK(field.synced().changes_received == 0);
}

TEST_CASE("a page that does not belong to the cursor changes nothing", "[agent][pull]") {
    Field field;
    PullReply page;
    page.epoch = field.server.epoch;
    page.from = 5;
    page.to = 9;
    field.server.trouble = instead("/v1/pull", 1, FakeServer::status(200, codec::encode(page)));
    CHECK(field.synced().changes_received == 0);
    CHECK(field.store->next_pull()->cursor.pos == 0);
}

TEST_CASE("a list of changes without an end is given up", "[agent][pull]") {
    Field field;
    PullReply page;
    page.epoch = field.server.epoch;
    page.more = true;
    field.server.trouble = [&](std::string_view path, int) -> std::optional<FakeServer::Answer> {
        if (path != "/v1/pull") return std::nullopt;
        return FakeServer::status(200, codec::encode(page));
    };
    const auto report = field.sync();
    REQUIRE_FALSE(report);
    CHECK(report.error().code == ErrorCode::kUnavailable);
    CHECK(field.server.calls("/v1/pull") < 100);
}

TEST_CASE("progress never says more than there is", "[agent]") {
    Field field;
    field.finish_many(3);
    static_cast<void>(field.synced());
    field.server.forget();
    field.finish("<data>new</data>");
    std::vector<std::pair<std::uint64_t, std::uint64_t>> told;
    Agent agent(*field.store, field.server, field.random, "test");
    REQUIRE(
        agent.run_once([&](std::uint64_t done, std::uint64_t of) { told.push_back({done, of}); }));
    REQUIRE_FALSE(told.empty());
    for (const auto& [done, of] : told)
        CHECK(done <= of);
}
