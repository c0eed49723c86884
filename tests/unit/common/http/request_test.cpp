#include "common/http/request.h"

#include <catch2/catch.hpp>

using namespace survey;

TEST_CASE("an address is split and decoded exactly once", "[api][request]") {
    const auto target =
        parse_target("/v1/results/a%20b/table?row=q1&filter=a%3Db%2B&filter=x+y&e=");
    REQUIRE(target);
    CHECK(target->segments == std::vector<std::string>{"v1", "results", "a b", "table"});
    REQUIRE(target->query.size() == 4);
    CHECK(target->query[1].second == "a=b+");
    CHECK(target->query[2].second == "x y");
    CHECK(target->query[3].second.empty());
    CHECK(target->path() == "/v1/results/a b/table");
    const auto once = parse_target("/%2541");
    REQUIRE(once);
    CHECK(once->segments[0] == "%41");
    CHECK(parse_target("/")->path() == "/");
    CHECK(parse_target("/v1/")->segments.size() == 1);
}

TEST_CASE("an address that could mean two things is refused", "[api][request]") {
    for (const char* bad :
         {"", "v1", "http://x/", "//x", "/a//b", "/a/../b", "/a/./b", "/%2e%2e/b", "/a%2fb",
          "/a%2Fb", "/a%", "/a%4", "/a%zz", "/a%00b", "/a#b", "/a?b=%0", "/a?b=%00"}) {
        CAPTURE(bad);
        CHECK_FALSE(parse_target(bad));
    }
}

TEST_CASE("a form has a bounded number of fields", "[api][request]") {
    std::string text;
    for (int i = 0; i < 201; ++i)
        text += "a=b&";
    const auto fields = parse_form_fields(text);
    REQUIRE_FALSE(fields);
    CHECK(fields.error().code == ErrorCode::kLimit);
}

TEST_CASE("cookies, fields and language are found", "[api][request]") {
    Request request;
    request.fields = {{"cookie", "other=1; werkstatt=abc; x"},
                      {"accept-language", "fr-FR, de-AT;q=0.8, en;q=0.5"}};
    CHECK(request.cookie("werkstatt") == "abc");
    CHECK(request.cookie("x").empty());
    CHECK(request.cookie("werk").empty());
    CHECK(request.language() == "de");
    request.target.query = {{"lang", "en"}};
    CHECK(request.language() == "en");
    request.target.query = {{"lang", "tlh"}};
    CHECK(request.language() == "de");
    CHECK(Request{}.language() == "en");
}
