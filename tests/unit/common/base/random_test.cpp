#include "common/base/random.h"

#include <set>

#include <catch2/catch.hpp>

using namespace survey;

TEST_CASE("the same seed gives the same numbers", "[base][random]") {
    SeededRandom a(1);
    SeededRandom b(1);
    for (int i = 0; i < 100; ++i)
        CHECK(a.next() == b.next());
    SeededRandom reference(0);
    CHECK(reference.next() == 0xE220A8397B1DCDAFU);  // first output of SplitMix64 for seed 0
}

TEST_CASE("a bounded number reaches both ends and never the bound", "[base][random]") {
    SeededRandom random(3);
    std::set<std::uint64_t> seen;
    for (int i = 0; i < 1000; ++i)
        seen.insert(random.below(5));
    CHECK(seen == std::set<std::uint64_t>{0, 1, 2, 3, 4});
}

TEST_CASE("a UUID carries its version and variant and is never repeated", "[base][random]") {
    SeededRandom random(5);
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i) {
        const std::string four = uuid_v4(random);
        const std::string seven = uuid_v7(1'795'595'400'123, random);
        REQUIRE(four.size() == 36);
        CHECK(four[14] == '4');
        CHECK(std::string("89ab").find(four[19]) != std::string::npos);
        CHECK(seven.substr(0, 13) == "01a211d3-73bb");
        CHECK(seven[14] == '7');
        seen.insert(four);
        seen.insert(seven);
    }
    CHECK(seen.size() == 2000);
}
