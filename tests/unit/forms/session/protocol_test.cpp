#include "forms/session/protocol.h"

#include <catch2/catch.hpp>

#include "forms/session/value_json.h"

using namespace survey;
using namespace survey::forms;

TEST_CASE("whole numbers are whole and JSON's gaps are texts", "[session][protocol]") {
    CHECK(json::serialise(number_json(7)) == "7");
    CHECK(json::serialise(number_json(-3)) == "-3");
    CHECK(json::serialise(number_json(0.0)) == "0");
    CHECK(json::serialise(number_json(-0.0)) == "\"-0\"");
    CHECK(json::serialise(number_json(0.0 / 0.0 * 0)) == "\"NaN\"");
    CHECK(json::serialise(number_json(1e308 * 10)) == "\"Infinity\"");
    CHECK(json::serialise(number_json(-1e308 * 10)) == "\"-Infinity\"");
    CHECK(number_json(0.1).as_double() == 0.1);
}

TEST_CASE("members are read by their type", "[session][protocol]") {
    const json::Object request{{"t", "x"}, {"n", 5},    {"d", 5.0},
                               {"h", 5.5}, {"b", true}, {"z", nullptr}};
    CHECK(*required_text(request, "t") == "x");
    CHECK_FALSE(required_text(request, "none"));
    CHECK_FALSE(required_text(request, "n"));
    CHECK_FALSE(required_text(request, "z"));
    CHECK(*optional_integer(request, "n") == 5);
    CHECK(*optional_integer(request, "d") == 5);
    CHECK_FALSE(optional_integer(request, "h"));
    CHECK_FALSE(optional_integer(request, "t"));
    CHECK(*flag(request, "b"));
    CHECK_FALSE(*flag(request, "z"));
    CHECK_FALSE(flag(request, "n"));
}
