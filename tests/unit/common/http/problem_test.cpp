#include "common/http/problem.h"

#include <set>

#include <catch2/catch.hpp>

#include "common/json/json.h"

using namespace survey;

namespace {

// Every reaction there is. The switch makes the compiler ask for a new one.
std::vector<ErrorCode> all_codes() {
    std::vector<ErrorCode> codes;
    for (int i = 0;; ++i) {
        const auto code = static_cast<ErrorCode>(i);
        switch (code) {
            case ErrorCode::kInvalidInput:
            case ErrorCode::kNotFound:
            case ErrorCode::kConflict:
            case ErrorCode::kNotEnrolled:
            case ErrorCode::kForbidden:
            case ErrorCode::kLimit:
            case ErrorCode::kUnsupported:
            case ErrorCode::kCorrupt:
            case ErrorCode::kUnavailable:
                codes.push_back(code);
                continue;
        }
        return codes;
    }
}

}  // namespace

TEST_CASE("every kind of failure has a status of its own and a stable word", "[api][problem]") {
    std::set<int> statuses;
    Request request;
    request.id = "0011223344556677";
    for (const ErrorCode code : all_codes()) {
        CAPTURE(code_name(code));
        const int status = http_status(code);
        CHECK(status >= 400);
        CHECK(status <= 503);
        CHECK(statuses.insert(status).second);
        const Reply reply = problem(fail(code, "the message"), request);
        CHECK(reply.status == status);
        CHECK(reply.content_type == "application/json");
        const auto body = json::parse(reply.body);
        REQUIRE(body);
        CHECK(json::find_text(*body, "code") == std::string(code_name(code)));
        CHECK(json::find_text(*body, "request") == "0011223344556677");
        CHECK(json::find_text(*body, "message")->size() > 5);
    }
    CHECK(statuses.size() == 9);
}

TEST_CASE("a failure of the server does not tell its paths and internals", "[api][problem]") {
    Request request;
    for (const ErrorCode code : {ErrorCode::kCorrupt, ErrorCode::kUnavailable}) {
        const Reply reply = problem(fail(code, "/var/lib/secret.db is damaged"), request);
        CHECK(reply.body.find("secret.db") == std::string::npos);
    }
    const Reply reply = problem(fail(ErrorCode::kConflict, "This version is taken."), request);
    CHECK(reply.body.find("This version is taken.") != std::string::npos);
}

TEST_CASE("a caller that should come again is told when", "[api][problem]") {
    Request request;
    const auto has = [](const Reply& reply, const std::string& name) {
        for (const auto& field : reply.fields) {
            if (field.first == name) return true;
        }
        return false;
    };
    CHECK(has(problem(fail(ErrorCode::kUnavailable, "x"), request), "Retry-After"));
    CHECK(has(too_many_calls(request, 7), "Retry-After"));
    CHECK_FALSE(has(problem(fail(ErrorCode::kConflict, "x"), request), "Retry-After"));
    CHECK(has(credentials_needed(request), "WWW-Authenticate"));
}
