#include "common/base/number.h"

#include <cmath>
#include <limits>

#include <catch2/catch.hpp>

#include "common/base/random.h"

using namespace survey;

TEST_CASE("a number is written with the shortest digits and no exponent", "[base][number]") {
    struct Case {
        double number;
        const char* text;
    };
    for (const auto& [number, text] :
         {Case{0, "0"}, Case{-0.0, "0"}, Case{1, "1"}, Case{-17, "-17"}, Case{0.1, "0.1"},
          Case{2.5, "2.5"}, Case{1e21, "1000000000000000000000"}, Case{1e-7, "0.0000001"},
          Case{1.0 / 3, "0.3333333333333333"}, Case{123456.789, "123456.789"},
          Case{9007199254740993.0, "9007199254740992"},
          Case{std::numeric_limits<double>::quiet_NaN(), "NaN"},
          Case{std::numeric_limits<double>::infinity(), "Infinity"},
          Case{-std::numeric_limits<double>::infinity(), "-Infinity"}}) {
        CAPTURE(text);
        CHECK(format_double(number) == text);
    }
}

TEST_CASE("any finite double survives being written and read", "[base][number]") {
    SeededRandom random(7);
    for (int i = 0; i < 20'000; ++i) {
        const double number =
            std::ldexp(random.unit() - 0.5, static_cast<int>(random.below(120)) - 60);
        CHECK(parse_double(format_double(number)) == number);
    }
}

TEST_CASE("only a whole decimal number is read", "[base][number]") {
    CHECK(parse_double("-1.5e3") == -1500.0);
    CHECK(parse_double(".5") == 0.5);
    CHECK(parse_double("+7") == 7.0);
    for (const char* text :
         {"", " 1", "1 ", "0x10", "inf", "nan", "-inf", "1e", "--1", "+-1", "1,5", "e5"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_double(text));
    }
    CHECK(parse_int("-42") == -42);
    for (const char* text : {"", "4.2", "9223372036854775808", "1x", " 1", "+1"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_int(text));
    }
}
