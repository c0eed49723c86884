#include <catch2/catch.hpp>

#include "collector/agent/agent.h"
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

    Field() {
        auto opened = CollectorStore::open(
            {dir / "data", dir / "state/identity.marker", "machine", 0}, clock, random);
        REQUIRE(opened);
        store = *std::move(opened);
        REQUIRE(store->add_form({{"f", "1"}, {}, "Form", "<h:html/>", {}, false}));
        REQUIRE(enrol(*store, server, "http://x", "K7QM-2F9X", "laptop", "test"));
    }
    /// An interview with one picture.
    void finish(const std::string& picture) {
        const auto draft = store->start_draft({{"f", "1"}, "<data/>", "de", {}});
        REQUIRE(draft);
        REQUIRE(store->put_draft_file(draft->id, {"a.png", "image/png", picture}));
        const auto files = store->draft_files(draft->id);
        REQUIRE(store->finalise(draft->id, {"<data>" + picture + "</data>", "", "", *files}));
    }
    Result<SyncReport> sync() { return Agent(*store, server, random, "test").run_once(); }
    SyncReport synced() {
        auto report = sync();
        if (!report) FAIL(report.error().message);
        return *report;
    }
    int puts() const { return server.calls("/v1/files"); }
};

}  // namespace

TEST_CASE("pictures follow their interviews, once", "[agent][files]") {
    Field field;
    field.finish("one");
    field.finish("two");
    field.finish("two");  // the same picture twice
    const SyncReport first = field.synced();
    CHECK(first.stored == 3);
    CHECK(first.files_sent == 2);
    CHECK(first.files_left == 0);
    CHECK(field.server.files.size() == 2);
    CHECK(field.puts() == 2);
    CHECK(field.synced().files_sent == 0);
    CHECK(field.puts() == 2);
    CHECK(field.server.calls("/v1/files/have") == 1);  // nothing is asked where nothing is left
}

TEST_CASE("a broken line in the middle costs no file that has arrived", "[agent][files]") {
    Field field;
    for (const char* picture : {"one", "two", "three"})
        field.finish(picture);
    field.server.trouble = [](std::string_view path, int call) {
        return path == "/v1/files" && call == 2 ? std::optional(FakeServer::cut()) : std::nullopt;
    };
    const auto cut = field.sync();
    REQUIRE_FALSE(cut);
    CHECK(cut.error().code == ErrorCode::kUnavailable);
    CHECK(field.store->sync_status()->waiting == 0);  // the interviews are there already
    CHECK(field.server.files.size() == 1);
    const SyncReport rest = field.synced();
    CHECK(rest.files_sent == 2);
    CHECK(field.server.files.size() == 3);
    CHECK(field.puts() == 4);
}

TEST_CASE("a file whose receipt was lost is not sent again", "[agent][files]") {
    Field field;
    field.finish("one");
    field.synced();
    // As if the answer had not come: the device does not know, the server has it.
    field.finish("two");
    int lost = 0;
    field.server.trouble = [&](std::string_view path, int) -> std::optional<FakeServer::Answer> {
        if (path != "/v1/files" || lost++ > 0) return std::nullopt;
        field.server.files[BlobHash{blake2b_256("two")}.hex()] = "two";
        return FakeServer::cut();
    };
    CHECK_FALSE(field.sync());
    CHECK(field.synced().files_sent == 1);
    CHECK(field.puts() == 2);  // one for each picture
}

TEST_CASE("who is not the survey server cannot make a file count as sent", "[agent][files]") {
    for (const FakeServer::Answer& answer :
         {FakeServer::status(200, "<html>login</html>"), FakeServer::status(201, "{}"),
          FakeServer::status(302), FakeServer::problem(503, "busy"),
          FakeServer::status(200, "{\"hash\":\"00\"}")}) {
        Field field;
        field.finish("one");
        field.server.trouble = [&](std::string_view path, int call) {
            return path == "/v1/files" && call == 1 ? std::optional(answer) : std::nullopt;
        };
        CHECK_FALSE(field.sync());
        CHECK(field.store->unsent_files(10)->size() == 1);
        CHECK(field.synced().files_sent == 1);
    }
    Field field;
    field.finish("one");
    field.server.trouble = [](std::string_view path, int call) {
        return path == "/v1/files/have" && call == 1
                   ? std::optional(FakeServer::status(200, "{\"hello\":1}"))
                   : std::nullopt;
    };
    CHECK_FALSE(field.sync());
    CHECK(field.store->unsent_files(10)->size() == 1);
}

TEST_CASE("a file that the server does not take holds up neither others nor the forms",
          "[agent][files]") {
    Field field;
    field.finish("one");
    field.finish("two");
    field.server.trouble = [](std::string_view path, int call) {
        return path == "/v1/files" && call == 1
                   ? std::optional(FakeServer::problem(413, "too large"))
                   : std::nullopt;
    };
    const SyncReport report = field.synced();
    CHECK(report.files_sent == 1);
    CHECK(report.files_left == 1);
    CHECK(field.server.calls("/v1/pull") == 1);
    CHECK(field.store->unsent_files(10)->size() == 1);
}

TEST_CASE("a server that knows no files yet is given the interviews all the same",
          "[agent][files]") {
    Field field;
    field.finish("one");
    field.server.trouble = [](std::string_view path, int) {
        return path == "/v1/files/have" ? std::optional(FakeServer::problem(404, "no address"))
                                        : std::nullopt;
    };
    const SyncReport report = field.synced();
    CHECK(report.stored == 1);
    CHECK(report.files_left == 1);
    CHECK(field.puts() == 0);
}
