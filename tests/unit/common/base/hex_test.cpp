#include "common/base/hex.h"

#include <array>

#include <catch2/catch.hpp>

#include "common/base/id.h"

using namespace survey;

TEST_CASE("bytes go to hexadecimal and back", "[base][hex]") {
    const std::array<std::uint8_t, 4> bytes{0x00, 0x7F, 0xA0, 0xFF};
    CHECK(to_hex(bytes) == "007fa0ff");
    std::array<std::uint8_t, 4> read{};
    REQUIRE(read_hex("007FA0ff", read));
    CHECK(read == bytes);
}

TEST_CASE("wrong length or wrong digits are not a digest", "[base][hex]") {
    struct Tag;
    CHECK_FALSE(Digest256<Tag>::from_hex(""));
    CHECK_FALSE(Digest256<Tag>::from_hex(std::string(63, 'a')));
    CHECK_FALSE(Digest256<Tag>::from_hex(std::string(64, 'g')));
    const auto digest = Digest256<Tag>::from_hex(std::string(64, 'e'));
    REQUIRE(digest);
    CHECK(digest->hex() == std::string(64, 'e'));
}
