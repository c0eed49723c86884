#include <catch2/catch.hpp>

#include "sync-server/results/declaration.h"
#include "tests/support/whole_server.h"

using namespace survey;
using namespace survey::server;

TEST_CASE("the questions of a form are listed as tables see them", "[ingest][questions]") {
    test::WholeServer world;
    world.publish();
    const auto version = world.results->newest("visit");
    REQUIRE(version);
    const QuestionList& list = (*version)->questions();
    std::vector<std::string> names;
    for (const FormQuestion& question : list.questions)
        names.push_back(question.name);
    CHECK(names == std::vector<std::string>{"district", "fit", "people", "needs"});
    const FormQuestion* fit = list.find("fit");
    REQUIRE(fit);
    REQUIRE(fit->options.size() == 4);
    CHECK(fit->options[0].name == "good");
    CHECK(fit->options[0].labels.at(0) == "Good");
    CHECK(fit->options[3].outside_scale);
    CHECK(list.find("district")->identifying);
    CHECK_FALSE(fit->identifying);
    CHECK(list.find("firm") == nullptr);  // a name is never a category
    CHECK(list.organisation != forms::kNoRef);
    const auto scale = scale_of(*fit);
    REQUIRE(scale);
    CHECK(scale->positive == std::vector<std::string>{"good"});
    CHECK(scale->negative == std::vector<std::string>{"poor"});
    CHECK_FALSE(scale_of(*list.find("needs")));
}

TEST_CASE("a scale of five has its two ends, one of three its one", "[results][scale]") {
    FormQuestion question;
    for (int i = 1; i <= 5; ++i)
        question.options.push_back({std::to_string(i), {}, false, i});
    const auto five = scale_of(question);
    REQUIRE(five);
    CHECK(five->positive == std::vector<std::string>{"4", "5"});
    CHECK(five->negative == std::vector<std::string>{"1", "2"});
    question.options.resize(3);
    const auto three = scale_of(question);
    REQUIRE(three);
    CHECK(three->positive == std::vector<std::string>{"3"});
    CHECK(three->negative == std::vector<std::string>{"1"});
    question.options.resize(1);
    CHECK_FALSE(scale_of(question));
}
