#include "forms/expr/value.h"

#include <cmath>
#include <limits>

#include "tests/unit/forms/expr/test_tree.h"

namespace survey::expr {
namespace {

TEST_CASE("numbers print as plain decimals", "[expr][value]") {
    const std::pair<double, const char*> cases[] = {{0, "0"},
                                                    {-0.0, "0"},
                                                    {1.5, "1.5"},
                                                    {-2, "-2"},
                                                    {1e21, "1000000000000000000000"},
                                                    {1e-7, "0.0000001"},
                                                    {3e9, "3000000000"},
                                                    {1e-13, "0"},
                                                    {2.9999999999999996, "3"},
                                                    {0.1, "0.1"}};
    for (const auto& [number, text] : cases)
        CHECK(to_string(Value(number)) == text);
    CHECK(to_string(Value(std::nan(""))) == "NaN");
    CHECK(to_string(Value(-std::numeric_limits<double>::infinity())) == "-Infinity");
    CHECK(to_string(Value(true)) == "true");
    CHECK(to_string(Value(NodeSet{})).empty());
}

TEST_CASE("texts are numbers where XPath says so, or dates", "[expr][value]") {
    CHECK(to_number(std::string_view(" 12.5\n")) == 12.5);
    CHECK(to_number(std::string("2024-01-01")) == 19723);
    CHECK(to_number(std::string_view("1970-01-01T12:00:00Z")) == 0.5);
    for (const char* text : {"", " ", "1e5", "+1", "Infinity", "NaN", "0x1", "1,5", "--1", "1-",
                             "2024-13-01", "2024-01-01T25:00", "."}) {
        INFO(text);
        CHECK(std::isnan(to_number(std::string_view(text))));
    }
}

TEST_CASE("values are true as XPath says", "[expr][value]") {
    CHECK(to_boolean(Value(std::string("false"))));
    CHECK_FALSE(to_boolean(Value(std::string())));
    CHECK(to_boolean(Value(-1.0)));
    CHECK_FALSE(to_boolean(Value(std::nan(""))));
    CHECK_FALSE(to_boolean(Value(NodeSet{})));
    const TestTree tree("<a>5</a>");
    CHECK(to_boolean(Value(NodeSet{tree.root()})));
    CHECK(to_number(Value(NodeSet{tree.root()})) == 5);
    CHECK(to_string(Value(NodeSet{tree.root()})) == "5");
    CHECK(kind_of(Value(NodeSet{})) == ValueKind::kNodeSet);
    CHECK(kind_of(Value(1.0)) == ValueKind::kNumber);
    CHECK(kind_of(Value(std::string())) == ValueKind::kString);
    CHECK(kind_of(Value(false)) == ValueKind::kBoolean);
}

}  // namespace
}  // namespace survey::expr
