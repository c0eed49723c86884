#include "sync-server/aggregate/columns.h"

#include <limits>

#include <catch2/catch.hpp>

#include "tests/unit/sync-server/aggregate/sample.h"

using namespace survey;
using namespace survey::server;

namespace {

Columns small() {
    ColumnQuestion trust = select_one("trust", {"low", "high"});
    trust.cannot_say = {"dk"};
    ColumnQuestion staff = number("staff");
    staff.cannot_say_numbers = {-99};
    return make_columns({trust, select_many("topics", {"energy", "skills", "rail"}), staff});
}

const std::vector<Answer> kFull{Answer::of("high"),
                                Answer::of(std::vector<std::string>{"rail", "energy", "rail"}),
                                Answer::of(12.0)};

}  // namespace

TEST_CASE("an answer is kept by code, each mark once and in order", "[aggregate][columns]") {
    Columns columns = small();
    CHECK(*columns.put("i1", "r1", "acme", kFull) == Columns::Change::kAdded);
    CHECK(columns.column(0).option(0) == 1);
    const auto marked = columns.column(1).marked(0);
    CHECK(std::vector<OptionIndex>(marked.begin(), marked.end()) == std::vector<OptionIndex>{0, 2});
    CHECK(columns.column(2).number(0) == 12.0);
}

TEST_CASE("blank, not asked and cannot say stay apart", "[aggregate][columns]") {
    Columns columns = small();
    REQUIRE(
        columns.put("i1", "r1", "a", {Answer::blank(), Answer::not_asked(), Answer::of(-99.0)}));
    REQUIRE(columns.put("i2", "r1", "a", {Answer::of("dk"), Answer::blank(), Answer::blank()}));
    CHECK(columns.column(0).standing(0) == Standing::kBlank);
    CHECK(columns.column(1).standing(0) == Standing::kNotAsked);
    CHECK(columns.column(2).standing(0) == Standing::kCannotSay);
    CHECK(columns.column(0).standing(1) == Standing::kCannotSay);
    CHECK(columns.column(2).standing(1) == Standing::kBlank);
}

TEST_CASE("a corrected answer replaces the old one, and a re-sent one changes nothing",
          "[aggregate][columns]") {
    Columns columns = small();
    REQUIRE(columns.put("i1", "r1", "acme", kFull));
    const Version before = columns.version();
    CHECK(*columns.put("i1", "r1", "acme", kFull) == Columns::Change::kUnchanged);
    CHECK(columns.version() == before);
    std::vector<Answer> corrected = kFull;
    corrected[0] = Answer::of("low");
    CHECK(*columns.put("i1", "r2", "acme", corrected) == Columns::Change::kReplaced);
    CHECK(columns.live() == 1);
    CHECK(columns.slots() == 2);
    CHECK(columns.live_at(0, before));
    CHECK_FALSE(columns.live_at(0, columns.version()));
    CHECK(columns.replacement(0) == Slot{1});
    CHECK(columns.replaced(1) == Slot{0});
    CHECK_FALSE(columns.replaced(0).has_value());
}

TEST_CASE("a removed answer is gone from later tables only", "[aggregate][columns]") {
    Columns columns = small();
    REQUIRE(columns.put("i1", "r1", "acme", kFull));
    const Version before = columns.version();
    CHECK(columns.remove("i1"));
    CHECK_FALSE(columns.remove("i1"));
    CHECK_FALSE(columns.remove("i2"));
    CHECK(columns.live() == 0);
    CHECK(columns.live_at(0, before));
    CHECK_FALSE(columns.live_at(0, columns.version()));
}

TEST_CASE("an option that the form does not list any more still counts", "[aggregate][columns]") {
    Columns columns = small();
    std::vector<Answer> old = kFull;
    old[0] = Answer::of("medium");
    REQUIRE(columns.put("i1", "r1", "acme", old));
    CHECK(columns.column(0).options().back() == "medium");
    CHECK(columns.column(0).standing(0) == Standing::kSubstantive);
}

TEST_CASE("cannot say beside real marks does not take those back", "[aggregate][columns]") {
    ColumnQuestion topics = select_many("topics", {"energy"});
    topics.cannot_say = {"dk"};
    Columns columns = make_columns({topics});
    REQUIRE(columns.put("i1", "r1", "a", {Answer::of(std::vector<std::string>{"dk", "energy"})}));
    REQUIRE(columns.put("i2", "r1", "b", {Answer::of(std::vector<std::string>{"dk"})}));
    CHECK(columns.column(0).standing(0) == Standing::kSubstantive);
    CHECK(columns.column(0).marked(0).size() == 1);
    CHECK(columns.column(0).standing(1) == Standing::kCannotSay);
}

TEST_CASE("a malformed answer is refused and nothing changes", "[aggregate][columns]") {
    Columns columns = small();
    const auto broken = [](std::size_t question, Answer answer) {
        std::vector<Answer> answers = kFull;
        answers[question] = std::move(answer);
        return answers;
    };
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const double infinity = std::numeric_limits<double>::infinity();
    const std::vector<std::vector<Answer>> wrong{
        {},
        {Answer::blank()},
        broken(0, Answer::of(std::vector<std::string>{"low", "high"})),
        broken(0, Answer::of(std::vector<std::string>{})),
        broken(1, Answer::of(std::vector<std::string>{})),
        broken(2, Answer::of(nan)),
        broken(2, Answer::of(-infinity)),
        broken(2, Answer::of("12")),
        broken(1, Answer::of(std::vector<std::string>(kChosenMax + 1, "rail"))),
    };
    for (const auto& answers : wrong) {
        CHECK_FALSE(columns.put("i1", "r1", "acme", answers).has_value());
        CHECK(columns.slots() == 0);
        CHECK(columns.version() == 0);
    }
}

TEST_CASE("a form with two questions or options of one name is refused", "[aggregate][columns]") {
    CHECK_FALSE(Columns::create({number("a"), number("a")}).has_value());
    CHECK_FALSE(Columns::create({select_one("a", {"x", "y", "x"})}).has_value());
    CHECK(Columns::create({}).has_value());
}
