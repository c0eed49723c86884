#include "forms/simulate/rule_text.h"

#include <catch2/catch.hpp>

using namespace survey::forms;

namespace {

std::vector<std::string> read(std::string_view expression) {
    std::vector<std::string> out;
    for (const Comparison& one : comparisons_of(expression)) {
        out.push_back(one.left + " " + one.op + " " + one.right);
    }
    return out;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("comparisons are found within and, or, parentheses and not", "[simulate]") {
    CHECK(read(". >= 1 and . <= ../max") == Texts{". >= 1", ". <= ../max"});
    CHECK(read("(. > 1 or .='x and y') and not( . != 3 )") ==
          Texts{". > 1", ". = 'x and y'", ". != 3"});
    CHECK(read("(/data/a + .) * 2 = 100") == Texts{"(/data/a + .) * 2 = 100"});
}

TEST_CASE("comparisons inside functions and predicates are left alone", "[simulate]") {
    CHECK(read("count(/data/r[x = 1]) = 2") == Texts{"count(/data/r[x = 1]) = 2"});
    CHECK(read("regex(., 'a=b')").empty());
    CHECK(read("/data/orders and /data/brand").empty());
    CHECK(read("").empty());
    CHECK(read("((((").empty());
    CHECK(read("'open").empty());
    CHECK(read("(. > 1) or (. < 0)") == Texts{". > 1", ". < 0"});
}

TEST_CASE("texts in quotes are found", "[simulate]") {
    CHECK(quoted_texts(". = 'a' or . = \"b'c\"") == Texts{"a", "b'c"});
    CHECK(quoted_texts("'torn").empty());
}
