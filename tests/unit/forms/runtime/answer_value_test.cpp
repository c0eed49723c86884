#include "forms/runtime/answer_value.h"

#include <catch2/catch.hpp>

using namespace survey;
using namespace survey::forms;

namespace {

const FixedOffset kBerlinWinter{std::chrono::minutes(60)};
const LocalMoment kMoment{*parse_instant("2026-11-25T08:30:00Z"), &kBerlinWinter};

struct Case {
    AnswerType type;
    std::string lexical;
    std::string answer;
};

std::optional<std::string> read(AnswerType type, std::string_view text) {
    return read_answer(type, ControlKind::kInput, text, kMoment);
}

}  // namespace

TEST_CASE("an answer is held in the form of its type", "[runtime][types]") {
    const std::vector<Case> cases = {
        {AnswerType::kInt, "12", "12"},
        {AnswerType::kInt, "12.9", "12"},
        {AnswerType::kInt, "-12.9", "-12"},
        {AnswerType::kInt, " 7 ", "7"},
        {AnswerType::kInt, "007", "7"},
        {AnswerType::kInt, "2147483647", "2147483647"},
        {AnswerType::kDecimal, "2", "2"},
        {AnswerType::kDecimal, "2.50", "2.5"},
        {AnswerType::kDecimal, "2,5", "2.5"},
        {AnswerType::kDecimal, ".5", "0.5"},
        {AnswerType::kDecimal, "-0.25", "-0.25"},
        {AnswerType::kDate, "2024-02-29", "2024-02-29"},
        {AnswerType::kDate, "2024-02-29T10:00:00", "2024-02-29"},
        {AnswerType::kTime, "07:05", "07:05:00.000+01:00"},
        {AnswerType::kTime, "07:05:09.25Z", "07:05:09.250Z"},
        {AnswerType::kDateTime, "2024-02-29", "2024-02-29T00:00:00.000+01:00"},
        {AnswerType::kDateTime, "2024-02-29T10:00:00-05:30", "2024-02-29T10:00:00.000-05:30"},
        {AnswerType::kGeopoint, "51.5 7.25", "51.5 7.25"},
        {AnswerType::kGeopoint, "51.5 7.25 120", "51.5 7.25 120"},
        {AnswerType::kGeopoint, "51.5 7.25 120.5 4", "51.5 7.25 120.5 4"},
        {AnswerType::kGeotrace, "1 2; 3 4;", "1 2;3 4"},
        {AnswerType::kGeoshape, "1 2; 3 4; 5 6 0 0; 1 2", "1 2;3 4;5 6 0 0;1 2"},
        {AnswerType::kBinary, "C:\\photos\\works.jpg", "works.jpg"},
        {AnswerType::kString, " keeps its blanks ", " keeps its blanks "},
        {AnswerType::kBoolean, "true", "true"},
    };
    for (const Case& one : cases) {
        INFO(one.lexical);
        CHECK(read(one.type, one.lexical) == one.answer);
    }
}

TEST_CASE("what a type cannot hold is nothing", "[runtime][types]") {
    const std::vector<std::pair<AnswerType, std::string>> cases = {
        {AnswerType::kInt, "2147483648"},
        {AnswerType::kInt, "twelve"},
        {AnswerType::kInt, "1e3"},
        {AnswerType::kInt, "1.2.3"},
        {AnswerType::kInt, "-"},
        {AnswerType::kDecimal, "0x10"},
        {AnswerType::kDecimal, "Infinity"},
        {AnswerType::kDate, "2023-02-29"},
        {AnswerType::kDate, "29.02.2024"},
        {AnswerType::kDate, "2024-2-9"},
        {AnswerType::kTime, "24:00"},
        {AnswerType::kTime, "7:05"},
        {AnswerType::kTime, "07:05:00+01"},
        {AnswerType::kDateTime, "2024-99-01T00:00:00Z"},
        {AnswerType::kDateTime, "2024-01-01 10:00"},
        {AnswerType::kGeopoint, "91 7"},
        {AnswerType::kGeopoint, "51 181"},
        {AnswerType::kGeopoint, "51"},
        {AnswerType::kGeopoint, "51 7 0 0 0"},
        {AnswerType::kGeopoint, "0 0 0 0"},
        {AnswerType::kGeotrace, "1 2"},
        {AnswerType::kGeotrace, "1 2;;3 4"},
        {AnswerType::kGeoshape, "1 2;3 4;5 6"},
    };
    for (const auto& [type, text] : cases) {
        INFO(text);
        CHECK(read(type, text) == std::nullopt);
    }
}

TEST_CASE("text is composed, so that equal texts are equal", "[runtime][types]") {
    CHECK(read(AnswerType::kString,
               "u\xCC\x88"
               "ber") ==
          "\xC3\xBC"
          "ber");
    CHECK(read(AnswerType::kString, "\xC3\xBC") == "\xC3\xBC");
    CHECK(read(AnswerType::kString, "broken \xCC") == "broken \xCC");
    CHECK(read_answer(AnswerType::kString, ControlKind::kSelectOne, "u\xCC\x88", kMoment) ==
          "u\xCC\x88");
}

TEST_CASE("blanks are blank in every type", "[runtime][types]") {
    CHECK(read(AnswerType::kInt, "  ") == "");
    CHECK(read(AnswerType::kString, " \n") == "");
    CHECK(read(AnswerType::kGeopoint, "") == "");
}

TEST_CASE("several choices are a set in the order of choosing", "[runtime][types]") {
    const auto set = [](std::string_view text) {
        return read_answer(AnswerType::kString, ControlKind::kSelectMany, text, kMoment);
    };
    CHECK(set(" b  a\tb ") == "b a");
    CHECK(set("") == "");
    CHECK(read_answer(AnswerType::kString, ControlKind::kTrigger, "true", kMoment) == "OK");
    CHECK(read_answer(AnswerType::kString, ControlKind::kTrigger, "false", kMoment) == "");
    CHECK(read_answer(AnswerType::kString, ControlKind::kTrigger, "maybe", kMoment) ==
          std::nullopt);
}

TEST_CASE("results of expressions become answers", "[runtime][types]") {
    const auto result = [](AnswerType type, expr::Value value) {
        return answer_of(type, std::nullopt, value, kMoment);
    };
    CHECK(result(AnswerType::kString, 3.0) == "3");
    CHECK(result(AnswerType::kString, std::numeric_limits<double>::quiet_NaN()) == "");
    CHECK(result(AnswerType::kInt, 3.99) == "3");
    CHECK(result(AnswerType::kInt, 3e9) == "");
    CHECK(result(AnswerType::kInt, true) == "1");
    CHECK(result(AnswerType::kBoolean, false) == "false");
    CHECK(result(AnswerType::kDate, 19782.0) == "2024-02-29");
    CHECK(result(AnswerType::kDate, -1.0) == "1969-12-31");
    CHECK(result(AnswerType::kDateTime, 0.5) == "1970-01-01T13:00:00.000+01:00");
    CHECK(result(AnswerType::kDate, std::string("nonsense")) == "");
}

TEST_CASE("only the record writes a decimal with a fraction", "[runtime][types]") {
    CHECK(recorded(AnswerType::kDecimal, "2") == "2.0");
    CHECK(recorded(AnswerType::kDecimal, "2.5") == "2.5");
    CHECK(recorded(AnswerType::kDecimal, "") == "");
    CHECK(recorded(AnswerType::kInt, "2") == "2");
}
