#include "common/http/framing.h"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "common/http/http_date.h"

using namespace survey;

namespace {

const std::vector<std::string> kHosts = {"127.0.0.1:80", "forms.example.org"};

int judge(const std::string& head) {
    const auto refusal = check_framing(head, kHosts);
    return refusal ? refusal->status : 0;
}

std::string get(const std::string& fields) {
    return "GET /v1/health HTTP/1.1\r\n" + fields + "\r\n";
}

}  // namespace

TEST_CASE("honest heads pass", "[http][framing]") {
    CHECK(judge(get("Host: 127.0.0.1:80\r\n")) == 0);
    CHECK(judge(get("host:forms.EXAMPLE.org\r\n")) == 0);
    CHECK(judge(get("Host: forms.example.org \t\r\nAccept: */*\r\nX-Empty:\r\n")) == 0);
    CHECK(judge("POST /v1/push?a=b HTTP/1.1\r\nHost: forms.example.org\r\n"
                "Content-Length: 12\r\n\r\n") == 0);
    CHECK(judge("HEAD / HTTP/1.0\r\nHost: forms.example.org\r\n\r\n") == 0);
}

TEST_CASE("whatever two parties could read differently is refused", "[http][framing]") {
    const std::string host = "Host: forms.example.org\r\n";
    const std::vector<std::string> bad = {
        // Transfer codings, in every dress.
        get(host + "Transfer-Encoding: chunked\r\n"),
        get(host + "Transfer-Encoding: gzip\r\nContent-Length: 5\r\n"),
        get(host + "Transfer-Encoding: chunked, gzip\r\n"),
        get(host + "transfer-encoding:\tidentity\r\n"),
        get(host + "Transfer-Encoding:\r\n"),
        "POST / HTTP/1.0\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n",
        // Two ends of one body.
        get(host + "Content-Length: 5\r\nContent-Length: 5\r\n"),
        get(host + "Content-Length: 5\r\ncontent-length: 6\r\n"),
        get(host + "Content-Length: 5, 5\r\n"),
        get(host + "Content-Length: +5\r\n"),
        get(host + "Content-Length: -5\r\n"),
        get(host + "Content-Length: 0x5\r\n"),
        get(host + "Content-Length: 5 5\r\n"),
        get(host + "Content-Length:\r\n"),
        get(host + "Content-Length: 9999999999999999\r\n"),
        // Whose message is it?
        get(""),
        get(host + host),
        get(host + "HOST: forms.example.org\r\n"),
        // Folded lines and blanks around names.
        get(host + "X: a\r\n b: c\r\n"),
        get(host + "X: a\r\n\tContent-Length: 5\r\n"),
        get(" " + host),
        get("Host : forms.example.org\r\n"),
        get(host + "Content-Length : 5\r\n"),
        get(host + ": empty\r\n"),
        get(host + "no colon\r\n"),
        get(host + "B\xc3\xa4r: x\r\n"),
        // Line ends that are not.
        get(host + "X: a\nContent-Length: 5\r\n"),
        get(host + "X: a\rContent-Length: 5\r\n"),
        get(host + std::string("X: a\0b\r\n", 8)),
        get(host + "X: a\x7f\r\n"),
        "GET / HTTP/1.1\n" + host + "\r\n",
        "\r\nGET / HTTP/1.1\r\n" + host + "\r\n",
        "GET / HTTP/1.1\r\n" + host,
        "GET / HTTP/1.1\r\n" + host + "\r\nrest",
        // Request lines.
        "GET  / HTTP/1.1\r\n" + host + "\r\n",
        "GET / HTTP/1.1 \r\n" + host + "\r\n",
        "GET /\r\n" + host + "\r\n",
        "GET / http/1.1\r\n" + host + "\r\n",
        "GET http://forms.example.org/ HTTP/1.1\r\n" + host + "\r\n",
        "GET * HTTP/1.1\r\n" + host + "\r\n",
        "GET /a b HTTP/1.1\r\n" + host + "\r\n",
        "GET /\xc3\xa4 HTTP/1.1\r\n" + host + "\r\n",
        "G@T / HTTP/1.1\r\n" + host + "\r\n",
        "",
        "\r\n",
    };
    for (const std::string& head : bad) {
        CAPTURE(head);
        CHECK(judge(head) == 400);
    }
}

TEST_CASE("what is well formed but not for us gets the status that says so", "[http][framing]") {
    const std::string host = "Host: forms.example.org\r\n";
    CHECK(judge(get("Host: evil.example\r\n")) == 421);
    CHECK(judge(get("Host: 127.0.0.1:81\r\n")) == 421);
    CHECK(judge(get("Host:\r\n")) == 421);
    CHECK(judge("PATCH / HTTP/1.1\r\n" + host + "\r\n") == 405);
    CHECK(judge("get / HTTP/1.1\r\n" + host + "\r\n") == 405);
    CHECK(judge("GET / HTTP/2.0\r\n" + host + "\r\n") == 505);
    CHECK(judge("GET / HTTP/0.9\r\n" + host + "\r\n") == 505);
    CHECK(judge("GET /" + std::string(2'048, 'a') + " HTTP/1.1\r\n" + host + "\r\n") == 414);
    CHECK(judge("GET /" + std::string(2'047, 'a') + " HTTP/1.1\r\n" + host + "\r\n") == 0);
    std::string many = host;
    for (int i = 0; i < 63; ++i)
        many += "X: y\r\n";
    CHECK(judge(get(many)) == 0);
    CHECK(judge(get(many + "X: y\r\n")) == 431);
}

TEST_CASE("without a list any host will do", "[http][framing]") {
    CHECK_FALSE(check_framing(get("Host: whatever\r\n"), {}));
    CHECK(check_framing(get(""), {}));
}

TEST_CASE("a date reads as HTTP wants it", "[http]") {
    using namespace std::chrono;
    CHECK(http_date(survey::Instant(milliseconds(784'111'777'000))) ==
          "Sun, 06 Nov 1994 08:49:37 GMT");
}
