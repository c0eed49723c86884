#include "sync-server/api/router.h"

#include <stdexcept>

#include <catch2/catch.hpp>

#include "tests/support/fake_clock.h"

using namespace survey;
using namespace survey::server;

namespace {

/// The token names the role.
class ByWord final : public Authenticator {
  public:
    Result<Caller> identify(const Request& request) override {
        using Role = Caller::Role;
        const std::string_view word = request.field("authorization");
        Caller caller;
        if (word == "device") caller.role = Role::kDevice;
        if (word == "analyst") caller.role = Role::kAnalyst;
        if (word == "office") caller.role = Role::kOffice;
        if (word == "broken") return fail(ErrorCode::kUnavailable, "disk");
        if (request.cookie("session") == "office") {
            caller.role = Role::kOffice;
            caller.by_cookie = true;
        }
        return caller;
    }
};

struct World {
    int calls = 0;
    test::FakeClock clock;
    NullLog log;
    ByWord who;
    Router router{table(), who, clock, log};

    std::vector<Route> table() {
        const Handler echo = [this](const RoutedCall& request) -> Result<Reply> {
            ++calls;
            return Reply::json(request.captures.empty() ? "{}" : "\"" + request.captures[0] + "\"");
        };
        const Handler refuse = [](const RoutedCall&) -> Result<Reply> {
            return fail(ErrorCode::kNotFound, "No such form.");
        };
        const Handler explode = [](const RoutedCall&) -> Result<Reply> {
            throw std::runtime_error("out of memory at 0x1");
        };
        return {
            {Method::kGet, "/open", Access::kAnyone, "open", echo},
            {Method::kPost, "/limited", Access::kAnyone, "limited", echo, 100, Face::kData, true},
            {Method::kPost, "/push", Access::kDevice, "push", echo, 1'000},
            {Method::kGet, "/results/{form}", Access::kAnalyst, "results", echo},
            {Method::kGet, "/pages/{form}", Access::kAnalyst, "page", echo, 0, Face::kPage},
            {Method::kGet, "/forms", Access::kOffice, "forms", echo},
            {Method::kPost, "/forms", Access::kOffice, "publish", echo, 8'000},
            {Method::kGet, "/missing", Access::kOffice, "missing", refuse},
            {Method::kGet, "/explode", Access::kOffice, "explode", explode},
        };
    }

    Handled call(Method method, const std::string& target, const std::string& word = {},
                 std::vector<std::pair<std::string, std::string>> more = {}) {
        Request request;
        request.id = "1";
        request.method = method;
        request.target = *parse_target(target);
        request.fields = std::move(more);
        if (!word.empty()) request.fields.emplace_back("authorization", word);
        request.peer = "127.0.0.1";
        return router.handle(std::move(request));
    }
};

std::string field(const Reply& reply, const std::string& name) {
    for (const auto& [key, value] : reply.fields) {
        if (key == name) return value;
    }
    return {};
}

}  // namespace

TEST_CASE("each row admits exactly its callers", "[api][router]") {
    World world;
    struct Row {
        const char* target;
        Method method;
        const char* admitted;
    };
    const Row rows[] = {{"/open", Method::kGet, "nobody device analyst office"},
                        {"/push", Method::kPost, "device"},
                        {"/results/x", Method::kGet, "analyst office"},
                        {"/forms", Method::kGet, "office"}};
    for (const Row& row : rows) {
        for (const std::string who : {"nobody", "device", "analyst", "office"}) {
            CAPTURE(row.target, who);
            const int before = world.calls;
            const auto handled = world.call(row.method, row.target, who == "nobody" ? "" : who);
            const bool admitted = std::string(row.admitted).find(who) != std::string::npos;
            CHECK((handled.reply.status == 200) == admitted);
            CHECK((world.calls == before + 1) == admitted);
            if (!admitted) CHECK(handled.reply.status == (who == "nobody" ? 401 : 403));
        }
    }
}

TEST_CASE("an address or a method that no row has is refused", "[api][router]") {
    World world;
    CHECK(world.call(Method::kGet, "/nothing", "office").reply.status == 404);
    CHECK(world.call(Method::kGet, "/results", "office").reply.status == 404);
    CHECK(world.call(Method::kGet, "/results/a/b", "office").reply.status == 404);
    const auto wrong = world.call(Method::kGet, "/push", "device");
    CHECK(wrong.reply.status == 405);
    CHECK(field(wrong.reply, "Allow") == "POST");
    CHECK(world.call(Method::kHead, "/forms", "office").reply.status == 200);
}

TEST_CASE("a capture is one decoded segment", "[api][router]") {
    World world;
    CHECK(world.call(Method::kGet, "/results/a%20b", "office").reply.body == "\"a b\"");
}

TEST_CASE("bodies are bounded by their row before they are read", "[api][router]") {
    World world;
    CHECK(world.router.body_bytes_max(Method::kPost, *parse_target("/forms")) == 8'000);
    CHECK(world.router.body_bytes_max(Method::kGet, *parse_target("/forms")) == 0);
    CHECK(world.router.body_bytes_max(Method::kPost, *parse_target("/nothing")) == 0);
}

TEST_CASE("who is not signed in is led from a page to the sign-in page and back", "[api][router]") {
    World world;
    const auto handled = world.call(Method::kGet, "/pages/f%26?row=a&lang=de");
    CHECK(handled.reply.status == 303);
    CHECK(field(handled.reply, "Location") == "/login?next=%2Fpages%2Ff%26%3Frow%3Da%26lang%3Dde");
    CHECK(world.calls == 0);
}

TEST_CASE("a cookie reads but does not change anything", "[api][router]") {
    World world;
    CHECK(world.call(Method::kGet, "/forms", "", {{"cookie", "session=office"}}).reply.status ==
          200);
    CHECK(world.call(Method::kPost, "/forms", "", {{"cookie", "session=office"}}).reply.status ==
          403);
    CHECK(world.calls == 1);
}

TEST_CASE("a form sent from another site is refused, also with a token", "[api][router]") {
    World world;
    CHECK(world
              .call(Method::kPost, "/forms", "office",
                    {{"host", "a:1"}, {"origin", "https://evil.example"}})
              .reply.status == 403);
    CHECK(world.call(Method::kPost, "/forms", "office", {{"host", "a:1"}, {"origin", "null"}})
              .reply.status == 403);
    CHECK(world
              .call(Method::kPost, "/forms", "office",
                    {{"host", "a:1"}, {"sec-fetch-site", "cross-site"}})
              .reply.status == 403);
    CHECK(world.calls == 0);
    CHECK(world
              .call(Method::kPost, "/forms", "office",
                    {{"host", "a:1"}, {"origin", "http://a:1"}, {"sec-fetch-site", "same-origin"}})
              .reply.status == 200);
}

TEST_CASE("guessing is slowed down per address", "[api][router]") {
    World world;
    int admitted = 0;
    Reply last;
    for (int i = 0; i < 100; ++i) {
        last = world.call(Method::kPost, "/limited").reply;
        admitted += last.status == 200;
    }
    CHECK(admitted == 30);
    CHECK(last.status == 429);
    CHECK(field(last, "Retry-After") == "2");
}

TEST_CASE("failures become problems, an exception too", "[api][router]") {
    World world;
    CHECK(world.call(Method::kGet, "/missing", "office").reply.status == 404);
    CHECK(world.call(Method::kGet, "/forms", "broken").reply.status == 503);
    const auto handled = world.call(Method::kGet, "/explode", "office");
    CHECK(handled.reply.status == 500);
    CHECK(handled.reply.body.find("0x1") == std::string::npos);
    CHECK(handled.route == "explode");
}

TEST_CASE("every reply carries the browser's protections", "[api][router]") {
    World world;
    for (const char* target : {"/open", "/nothing", "/forms"}) {
        const auto handled = world.call(Method::kGet, target);
        CAPTURE(target);
        CHECK(field(handled.reply, "X-Content-Type-Options") == "nosniff");
        CHECK(field(handled.reply, "Referrer-Policy") == "same-origin");
        CHECK(field(handled.reply, "Content-Security-Policy").find("default-src 'none'") == 0);
        CHECK(field(handled.reply, "Cache-Control") == "no-store");
    }
}
