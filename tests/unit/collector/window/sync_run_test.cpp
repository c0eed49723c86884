#include "collector/window/sync_run.h"

#include <future>

#include <catch2/catch.hpp>

#include "tests/support/fake_clock.h"
#include "tests/support/temp_dir.h"
#include "tests/unit/collector/agent/fake_server.h"

using namespace survey;
using namespace survey::collector;
using survey::test::FakeClock;
using survey::test::FakeServer;
using survey::test::TempDir;

namespace {

/// A server that stands behind a door: it answers one call for each time the door is opened.
class SlowServer final : public Transport {
  public:
    explicit SlowServer(FakeServer& server) : server_(server) {}
    Result<TransportReply> send(const TransportCall& call, std::size_t reply_bytes_max) override {
        std::unique_lock lock(mutex_);
        ++waiting_;
        changed_.notify_all();
        changed_.wait(lock, [this] { return open_; });
        return server_.send(call, reply_bytes_max);
    }
    void await_call() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return waiting_ > 0; });
    }
    void open() {
        const std::lock_guard lock(mutex_);
        open_ = true;
        changed_.notify_all();
    }

  private:
    FakeServer& server_;
    std::mutex mutex_;
    std::condition_variable changed_;
    int waiting_ = 0;
    bool open_ = false;
};

/// Lends a transport that lives elsewhere.
class Lent final : public Transport {
  public:
    explicit Lent(Transport& inner) : inner_(inner) {}
    Result<TransportReply> send(const TransportCall& call, std::size_t reply_bytes_max) override {
        return inner_.send(call, reply_bytes_max);
    }

  private:
    Transport& inner_;
};

struct Field {
    TempDir dir;
    FakeClock clock;
    SeededRandom random{11};
    FakeServer server{clock};
    SlowServer slow{server};
    std::unique_ptr<CollectorStore> store;
    std::unique_ptr<SharedStore> shared;
    std::unique_ptr<SyncRun> run;

    explicit Field(bool enrolled = true) {
        auto opened = CollectorStore::open(
            {dir / "data", dir / "state/identity.marker", "machine", 0}, clock, random);
        REQUIRE(opened);
        store = *std::move(opened);
        REQUIRE(store->add_form({{"f", "1"}, {}, "Form", "<h:html/>", {}, false}));
        if (enrolled) REQUIRE(enrol(*store, server, "http://x", "K7QM-2F9X", "laptop", "test"));
        shared = std::make_unique<SharedStore>(*store);
        run = std::make_unique<SyncRun>(
            *shared, random,
            [this](const std::string&,
                   const std::atomic<bool>&) -> Result<std::unique_ptr<Transport>> {
                return std::unique_ptr<Transport>(std::make_unique<Lent>(slow));
            },
            "test");
    }
    DraftId start() {
        const auto draft = shared->turn()->start_draft({{"f", "1"}, "<data/>", "de", {}});
        REQUIRE(draft);
        return draft->id;
    }
    void finish() {
        const DraftId draft = start();
        REQUIRE(shared->turn()->finalise(draft, {"<data>1</data>", "", "", {}}));
    }
    /// Bounded: a session that never ends fails the test by its time limit.
    SyncState ended() {
        for (;;) {
            const SyncState state = run->state();
            if (!state.is_running) return state;
            std::this_thread::yield();
        }
    }
};

}  // namespace

TEST_CASE("an answer is saved while the server lets the sync wait", "[window][sync]") {
    Field field;
    field.finish();
    const DraftId draft = field.start();
    REQUIRE(field.run->start());
    field.slow.await_call();
    // The server has not answered yet, and everything else goes on.
    CHECK(field.run->state().is_running);
    CHECK(field.shared->turn()->save_draft(draft, {"<data>2</data>", "", "", "", std::nullopt}));
    REQUIRE(field.shared->turn()->finalise(draft, {"<data>2</data>", "", "", {}}));
    CHECK_FALSE(field.run->start());  // one at a time
    field.slow.open();
    const SyncState state = field.ended();
    REQUIRE(state.report);
    CHECK(state.report->stored == 2);  // also what was finalised meanwhile
    CHECK(field.server.held() == 2);
    CHECK(field.shared->turn()->sync_status()->waiting == 0);
    const auto events = field.shared->turn()->events(5);
    REQUIRE(events->size() == 1);
    CHECK(events->front().kind == EventKind::kSynced);
}

TEST_CASE("a sync that fails says why, loses nothing and can be tried again", "[window][sync]") {
    Field field;
    field.slow.open();
    field.finish();
    field.server.trouble = [](std::string_view path, int call) {
        return path == "/v1/push" && call == 1 ? std::optional(FakeServer::cut()) : std::nullopt;
    };
    REQUIRE(field.run->start());
    const SyncState failed = field.ended();
    REQUIRE(failed.failure);
    CHECK(failed.failure->code == ErrorCode::kUnavailable);
    CHECK(field.shared->turn()->events(1)->front().kind == EventKind::kSyncFailed);
    CHECK(field.shared->turn()->sync_status()->waiting == 1);
    REQUIRE(field.run->start());
    CHECK(field.ended().report);
    CHECK(field.server.held() == 1);
}

TEST_CASE("a device that is not enrolled says so", "[window][sync]") {
    Field field(false);
    REQUIRE(field.run->start());
    const SyncState state = field.ended();
    REQUIRE(state.failure);
    CHECK(state.failure->code == ErrorCode::kNotEnrolled);
}

TEST_CASE("when the window closes, no further word goes to the server", "[window][sync]") {
    Field field;
    field.finish();
    REQUIRE(field.run->start());
    field.slow.await_call();
    field.run->stop();
    field.slow.open();
    const SyncState state = field.ended();
    CHECK(state.failure);
    CHECK(field.server.held() == 0);
    CHECK(field.shared->turn()->sync_status()->waiting == 1);
    CHECK_FALSE(field.run->start());
}
