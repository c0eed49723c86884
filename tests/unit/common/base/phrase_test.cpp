#include "common/base/phrase.h"

#include <catch2/catch.hpp>

using namespace survey;

TEST_CASE("values stand where the holes were, in order", "[phrase]") {
    CHECK(fill("{} of {}", {"3", "7"}) == "3 of 7");
    CHECK(fill("{}{}", {"a{}", "b"}) == "a{}b");  // a value is never filled itself
    CHECK(fill("none", {"a"}) == "none");
    CHECK(fill("{} and {}", {"a"}) == "a and ");
}

TEST_CASE("a phrase is said in one of its languages", "[phrase]") {
    constexpr Phrase kPhrase = {"yes", "ja"};
    CHECK(kPhrase.in(true) == "ja");
    CHECK(kPhrase.in(false) == "yes");
}

TEST_CASE("a message is said otherwise with what stood for the stars", "[phrase]") {
    constexpr Translation kTable[] = {
        {"* is required", "* fehlt"},
        {"cannot reach (*) at *", "(*) nicht erreichbar, um *"},
        {"full*", "voll*"},
    };
    CHECK(translated(kTable, "name is required") == "name fehlt");
    CHECK(translated(kTable, "cannot reach (a) at 12") == "(a) nicht erreichbar, um 12");
    CHECK(translated(kTable, "full") == "voll");
    for (const char* other : {"", "*", "name is", "cannot reach (a", "xcannot reach (a) at 1"}) {
        CHECK(translated(kTable, other) == other);
    }
}
