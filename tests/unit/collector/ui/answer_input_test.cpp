#include "collector/ui/answer_input.h"

#include <catch2/catch.hpp>

using namespace survey;
using namespace survey::collector;

namespace {

forms::Choice choice(std::string value, std::string label) {
    forms::Choice made;
    made.value = std::move(value);
    made.label.text = std::move(label);
    return made;
}

const std::vector<forms::Choice>& districts() {
    static const std::vector<forms::Choice> list = {
        choice("14713", "Leipzig, Stadt"), choice("14729", "Leipzig"),
        choice("14612", "Dresden, Stadt"), choice("14625", "Bautzen")};
    return list;
}

InputMeaning read(std::string_view line, forms::ControlKind kind,
                  forms::AnswerType type = forms::AnswerType::kString,
                  const std::vector<std::size_t>& shown = {}) {
    forms::Control control;
    control.kind = kind;
    control.range_start = "0";
    control.range_end = "10";
    forms::FormNode node;
    node.bind.emplace();
    node.bind->type = type;
    return read_answer(line, control, node, districts(), shown, "2026-11-25");
}

std::string lexical(const InputMeaning& meaning) {
    const auto* value = std::get_if<Lexical>(&meaning);
    return value == nullptr ? "(not an answer)" : value->value;
}

bool unreadable(const InputMeaning& meaning, Unreadable reason) {
    const auto* found = std::get_if<Unreadable>(&meaning);
    return found != nullptr && *found == reason;
}

}  // namespace

TEST_CASE("one choice is picked by number, value, or a part of its label", "[ui]") {
    using forms::ControlKind;
    CHECK(lexical(read("3", ControlKind::kSelectOne)) == "14612");
    CHECK(lexical(read("14625", ControlKind::kSelectOne)) == "14625");
    CHECK(lexical(read("dresd", ControlKind::kSelectOne)) == "14612");
    CHECK(lexical(read(" BAUTZEN ", ControlKind::kSelectOne)) == "14625");
    // A label that fits as a whole wins over one that only contains it.
    CHECK(lexical(read("leipzig", ControlKind::kSelectOne)) == "14729");
    const auto several = read("stadt", ControlKind::kSelectOne);
    REQUIRE(std::get_if<Ambiguous>(&several) != nullptr);
    CHECK(std::get_if<Ambiguous>(&several)->matches == std::vector<std::size_t>{0, 2});
    CHECK(unreadable(read("Görlitz", ControlKind::kSelectOne), Unreadable::kChoice));
    CHECK(unreadable(read("0", ControlKind::kSelectOne), Unreadable::kChoice));
    CHECK(unreadable(read("5", ControlKind::kSelectOne), Unreadable::kChoice));
}

TEST_CASE("numbers mean what is on the screen after a search", "[ui]") {
    CHECK(lexical(read("2", forms::ControlKind::kSelectOne, forms::AnswerType::kString, {0, 2})) ==
          "14612");
    CHECK(unreadable(read("3", forms::ControlKind::kSelectOne, forms::AnswerType::kString, {0, 2}),
                     Unreadable::kChoice));
}

TEST_CASE("several choices come in the order typed, each once", "[ui]") {
    using forms::ControlKind;
    CHECK(lexical(read("4, 1 4", ControlKind::kSelectMany)) == "14625 14713");
    CHECK(lexical(read("bautzen", ControlKind::kSelectMany)) == "14625");
    CHECK(unreadable(read("1 9", ControlKind::kSelectMany), Unreadable::kChoice));
    CHECK(lexical(read("2 1 3 4", ControlKind::kRank)) == "14729 14713 14612 14625");
}

TEST_CASE("numbers, days and times are read as people write them", "[ui]") {
    using forms::AnswerType;
    using forms::ControlKind;
    struct Case {
        const char* line;
        AnswerType type;
        const char* value;
    };
    for (const auto& [line, type, value] :
         {Case{"12", AnswerType::kInt, "12"}, Case{"-3", AnswerType::kInt, "-3"},
          Case{"12,5", AnswerType::kDecimal, "12.5"}, Case{"0.50", AnswerType::kDecimal, "0.5"},
          Case{"24.12.2026", AnswerType::kDate, "2026-12-24"},
          Case{"1.2.2026", AnswerType::kDate, "2026-02-01"},
          Case{"2026-12-24", AnswerType::kDate, "2026-12-24"},
          Case{"heute", AnswerType::kDate, "2026-11-25"},
          Case{"9:30", AnswerType::kTime, "09:30:00.000"},
          Case{"24.12.2026 9:30", AnswerType::kDateTime, "2026-12-24T09:30:00.000"},
          Case{"51.05 13.74", AnswerType::kGeopoint, "51.05 13.74"}}) {
        CAPTURE(line);
        CHECK(lexical(read(line, ControlKind::kInput, type)) == value);
    }
}

TEST_CASE("what cannot be read says what was expected", "[ui]") {
    using forms::AnswerType;
    using forms::ControlKind;
    struct Case {
        const char* line;
        AnswerType type;
        Unreadable reason;
    };
    for (const auto& [line, type, reason] :
         {Case{"zwölf", AnswerType::kInt, Unreadable::kWholeNumber},
          Case{"12.5", AnswerType::kInt, Unreadable::kWholeNumber},
          Case{"1.234,5", AnswerType::kDecimal, Unreadable::kNumber},
          Case{"30.2.2026", AnswerType::kDate, Unreadable::kDate},
          Case{"24.12.", AnswerType::kDate, Unreadable::kDate},
          Case{"2026-13-01", AnswerType::kDate, Unreadable::kDate},
          Case{"25:00", AnswerType::kTime, Unreadable::kTime},
          Case{"24.12.2026", AnswerType::kDateTime, Unreadable::kDateTime},
          Case{"91 0", AnswerType::kGeopoint, Unreadable::kGeopoint},
          Case{"51", AnswerType::kGeopoint, Unreadable::kGeopoint}}) {
        CAPTURE(line);
        CHECK(unreadable(read(line, ControlKind::kInput, type), reason));
    }
    CHECK(unreadable(read("11", ControlKind::kRange), Unreadable::kRange));
    CHECK(lexical(read("10", ControlKind::kRange)) == "10");
    CHECK(unreadable(read("vielleicht", ControlKind::kTrigger), Unreadable::kYesNo));
    CHECK(lexical(read("ja", ControlKind::kTrigger)) == "OK");
    CHECK(unreadable(read("bild.jpg", ControlKind::kUpload), Unreadable::kFile));
}

TEST_CASE("a number of the list that is also the label of another choice is asked again", "[ui]") {
    const std::vector<forms::Choice> scale = {choice("0", "0"), choice("1", "1"), choice("2", "2"),
                                              choice("3", "3")};
    forms::Control control;
    control.kind = forms::ControlKind::kSelectOne;
    const auto read_scale = [&](std::string_view line, const std::vector<std::size_t>& shown) {
        return read_answer(line, control, {}, scale, shown, "2026-11-25");
    };
    const InputMeaning two = read_scale("2", {});
    REQUIRE(std::get_if<Ambiguous>(&two) != nullptr);
    CHECK(std::get_if<Ambiguous>(&two)->matches == std::vector<std::size_t>{1, 2});
    // What is shown then is told by its number.
    CHECK(lexical(read_scale("2", {1, 2})) == "2");
    CHECK(lexical(read_scale("1", {1, 2})) == "1");
    // No line has the number 0, and the last number is no label.
    CHECK(lexical(read_scale("0", {})) == "0");
    CHECK(lexical(read_scale("4", {})) == "3");
}

TEST_CASE("a range takes whole steps from its start, and its end", "[ui]") {
    forms::Control control;
    control.kind = forms::ControlKind::kRange;
    forms::FormNode node;
    node.bind.emplace();
    const auto read_range = [&](std::string_view line) {
        return read_answer(line, control, node, {}, {}, "2026-11-25");
    };
    const auto set = [&](const char* start, const char* end, const char* step,
                         forms::AnswerType type) {
        control.range_start = start;
        control.range_end = end;
        control.range_step = step;
        node.bind->type = type;
    };
    set("0", "100", "5", forms::AnswerType::kInt);
    CHECK(lexical(read_range("35")) == "35");
    CHECK(unreadable(read_range("33"), Unreadable::kRange));
    CHECK(unreadable(read_range("2,5"), Unreadable::kRange));
    set("1", "10", "", forms::AnswerType::kInt);
    CHECK(unreadable(read_range("2.5"), Unreadable::kRange));
    set("0", "1", "0.1", forms::AnswerType::kDecimal);
    CHECK(lexical(read_range("0,3")) == "0.3");
    CHECK(unreadable(read_range("0.35"), Unreadable::kRange));
    set("10", "1", "4", forms::AnswerType::kInt);
    CHECK(lexical(read_range("6")) == "6");
    CHECK(lexical(read_range("1")) == "1");
    CHECK(unreadable(read_range("5"), Unreadable::kRange));
}
