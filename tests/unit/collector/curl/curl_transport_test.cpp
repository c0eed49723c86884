#include "collector/curl/curl_transport.h"

#include <fstream>

#include <catch2/catch.hpp>

#include "tests/support/conversation.h"
#include "tests/support/process.h"
#include "tests/support/relay.h"
#include "tests/support/temp_dir.h"

using namespace survey;
using namespace survey::collector;
using survey::test::Relay;
using survey::test::TempDir;
using survey::tests::Conversation;
using survey::tests::run_process;

namespace {

std::unique_ptr<CurlTransport> open_to(const std::string& url, const std::string& ca_file = {}) {
    CurlOptions options;
    options.base_url = url;
    options.ca_file = ca_file;
    options.user_agent = "test/1";
    options.connect_timeout = std::chrono::milliseconds(5'000);
    options.total_timeout = std::chrono::milliseconds(5'000);
    auto opened = CurlTransport::open(options);
    if (!opened) FAIL(opened.error().message);
    return *std::move(opened);
}

std::string http(const std::string& head, const std::string& body) {
    return "HTTP/1.1 " + head + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
           body;
}

}  // namespace

TEST_CASE("a message goes out as it is and the answer comes back as it is", "[curl]") {
    Relay relay;
    const std::string body("a\0b\xFF", 4);
    relay.answer = http("200 OK", std::string("c\0d", 3));
    const auto reply = open_to(relay.url() + "//")->post("/v1/push", body, "secret", 100);
    REQUIRE(reply);
    CHECK(reply->status == 200);
    CHECK(reply->body == std::string("c\0d", 3));
    const std::string request = relay.last_request();
    CHECK(request.rfind("POST /v1/push HTTP/1.1\r\n", 0) == 0);
    CHECK(request.find("Authorization: Bearer secret\r\n") != std::string::npos);
    CHECK(request.find("Content-Type: application/x-werkstatt\r\n") != std::string::npos);
    CHECK(request.find("Expect:") == std::string::npos);
    CHECK(request.substr(request.size() - 4) == body);
}

TEST_CASE("a file is put, and the next message is posted again", "[curl]") {
    Relay relay;
    relay.answer = http("201 Created", "{}");
    const auto transport = open_to(relay.url());
    TransportCall call;
    call.method = TransportCall::Method::kPut;
    call.path = "/v1/files/ab";
    call.body = std::string_view("\0\xFFx", 3);
    call.token = "secret";
    call.content_type = "application/octet-stream";
    const auto reply = transport->send(call, 100);
    REQUIRE(reply);
    CHECK(reply->status == 201);
    const std::string request = relay.last_request();
    CHECK(request.rfind("PUT /v1/files/ab HTTP/1.1\r\n", 0) == 0);
    CHECK(request.find("Content-Type: application/octet-stream\r\n") != std::string::npos);
    CHECK(request.substr(request.size() - 3) == call.body);
    REQUIRE(transport->post("/v1/pull", "x", "secret", 100));
    CHECK(relay.last_request().rfind("POST /v1/pull HTTP/1.1\r\n", 0) == 0);
}

TEST_CASE("a transfer that runs gives up when it is told to", "[curl]") {
    Relay relay;
    relay.answer = http("200 OK", "");
    const std::atomic<bool> stop = true;
    CurlOptions options;
    options.base_url = relay.url();
    options.stop = &stop;
    const auto transport = CurlTransport::open(options);
    REQUIRE(transport);
    const auto reply = (*transport)->post("/v1/push", "x", "", 100);
    REQUIRE_FALSE(reply);
    CHECK(reply.error().code == ErrorCode::kUnavailable);
}

TEST_CASE("without a token there is no such header", "[curl]") {
    Relay relay;
    relay.answer = http("200 OK", "");
    REQUIRE(open_to(relay.url())->post("/v1/enrol", "", "", 100));
    CHECK(relay.last_request().find("Authorization") == std::string::npos);
}

TEST_CASE("any status is an answer, and a redirect is not followed", "[curl]") {
    Relay relay;
    for (const int status : {204, 302, 401, 413, 500, 503}) {
        relay.answer =
            http(std::to_string(status) + " X\r\nRetry-After: 7\r\nLocation: http://127.0.0.1:1/",
                 status == 204 ? "" : "words");
        const auto reply = open_to(relay.url())->post("/v1/hello", "x", "t", 100);
        REQUIRE(reply);
        CHECK(reply->status == status);
        CHECK(reply->retry_after == std::chrono::milliseconds(7'000));
    }
}

TEST_CASE("a wish to wait that is none is not one", "[curl]") {
    Relay relay;
    for (const char* wish : {"0", "-5", "soon", "99999999999"}) {
        relay.answer = http("503 X\r\nRetry-After: " + std::string(wish), "");
        const auto reply = open_to(relay.url())->post("/v1/hello", "x", "t", 100);
        REQUIRE(reply);
        CHECK_FALSE(reply->retry_after);
    }
}

TEST_CASE("an answer is as long as allowed and not a byte longer", "[curl]") {
    Relay relay;
    relay.answer = http("200 OK", std::string(1'000, 'x'));
    CHECK(open_to(relay.url())->post("/v1/pull", "", "t", 1'000)->body.size() == 1'000);
    const auto longer = open_to(relay.url())->post("/v1/pull", "", "t", 999);
    REQUIRE_FALSE(longer);
    CHECK(longer.error().code == ErrorCode::kLimit);
}

TEST_CASE("a torn, a silent and a nonsensical answer can be tried again", "[curl]") {
    Relay relay;
    std::chrono::milliseconds patience{5'000};
    SECTION("torn body") {
        relay.answer = "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf";
    }
    SECTION("torn head") {
        relay.answer = "HTTP/1.1 200 OK\r\nContent-Le";
    }
    SECTION("nothing") {}
    SECTION("no HTTP") {
        relay.answer = "SSH-2.0-OpenSSH_9\r\n";
    }
    SECTION("silence") {
        relay.closes_after_answer = false;
        patience = std::chrono::milliseconds(300);
    }
    SECTION("silence in the middle") {
        relay.answer = "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf";
        relay.closes_after_answer = false;
        patience = std::chrono::milliseconds(300);
    }
    CurlOptions options;
    options.base_url = relay.url();
    options.total_timeout = patience;
    auto transport = CurlTransport::open(options);
    REQUIRE(transport);
    const auto reply = (*transport)->post("/v1/pull", "x", "secret", 100);
    REQUIRE_FALSE(reply);
    CHECK(reply.error().code == ErrorCode::kUnavailable);
    CHECK(reply.error().message.find("secret") == std::string::npos);
}

TEST_CASE("nobody at the address, and no such address", "[curl]") {
    std::uint16_t dead = 0;
    {
        const Relay relay;
        dead = relay.port();
    }
    const auto refused =
        open_to("http://127.0.0.1:" + std::to_string(dead))->post("/v1/hello", "", "t", 100);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::kUnavailable);
    CHECK(refused.error().message.find("cannot be reached") != std::string::npos);
    const auto unknown = open_to("http://werkstatt.invalid")->post("/v1/hello", "", "t", 100);
    REQUIRE_FALSE(unknown);
    CHECK(unknown.error().code == ErrorCode::kUnavailable);
}

TEST_CASE("what is no server address is refused before anything is sent", "[curl]") {
    for (const char* url :
         {"", "/", "host", "ftp://host", "file:///etc/passwd", "http://", "http:///", "https://",
          "http://user:secret@host", "http://host/path", "http://host?x", "http://ho st",
          "http://host\r\nX: y", "javascript:1"}) {
        CurlOptions options;
        options.base_url = url;
        const auto opened = CurlTransport::open(options);
        INFO(url);
        REQUIRE_FALSE(opened);
        CHECK(opened.error().code == ErrorCode::kInvalidInput);
    }
}

TEST_CASE("one transport serves a whole session, after failures too", "[curl]") {
    Relay relay;
    const auto transport = open_to(relay.url());
    for (int i = 0; i < 3; ++i) {
        relay.answer = "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf";
        CHECK_FALSE(transport->post("/v1/hello", "x", "t", 100));
        relay.answer = http("200 OK", "whole");
        const auto reply = transport->post("/v1/hello", "x", "t", 100);
        REQUIRE(reply);
        CHECK(reply->body == "whole");
    }
}

namespace {

const char* const kOpenssl = "/usr/bin/openssl";

void run(const std::vector<std::string>& command) {
    const auto done = run_process(command);
    INFO(done.err);
    REQUIRE(done.status == 0);
}

// A certificate for 127.0.0.1 with its key.
struct Certificate {
    std::string key, file;
};

Certificate make_certificate(const TempDir& dir, const std::string& name, const std::string& host,
                             const std::vector<std::string>& validity) {
    Certificate made{dir / (name + ".key"), dir / (name + ".pem")};
    std::vector<std::string> command = {kOpenssl,
                                        "req",
                                        "-x509",
                                        "-newkey",
                                        "ec",
                                        "-pkeyopt",
                                        "ec_paramgen_curve:prime256v1",
                                        "-nodes",
                                        "-keyout",
                                        made.key,
                                        "-out",
                                        made.file,
                                        "-subj",
                                        "/CN=" + name,
                                        "-addext",
                                        "subjectAltName=" + host};
    command.insert(command.end(), validity.begin(), validity.end());
    run(command);
    return made;
}

// `openssl req` makes none that is over; its small authority does.
Certificate make_expired(const TempDir& dir) {
    Certificate made{dir / "expired.key", dir / "expired.pem"};
    const std::string request = dir / "expired.csr";
    std::ofstream(dir / "index.txt");
    std::ofstream(dir / "serial") << "01\n";
    std::ofstream(dir / "ca.cnf") << "[ca]\ndefault_ca=c\n[c]\ndatabase=" << dir / "index.txt"
                                  << "\nserial=" << dir / "serial"
                                  << "\nnew_certs_dir=" << dir.path()
                                  << "\ndefault_md=sha256\npolicy=p\nx509_extensions=e\n"
                                     "[p]\ncommonName=supplied\n"
                                     "[e]\nsubjectAltName=IP:127.0.0.1\n";
    run({kOpenssl, "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-keyout", made.key, "-out", request, "-subj", "/CN=expired"});
    run({kOpenssl, "ca", "-batch", "-selfsign", "-notext", "-config", dir / "ca.cnf", "-keyfile",
         made.key, "-in", request, "-out", made.file, "-startdate", "20200101000000Z", "-enddate",
         "20200102000000Z"});
    return made;
}

// openssl's own small web server; its port is one that was free a moment ago.
struct TlsServer {
    std::uint16_t port;
    Conversation program;

    explicit TlsServer(const Certificate& certificate)
        : port(Relay().port()),
          program({kOpenssl, "s_server", "-accept", "127.0.0.1:" + std::to_string(port), "-cert",
                   certificate.file, "-key", certificate.key, "-www"},
                  {}, Conversation::Channel::kPipes) {
        REQUIRE(program.hears("ACCEPT"));
    }
    std::string url() const { return "https://127.0.0.1:" + std::to_string(port); }
};

}  // namespace

TEST_CASE("only a certificate that is trusted, valid and of this host is talked to",
          "[curl][tls]") {
    REQUIRE(tests::file_exists(kOpenssl));
    const TempDir dir;
    const Certificate good = make_certificate(dir, "good", "IP:127.0.0.1", {"-days", "2"});
    {
        const TlsServer server(good);
        const auto reply = open_to(server.url(), good.file)->post("/", "", "t", 100'000);
        // s_server answers a POST in its own way; that TLS came to be is what counts.
        CHECK((reply || reply.error().code == ErrorCode::kUnavailable));

        const auto stranger = open_to(server.url())->post("/", "", "t", 100'000);
        REQUIRE_FALSE(stranger);
        CHECK(stranger.error().code == ErrorCode::kForbidden);
        CHECK(stranger.error().message.find("not trusted") != std::string::npos);

        const Certificate other = make_certificate(dir, "other", "IP:127.0.0.1", {"-days", "2"});
        CHECK(open_to(server.url(), other.file)->post("/", "", "t", 100'000).error().code ==
              ErrorCode::kForbidden);

        const auto no_file = open_to(server.url(), dir / "none.pem")->post("/", "", "t", 100'000);
        REQUIRE_FALSE(no_file);
        CHECK(no_file.error().message.find("certificate authority") != std::string::npos);
    }
    const Certificate elsewhere =
        make_certificate(dir, "elsewhere", "DNS:example.org", {"-days", "2"});
    {
        const TlsServer server(elsewhere);
        const auto reply = open_to(server.url(), elsewhere.file)->post("/", "", "t", 100'000);
        REQUIRE_FALSE(reply);
        CHECK(reply.error().code == ErrorCode::kForbidden);
    }
    const Certificate expired = make_expired(dir);
    {
        const TlsServer server(expired);
        const auto reply = open_to(server.url(), expired.file)->post("/", "", "t", 100'000);
        REQUIRE_FALSE(reply);
        CHECK(reply.error().code == ErrorCode::kForbidden);
        CHECK(reply.error().message.find("this machine's date") != std::string::npos);
    }
}

TEST_CASE("a server without TLS behind an https address can be tried again", "[curl][tls]") {
    Relay relay;
    relay.answer = http("200 OK", "plain");
    const auto reply =
        open_to("https://127.0.0.1:" + std::to_string(relay.port()))->post("/", "", "t", 100);
    REQUIRE_FALSE(reply);
    CHECK(reply.error().code == ErrorCode::kUnavailable);
}
