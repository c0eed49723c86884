#include "forms/xlsform/child_process.h"

#include <csignal>
#include <cstdlib>
#include <vector>

#include <catch2/catch.hpp>

namespace survey::forms {
namespace {

TEST_CASE("a child gives back what it worked out", "[xlsform][child]") {
    const std::string long_text(1'000'000, 'x');
    const auto answer = run_in_child([&] { return long_text + "!"; });
    REQUIRE(answer);
    CHECK(*answer == long_text + "!");
    CHECK(run_in_child([] { return std::string(); }).value_or("none").empty());
}

TEST_CASE("a child that crashes is a failure, not the end", "[xlsform][child]") {
    const auto crashed = run_in_child([]() -> std::string {
        std::raise(SIGSEGV);
        return "still there";
    });
    REQUIRE_FALSE(crashed);
    CHECK(crashed.error().code == ErrorCode::kCorrupt);
    const auto left = run_in_child([]() -> std::string { std::_Exit(3); });
    REQUIRE_FALSE(left);
    CHECK(left.error().code == ErrorCode::kCorrupt);
}

TEST_CASE("a child cannot run or answer for ever", "[xlsform][child]") {
    ChildLimits limits;
    limits.seconds_max = 1;
    const auto endless = run_in_child(
        [] {
            volatile unsigned turns = 0;
            for (;;)
                turns = turns + 1;
            return std::string();
        },
        limits);
    CHECK_FALSE(endless);
    limits = {};
    limits.answer_bytes_max = 1'000;
    const auto long_answer = run_in_child([] { return std::string(5'000'000, 'x'); }, limits);
    REQUIRE_FALSE(long_answer);
    CHECK(long_answer.error().code == ErrorCode::kLimit);
}

}  // namespace
}  // namespace survey::forms
