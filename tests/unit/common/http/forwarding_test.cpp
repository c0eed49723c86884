#include "common/http/forwarding.h"

#include <vector>

#include <catch2/catch.hpp>

using namespace survey;

namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

Request forwarded(const std::string& peer, Fields fields) {
    const std::vector<std::string> trusted = {"127.0.0.1", "10.0.0.9"};
    Request request;
    request.peer = peer;
    request.fields = std::move(fields);
    apply_forwarding(request, trusted);
    return request;
}

}  // namespace

TEST_CASE("a trusted proxy says who called and how", "[http][proxy]") {
    const Request request = forwarded(
        "127.0.0.1", {{"x-forwarded-for", "198.51.100.7"}, {"x-forwarded-proto", "https"}});
    CHECK(request.peer == "198.51.100.7");
    CHECK(request.secure);
    CHECK(forwarded("127.0.0.1", {{"x-forwarded-for", "2001:db8::1"}}).peer == "2001:db8::1");
    CHECK_FALSE(forwarded("127.0.0.1", {{"x-forwarded-proto", "http"}}).secure);
    CHECK(forwarded("127.0.0.1", {}).peer == "127.0.0.1");
}

TEST_CASE("from anybody else the fields mean nothing", "[http][proxy]") {
    const Request request = forwarded(
        "198.51.100.7", {{"x-forwarded-for", "203.0.113.5"}, {"x-forwarded-proto", "https"}});
    CHECK(request.peer == "198.51.100.7");
    CHECK_FALSE(request.secure);
}

TEST_CASE("what the caller wrote in front is not believed", "[http][proxy]") {
    CHECK(forwarded("127.0.0.1", {{"x-forwarded-for", "1.1.1.1, 198.51.100.7"}}).peer ==
          "198.51.100.7");
    CHECK(forwarded("127.0.0.1",
                    {{"x-forwarded-for", "1.1.1.1"}, {"x-forwarded-for", "198.51.100.7, 10.0.0.9"}})
              .peer == "198.51.100.7");
    CHECK(forwarded("127.0.0.1", {{"x-forwarded-for", "1.1.1.1, nonsense"}}).peer == "127.0.0.1");
    CHECK(forwarded("127.0.0.1", {{"x-forwarded-for", "1.1.1.1, "}}).peer == "127.0.0.1");
    CHECK(forwarded("127.0.0.1", {{"x-forwarded-proto", "https, http"}}).secure == false);
}
