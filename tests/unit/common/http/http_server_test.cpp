#include "common/http/http_server.h"

#include <future>
#include <thread>

#include <catch2/catch.hpp>

#include "common/base/random.h"
#include "common/http/problem.h"
#include "tests/support/loopback.h"

using namespace survey;
using test::body_of;
using test::Loopback;
using test::status_of;

namespace {

class RealClock final : public Clock {
  public:
    Instant now() const override {
        return std::chrono::time_point_cast<std::chrono::milliseconds>(
            std::chrono::system_clock::now());
    }
    Steady steady() const override { return std::chrono::steady_clock::now().time_since_epoch(); }
};

constexpr std::size_t kLentBytes = 500'000;

/// What the test and its handlers share.
struct Gate {
    std::promise<void> entered;
    std::promise<void> release;
};

class Answers final : public HttpHandler {
  public:
    explicit Answers(Gate& gate) : gate_(gate) {}

    std::size_t body_bytes_max(Method method, const Target& target) const override {
        const bool takes = method == Method::kPost || method == Method::kPut;
        return takes && target.path() == "/echo" ? 4 * 1024 * 1024 : 0;
    }

    Handled handle(Request request) override {
        const std::string path = request.target.path();
        if (path == "/hello") return {Reply::json("\"hello\""), "hello", {}};
        if (path == "/method")
            return {Reply::json(std::string(method_name(request.method))), {}, {}};
        if (path == "/echo") return {Reply::octets(request.body, "text/plain"), "echo", {}};
        if (path == "/inject") return {Reply::see_other("/a\r\nSet-Cookie: x=y"), "inject", {}};
        if (path == "/peer") return {Reply::octets(request.peer, "text/plain"), "peer", {}};
        if (path == "/lent") {
            const auto owner = std::make_shared<const std::string>(kLentBytes, 'l');
            return {Reply::lending(*owner, owner, "text/plain"), "lent", {}};
        }
        if (path == "/inject-type")
            return {Reply::octets("x", "a/b\r\nSet-Cookie: x=y"), "inject-type", {}};
        if (path == "/wait") {
            gate_.entered.set_value();
            gate_.release.get_future().wait();
            return {Reply::json("\"finished\""), "wait", {}};
        }
        return {http_problem(404, "not-found", "There is nothing here.", request.id), "none", {}};
    }

  private:
    Gate& gate_;
};

/// A server on a port of the system's choice, stopped at the end.
class Running {
  public:
    explicit Running(HttpOptions options = {}) {
        auto listening = HttpServer::listen(options, answers_, clock_, random_, log_);
        REQUIRE(listening);
        server_ = *std::move(listening);
        thread_ = std::thread([this] { server_->run(); });
    }
    ~Running() { stop_and_wait(); }
    void stop_and_wait() {
        server_->stop();
        if (thread_.joinable()) thread_.join();
    }
    std::uint16_t port() const { return server_->port(); }
    std::string host() const { return "Host: 127.0.0.1:" + std::to_string(port()) + "\r\n"; }
    std::string get(const std::string& target) const {
        return "GET " + target + " HTTP/1.1\r\n" + host() + "\r\n";
    }
    std::string post(const std::string& target, const std::string& body) const {
        return "POST " + target + " HTTP/1.1\r\n" + host() +
               "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    }
    HttpServer& server() { return *server_; }
    Gate& gate() { return gate_; }

  private:
    RealClock clock_;
    NullLog log_;
    SeededRandom random_{7};
    Gate gate_;
    Answers answers_{gate_};
    std::unique_ptr<HttpServer> server_;
    std::thread thread_;
};

}  // namespace

TEST_CASE("a call goes from the socket to the handler and back", "[http]") {
    Running running;
    Loopback client(running.port());
    CHECK(client.send(running.get("/hello")));
    const std::string first = client.read_message();
    CHECK(status_of(first) == 200);
    CHECK(body_of(first) == "\"hello\"");
    CHECK(first.find("\r\nDate: ") != std::string::npos);
    CHECK(client.send(running.get("/nothing")));
    CHECK(status_of(client.read_message()) == 404);
    const std::string body(3'000'000, 'x');
    CHECK(client.send(running.post("/echo", body)));
    CHECK(body_of(client.read_message()) == body);
    CHECK(client.send(running.post("/echo", "")));
    CHECK(status_of(client.read_message()) == 200);
}

TEST_CASE("PUT and DELETE go through with and without a body", "[http]") {
    Running running;
    Loopback client(running.port());
    CHECK(client.send("PUT /echo HTTP/1.1\r\n" + running.host() + "Content-Length: 3\r\n\r\nabc"));
    CHECK(body_of(client.read_message()) == "abc");
    CHECK(client.send("DELETE /method HTTP/1.1\r\n" + running.host() + "\r\n"));
    CHECK(body_of(client.read_message()) == "DELETE");
    CHECK(client.send("PUT /echo HTTP/1.1\r\n" + running.host() + "\r\n"));
    CHECK(status_of(client.read_message()) == 411);
}

TEST_CASE("HEAD tells the length and sends no body", "[http]") {
    Running running;
    Loopback client(running.port());
    CHECK(client.send("HEAD /hello HTTP/1.1\r\n" + running.host() + "Connection: close\r\n\r\n"));
    const std::string reply = client.read_to_end();
    CHECK(status_of(reply) == 200);
    CHECK(reply.find("\r\nContent-Length: 7\r\n") != std::string::npos);
    CHECK(body_of(reply).empty());
}

TEST_CASE("calls that were sent together are answered one after the other", "[http]") {
    Running running;
    Loopback client(running.port());
    CHECK(client.send(running.post("/echo", "one") + running.post("/echo", "two") +
                      running.get("/hello")));
    CHECK(body_of(client.read_message()) == "one");
    CHECK(body_of(client.read_message()) == "two");
    CHECK(body_of(client.read_message()) == "\"hello\"");
}

TEST_CASE("broken framing is answered once and the connection closed", "[http][framing]") {
    Running running;
    const std::string host = running.host();
    struct Case {
        std::string bytes;
        int status;
    };
    const std::string smuggled = running.get("/hello");
    const std::vector<Case> cases = {
        {"POST /echo HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
        {"POST /echo HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked, gzip\r\n\r\n" + smuggled,
         400},
        {"POST /echo HTTP/1.1\r\n" + host + "Content-Length: 5\r\nContent-Length: 0\r\n\r\nhello" +
             smuggled,
         400},
        {"POST /echo HTTP/1.0\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n", 400},
        {"GET /hello HTTP/1.1\r\n" + host + host + "\r\n", 400},
        {"GET /hello HTTP/1.1\r\n\r\n", 400},
        {"GET /hello HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421},
        {"GET /hello HTTP/1.1\r\n" + host + "X: a\r\n folded\r\n\r\n", 400},
        {"POST /echo HTTP/1.1\r\n" + host + "\r\n", 411},
        {"POST /echo HTTP/1.1\r\n" + host + "Content-Length: 99999999\r\n\r\n", 413},
        {"GET /hello HTTP/1.1\r\n" + host + "Content-Length: 5\r\n\r\nhello", 413},
        {"POST /nothing HTTP/1.1\r\n" + host + "Content-Length: 5\r\n\r\nhello", 413},
        {"GET /hello HTTP/1.1\r\n" + host + "Expect: a miracle\r\n\r\n", 417},
        {"GET /a/../b HTTP/1.1\r\n" + host + "\r\n", 400},
        {"GET / HTTP/1.1\r\n" + host + "X: " + std::string(9'000, 'x') + "\r\n\r\n", 431},
        {"\x16\x03\x01 this is TLS\r\n\r\n", 400},
    };
    for (const Case& test : cases) {
        CAPTURE(test.bytes.substr(0, 200));
        Loopback client(running.port());
        client.send(test.bytes);
        const std::string reply = client.read_to_end();
        CHECK(status_of(reply) == test.status);
        CHECK(reply.find("Connection: close\r\n") != std::string::npos);
        CHECK(reply.find("HTTP/1.1", 8) == std::string::npos);  // nothing behind it was answered
    }
}

TEST_CASE("a client that waits for permission gets it, and only for a good call", "[http]") {
    Running running;
    {
        Loopback client(running.port());
        CHECK(client.send("POST /echo HTTP/1.1\r\n" + running.host() +
                          "Expect: 100-continue\r\nContent-Length: 3\r\n\r\n"));
        CHECK(client.read_message() == "HTTP/1.1 100 Continue\r\n\r\n");
        CHECK(client.send("abc"));
        CHECK(body_of(client.read_message()) == "abc");
    }
    Loopback client(running.port());
    CHECK(client.send("POST /echo HTTP/1.1\r\n" + running.host() +
                      "Expect: 100-continue\r\nContent-Length: 99999999\r\n\r\n"));
    CHECK(status_of(client.read_message()) == 413);
}

TEST_CASE("HTTP/1.0 is answered and closed", "[http]") {
    Running running;
    Loopback client(running.port());
    CHECK(client.send("GET /hello HTTP/1.0\r\n" + running.host() + "\r\n"));
    CHECK(body_of(client.read_to_end()) == "\"hello\"");
}

TEST_CASE("a client that says nothing, or drips, is sent away", "[http][deadline]") {
    HttpOptions options;
    options.limits.head_deadline = std::chrono::milliseconds(150);
    options.limits.idle_deadline = std::chrono::milliseconds(150);
    options.limits.transfer_grace = std::chrono::milliseconds(150);
    Running running(options);
    Loopback silent(running.port());
    Loopback half(running.port());
    CHECK(half.send("GET /hello HTTP/1.1\r\nHo"));
    Loopback body(running.port());
    CHECK(body.send("POST /echo HTTP/1.1\r\n" + running.host() + "Content-Length: 9\r\n\r\nabc"));
    Loopback idle(running.port());
    CHECK(idle.send(running.get("/hello")));
    CHECK(status_of(idle.read_message()) == 200);
    CHECK(silent.read_to_end().empty());
    CHECK(half.read_to_end().empty());
    CHECK(body.read_to_end().empty());
    CHECK(idle.read_to_end().empty());
}

TEST_CASE("a handler over its deadline does not hold the caller", "[http][deadline]") {
    HttpOptions options;
    options.limits.handler_deadline = std::chrono::milliseconds(100);
    Running running(options);
    Loopback client(running.port());
    CHECK(client.send(running.get("/wait")));
    const std::string reply = client.read_to_end();
    CHECK(status_of(reply) == 503);
    CHECK(reply.find("Retry-After: ") != std::string::npos);
    Loopback next(running.port());
    CHECK(next.send(running.get("/hello")));
    CHECK(status_of(next.read_message()) == 200);
    running.gate().release.set_value();
}

TEST_CASE("too many connections are told to come back", "[http][limits]") {
    HttpOptions options;
    options.limits.connections_max = 2;
    Running running(options);
    Loopback one(running.port());
    Loopback two(running.port());
    for (Loopback* each : {&one, &two}) {
        CHECK(each->send(running.get("/hello")));
        CHECK(status_of(each->read_message()) == 200);
        // In the middle of a call: what was sent would be lost.
        CHECK(each->send("POST /echo HTTP/1.1\r\n" + running.host() +
                         "Expect: 100-continue\r\nContent-Length: 1\r\n\r\n"));
        CHECK(each->read_message() == "HTTP/1.1 100 Continue\r\n\r\n");
    }
    Loopback three(running.port());
    CHECK(status_of(three.read_to_end()) == 503);
    CHECK(one.send("x"));
    CHECK(status_of(one.read_message()) == 200);
}

TEST_CASE("a connection between two calls makes room for a new one, the oldest first",
          "[http][limits]") {
    HttpOptions options;
    options.limits.connections_max = 2;
    Running running(options);
    Loopback one(running.port());
    Loopback two(running.port());
    for (Loopback* each : {&one, &two}) {
        CHECK(each->send(running.get("/hello")));
        CHECK(status_of(each->read_message()) == 200);
    }
    Loopback three(running.port());
    CHECK(three.send(running.get("/hello")));
    CHECK(status_of(three.read_message()) == 200);
    CHECK(one.read_to_end().empty());
    CHECK(two.send(running.get("/hello")));
    CHECK(status_of(two.read_message()) == 200);
}

TEST_CASE("one address may hold only its own places", "[http][limits]") {
    HttpOptions options;
    options.limits.connections_per_address_max = 1;
    Running running(options);
    Loopback first(running.port(), "127.0.0.2");
    Loopback stranger(running.port(), "127.0.0.3");
    for (Loopback* each : {&first, &stranger}) {
        CHECK(each->send(running.get("/hello")));
        CHECK(status_of(each->read_message()) == 200);
    }
    Loopback second(running.port(), "127.0.0.2");
    CHECK(second.send(running.get("/hello")));
    CHECK(status_of(second.read_message()) == 200);
    CHECK(first.read_to_end().empty());
    CHECK(stranger.send(running.get("/hello")));
    CHECK(status_of(stranger.read_message()) == 200);
}

TEST_CASE("a trusted proxy on another machine may hold as many places as it needs",
          "[http][limits][proxy]") {
    HttpOptions options;
    options.limits.connections_per_address_max = 1;
    options.trusted_proxies = {"127.0.0.2"};
    Running running(options);
    Loopback first(running.port(), "127.0.0.2");
    CHECK(first.send(running.get("/hello")));
    CHECK(status_of(first.read_message()) == 200);
    Loopback second(running.port(), "127.0.0.2");
    CHECK(second.send(running.get("/hello")));
    CHECK(status_of(second.read_message()) == 200);
    CHECK(first.send(running.get("/hello")));
    CHECK(status_of(first.read_message()) == 200);
}

TEST_CASE("a proxy is known by its IPv4 address on a socket for both families", "[http][proxy]") {
    HttpOptions options;
    options.address = "::";
    options.trusted_proxies = {"127.0.0.1"};
    Running running(options);
    Loopback client(running.port());
    const std::string host = running.host();
    CHECK(client.send("GET /peer HTTP/1.1\r\n" + host + "\r\n"));
    CHECK(body_of(client.read_message()) == "127.0.0.1");
    CHECK(client.send("GET /peer HTTP/1.1\r\n" + host + "X-Forwarded-For: 198.51.100.7\r\n\r\n"));
    CHECK(body_of(client.read_message()) == "198.51.100.7");
}

TEST_CASE("a reply may lend bytes instead of copying them", "[http]") {
    Running running;
    Loopback client(running.port());
    CHECK(client.send(running.get("/lent")));
    CHECK(body_of(client.read_message()) == std::string(kLentBytes, 'l'));
    CHECK(client.send("HEAD /lent HTTP/1.1\r\n" + running.host() + "Connection: close\r\n\r\n"));
    const std::string head = client.read_to_end();
    CHECK(head.find("\r\nContent-Length: " + std::to_string(kLentBytes) + "\r\n") !=
          std::string::npos);
    CHECK(body_of(head).empty());
}

TEST_CASE("bodies in flight are bounded before they are read", "[http][limits]") {
    HttpOptions options;
    options.limits.bodies_in_flight_bytes_max = 1'000'000;
    Running running(options);
    Loopback first(running.port());
    CHECK(first.send("POST /echo HTTP/1.1\r\n" + running.host() +
                     "Expect: 100-continue\r\nContent-Length: 900000\r\n\r\n"));
    CHECK(first.read_message() == "HTTP/1.1 100 Continue\r\n\r\n");
    Loopback second(running.port());
    CHECK(second.send("POST /echo HTTP/1.1\r\n" + running.host() +
                      "Expect: 100-continue\r\nContent-Length: 900000\r\n\r\n"));
    CHECK(status_of(second.read_message()) == 503);
    CHECK(first.send(std::string(900'000, 'x')));
    CHECK(status_of(first.read_message()) == 200);
    Loopback third(running.port());
    CHECK(third.send(running.post("/echo", std::string(900'000, 'y'))));
    CHECK(status_of(third.read_message()) == 200);
}

TEST_CASE("one address cannot hold all the room for bodies", "[http][limits]") {
    HttpOptions options;
    options.limits.bodies_in_flight_bytes_max = 1'000'000;
    options.limits.bodies_per_address_bytes_max = 400'000;
    Running running(options);
    const std::string slow = "POST /echo HTTP/1.1\r\n" + running.host() +
                             "Expect: 100-continue\r\nContent-Length: 300000\r\n\r\n";
    Loopback first(running.port(), "127.0.0.2");
    CHECK(first.send(slow));
    CHECK(first.read_message() == "HTTP/1.1 100 Continue\r\n\r\n");
    Loopback second(running.port(), "127.0.0.2");
    CHECK(second.send(slow));
    CHECK(status_of(second.read_message()) == 503);
    Loopback other(running.port(), "127.0.0.3");
    CHECK(other.send(running.post("/echo", std::string(300'000, 'x'))));
    CHECK(status_of(other.read_message()) == 200);
    CHECK(first.send(std::string(300'000, 'x')));
    CHECK(status_of(first.read_message()) == 200);
    CHECK(first.send(slow));
    CHECK(first.read_message() == "HTTP/1.1 100 Continue\r\n\r\n");
}

TEST_CASE("a stop lets the running call finish and takes no new one", "[http][stop]") {
    Running running;
    Loopback busy(running.port());
    CHECK(busy.send(running.get("/wait")));
    running.gate().entered.get_future().wait();
    Loopback idle(running.port());
    CHECK(idle.send(running.get("/hello")));
    CHECK(status_of(idle.read_message()) == 200);
    running.server().stop();
    CHECK(idle.read_to_end().empty());
    running.gate().release.set_value();
    const std::string reply = busy.read_to_end();
    CHECK(body_of(reply) == "\"finished\"");
    CHECK(reply.find("Connection: close\r\n") != std::string::npos);
    running.stop_and_wait();
}

TEST_CASE("a stop does not wait for ever", "[http][stop]") {
    HttpOptions options;
    options.limits.drain_deadline = std::chrono::milliseconds(50);
    Running running(options);
    Loopback busy(running.port());
    CHECK(busy.send(running.get("/wait")));
    running.gate().entered.get_future().wait();
    running.stop_and_wait();
    running.gate().release.set_value();
}

TEST_CASE("a reply cannot be made to carry fields of a caller's", "[http]") {
    Running running;
    Loopback client(running.port());
    CHECK(client.send(running.get("/inject")));
    const std::string reply = client.read_message();
    CHECK(status_of(reply) == 303);
    CHECK(reply.find("Set-Cookie") == std::string::npos);
}

TEST_CASE("an address that is taken or none is said so", "[http]") {
    Running running;
    RealClock clock;
    NullLog log;
    SeededRandom random(1);
    Gate gate;
    Answers answers(gate);
    HttpOptions options;
    options.port = running.port();
    const auto taken = HttpServer::listen(options, answers, clock, random, log);
    REQUIRE_FALSE(taken);
    CHECK(taken.error().code == ErrorCode::kUnavailable);
    options.address = "nowhere";
    const auto none = HttpServer::listen(options, answers, clock, random, log);
    REQUIRE_FALSE(none);
    CHECK(none.error().code == ErrorCode::kInvalidInput);
    options.address = "127.0.0.1";
    options.tls.certificate = "/nonexistent";
    CHECK_FALSE(HttpServer::listen(options, answers, clock, random, log));
}

TEST_CASE("a content type cannot write fields of its own", "[http]") {
    Running running;
    Loopback client(running.port());
    CHECK(client.send(running.get("/inject-type")));
    const std::string reply = client.read_message();
    CHECK(status_of(reply) == 200);
    CHECK(reply.find("Set-Cookie") == std::string::npos);
    CHECK(reply.find("\r\nContent-Type: application/octet-stream\r\n") != std::string::npos);
    CHECK(body_of(reply) == "x");
}
