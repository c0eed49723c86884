// Keeps tests/data/conformance/RULES.md true.

#include "tests/conformance/rules.h"

#include <cstdlib>
#include <fstream>
#include <set>

#include <catch2/catch.hpp>

#include "tests/support/process.h"

namespace survey::conformance {

TEST_CASE("every conformance case names a rule that is listed", "[conformance][rules]") {
    const auto rules = read_rules(SURVEY_TEST_DATA "/conformance/rules.txt");
    std::set<std::string> known;
    for (const Rule& rule : rules) {
        INFO(rule.id);
        CHECK(known.insert(rule.id).second);
    }
    for (const auto& [rule, count] : count_cases()) {
        INFO(rule << ", with " << count << " cases");
        CHECK(known.count(rule) == 1);
    }
}

TEST_CASE("the page of rules says how many cases each has", "[conformance][rules]") {
    const std::string path = SURVEY_TEST_DATA "/conformance/RULES.md";
    const std::string page =
        rules_page(read_rules(SURVEY_TEST_DATA "/conformance/rules.txt"), count_cases());
    if (std::getenv("SURVEY_WRITE_RULES") != nullptr) std::ofstream(path) << page;
    // Another text means: run this test with SURVEY_WRITE_RULES=1 and commit the page.
    CHECK(tests::file_content(path) == page);
}

}  // namespace survey::conformance
