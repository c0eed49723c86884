#include "common/json/json.h"

#include <string>

#include <catch2/catch.hpp>

using namespace survey;

TEST_CASE("a document comes back as it went in", "[json]") {
    const std::string text = R"({"a":[1,-2.5,true,null,"Gr\u00f6\u00dfe"],"b":{}})";
    const auto value = json::parse(text);
    REQUIRE(value);
    CHECK(json::serialise(*value) == R"({"a":[1,-2.5E0,true,null,"Größe"],"b":{}})");
    CHECK(json::parse(" 5 \n"));
}

TEST_CASE("what is not exactly one JSON document is refused", "[json]") {
    for (const char* text : {"", " ", "{", "[1,]", "{\"a\":1,}", "nul", "01", "1 2", "{} x",
                             "\"\\x\"", "\"\xff\"", "// c\n1", "NaN", "'a'", "[1"}) {
        CAPTURE(text);
        const auto value = json::parse(text);
        REQUIRE_FALSE(value);
        CHECK(value.error().code == ErrorCode::kInvalidInput);
    }
}

TEST_CASE("depth and length have limits", "[json]") {
    const json::Limits limits{100, 4};
    CHECK(json::parse("[[[[1]]]]", limits));
    const auto deep = json::parse("[[[[[1]]]]]", limits);
    REQUIRE_FALSE(deep);
    CHECK(deep.error().code == ErrorCode::kLimit);
    const auto bomb = json::parse(std::string(500'000, '['));
    REQUIRE_FALSE(bomb);
    CHECK(bomb.error().code == ErrorCode::kLimit);
    const auto longer = json::parse("\"" + std::string(100, 'x') + "\"", limits);
    REQUIRE_FALSE(longer);
    CHECK(longer.error().code == ErrorCode::kLimit);
}

TEST_CASE("members are found with their type or not at all", "[json]") {
    const auto value = json::parse(R"({"t":"x","i":7,"w":5.0,"f":2.5,"b":false,"big":1e300})");
    REQUIRE(value);
    CHECK(json::find_text(*value, "t") == "x");
    CHECK(json::find_integer(*value, "i") == 7);
    CHECK(json::find_integer(*value, "w") == 5);
    CHECK(json::find_number(*value, "f") == 2.5);
    CHECK(json::find_number(*value, "i") == 7.0);
    CHECK(json::find_flag(*value, "b") == false);
    CHECK_FALSE(json::find_text(*value, "i"));
    CHECK_FALSE(json::find_integer(*value, "f"));
    CHECK_FALSE(json::find_integer(*value, "big"));
    CHECK_FALSE(json::find_flag(*value, "none"));
    CHECK(json::find(json::Value(3), "t") == nullptr);
}

TEST_CASE("a file for people is indented", "[json]") {
    const auto value = json::parse(R"({"a":[1,2],"e":[],"s":"x"})");
    REQUIRE(value);
    CHECK(json::serialise_pretty(*value) ==
          "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"e\": [],\n  \"s\": \"x\"\n}\n");
}
