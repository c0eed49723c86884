#include "common/base/result.h"

#include <memory>
#include <set>

#include <catch2/catch.hpp>

using namespace survey;

namespace {

Result<int> half(int number) {
    if (number % 2 != 0) return fail(ErrorCode::kInvalidInput, "not even");
    return number / 2;
}

Result<int> quarter(int number) {
    TRY_ASSIGN(const int first, half(number));
    TRY_ASSIGN(const int second, half(first));
    return second;
}

Result<void> check(int number) {
    TRY(half(number));
    return {};
}

}  // namespace

TEST_CASE("a failure comes out where it went in", "[base][result]") {
    CHECK(*quarter(8) == 2);
    CHECK(quarter(6).error() == Error{ErrorCode::kInvalidInput, "not even"});
    CHECK(check(2));
    CHECK(check(3).error().message == "not even");
}

TEST_CASE("context goes in front of the message", "[base][result]") {
    CHECK(fail(ErrorCode::kNotFound, "no such file").during("reading form.xlsx").message ==
          "reading form.xlsx: no such file");
}

TEST_CASE("a result can carry what cannot be copied", "[base][result]") {
    Result<std::unique_ptr<int>> result(std::make_unique<int>(3));
    const std::unique_ptr<int> taken = *std::move(result);
    CHECK(*taken == 3);
}

TEST_CASE("every error code has its own name", "[base][result]") {
    std::set<std::string_view> names;
    for (int code = 0; code <= static_cast<int>(ErrorCode::kUnavailable); ++code) {
        names.insert(code_name(static_cast<ErrorCode>(code)));
    }
    CHECK(names.size() == 9);
}
