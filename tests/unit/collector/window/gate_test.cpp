#include "collector/window/gate.h"

#include <catch2/catch.hpp>

using namespace survey;
using namespace survey::collector;

namespace {

struct Door {
    Gate gate;
    std::string cookie;

    Door() {
        gate.opened_at(4711);
        const auto set = gate.exchange(gate.new_token());
        REQUIRE(set);
        cookie = set->substr(0, set->find(';'));
    }

    /// A call as the window's own page makes it.
    Request call(Method method) const {
        Request request;
        request.id = "1";
        request.method = method;
        request.fields = {{"host", "127.0.0.1:4711"},
                          {"cookie", "other=1; " + cookie},
                          {"sec-fetch-site", "same-origin"}};
        if (!is_safe(method)) {
            request.fields.emplace_back("origin", "http://127.0.0.1:4711");
            request.fields.emplace_back("x-werkstatt", "1");
        }
        return request;
    }
    int status(const Request& request, Access access = Access::kSession) const {
        const auto refusal = gate.refuse(request, access);
        return refusal ? refusal->status : 0;
    }
};

void set(Request& request, const std::string& name, const std::string& value) {
    std::erase_if(request.fields, [&](const auto& field) { return field.first == name; });
    if (!value.empty()) request.fields.emplace_back(name, value);
}

constexpr Method kWrites[] = {Method::kPost, Method::kPut, Method::kDelete};

}  // namespace

TEST_CASE("the window's own page comes in", "[window][gate]") {
    const Door door;
    CHECK(door.status(door.call(Method::kGet)) == 0);
    for (const Method method : kWrites)
        CHECK(door.status(door.call(method)) == 0);
    for (const char* name : {"localhost:4711", "[::1]:4711"}) {
        Request request = door.call(Method::kPost);
        set(request, "host", name);
        set(request, "origin", "http://" + std::string(name));
        CHECK(door.status(request) == 0);
    }
}

TEST_CASE("a name that was rebound to this machine is misdirected", "[window][gate]") {
    const Door door;
    for (const char* host : {"", "evil.example", "evil.example:4711", "127.0.0.1", "127.0.0.1:4712",
                             "127.0.0.1:4711.evil.example", "127.0.0.2:4711", "LOCALHOST:4711",
                             "localhost:4711 ", "0.0.0.0:4711", "[::]:4711"}) {
        CAPTURE(host);
        for (const Access access :
             {Access::kOpen, Access::kToken, Access::kKey, Access::kSession}) {
            Request request = door.call(Method::kGet);
            set(request, "host", host);
            CHECK(door.status(request, access) == 421);
        }
    }
}

TEST_CASE("nobody comes in before the port is known", "[window][gate]") {
    Gate gate;
    Request request;
    request.fields = {{"host", "127.0.0.1:0"}};
    CHECK(gate.refuse(request, Access::kOpen)->status == 421);
}

TEST_CASE("a write from another site is refused", "[window][gate]") {
    const Door door;
    for (const Method method : kWrites) {
        for (const char* origin : {"null", "http://evil.example", "https://127.0.0.1:4711",
                                   "http://127.0.0.1:4712", "http://localhost:4711"}) {
            Request request = door.call(method);
            set(request, "origin", origin);
            CHECK(door.status(request) == 403);
        }
        for (const char* site : {"cross-site", "same-site", "SAME-ORIGIN", "x"}) {
            Request request = door.call(method);
            set(request, "sec-fetch-site", site);
            CHECK(door.status(request) == 403);
        }
        Request silent = door.call(method);  // says neither
        set(silent, "origin", "");
        set(silent, "sec-fetch-site", "");
        CHECK(door.status(silent) == 403);
        set(silent, "sec-fetch-site", "none");
        CHECK(door.status(silent) == 0);
    }
}

TEST_CASE("another site can neither read nor embed what is behind the cookie", "[window][gate]") {
    const Door door;
    Request request = door.call(Method::kGet);
    set(request, "sec-fetch-site", "cross-site");
    CHECK(door.status(request) == 403);
    CHECK(door.status(request, Access::kOpen) == 0);  // the bare page, which shows nothing
    set(request, "sec-fetch-site", "");
    set(request, "origin", "http://evil.example");
    CHECK(door.status(request) == 403);
}

TEST_CASE("a write needs the field that a foreign form cannot send", "[window][gate]") {
    const Door door;
    for (const Method method : kWrites) {
        for (const char* value : {"", "0", "true", "11"}) {
            Request request = door.call(method);
            set(request, "x-werkstatt", value);
            CHECK(door.status(request) == 403);
            CHECK(door.status(request, Access::kToken) == 403);
        }
    }
}

TEST_CASE("without this start's cookie there is no session", "[window][gate]") {
    const Door door;
    const Door other;  // another start on the same host shares its cookies with this one
    for (const std::string& cookie :
         {std::string(), std::string("werkstatt=1"), other.cookie, door.cookie + "x",
          door.cookie.substr(0, door.cookie.find('=')) + "=",
          other.cookie.substr(0, other.cookie.find('=')) +
              door.cookie.substr(door.cookie.find('='))}) {
        Request request = door.call(Method::kGet);
        set(request, "cookie", cookie);
        CHECK(door.status(request) == 401);
    }
}

TEST_CASE("a launch token is good for one exchange", "[window][gate]") {
    int entered = 0;
    Gate gate([&entered] { ++entered; });
    const std::string token = gate.new_token();
    CHECK(token.size() >= 22);  // 128 bits in base64url
    for (const std::string& wrong : {std::string(), token + "x", token.substr(1), std::string("x")})
        CHECK_FALSE(gate.exchange(wrong));
    CHECK(entered == 0);
    const auto cookie = gate.exchange(token);
    REQUIRE(cookie);
    CHECK(entered == 1);
    CHECK(cookie->find("; HttpOnly") != std::string::npos);
    CHECK(cookie->find("; SameSite=Strict") != std::string::npos);
    CHECK(cookie->find("Domain") == std::string::npos);
    CHECK(cookie->find(token) == std::string::npos);
    CHECK_FALSE(gate.exchange(token));
    CHECK(entered == 1);
}

TEST_CASE("names, cookies, tokens and keys are new at each start", "[window][gate]") {
    Gate one;
    Gate two;
    CHECK(one.key() != two.key());
    CHECK(one.new_token() != one.new_token());
    const auto a = one.exchange(one.new_token());
    const auto b = two.exchange(two.new_token());
    CHECK(a->substr(0, a->find('=')) != b->substr(0, b->find('=')));
}

TEST_CASE("old tokens that nobody used are forgotten", "[window][gate]") {
    Gate gate;
    const std::string first = gate.new_token();
    for (int i = 0; i < 8; ++i)
        (void)gate.new_token();
    CHECK_FALSE(gate.exchange(first));
}

TEST_CASE("only the key's holder, and no browser, is given a token", "[window][gate]") {
    const Door door;
    Request request;
    request.method = Method::kPost;
    request.fields = {{"host", "127.0.0.1:4711"}, {"authorization", "Bearer " + door.gate.key()}};
    CHECK(door.status(request, Access::kKey) == 0);
    for (const char* field : {"origin", "sec-fetch-site"}) {
        Request browser = request;
        set(browser, field, field == std::string("origin") ? "http://127.0.0.1:4711" : "none");
        CHECK(door.status(browser, Access::kKey) == 403);
    }
    for (const std::string& shown :
         {std::string(), std::string("Bearer "), std::string("Bearer x"), door.gate.key()}) {
        set(request, "authorization", shown);
        CHECK(door.status(request, Access::kKey) == 403);
    }
}
