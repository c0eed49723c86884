#include "forms/expr/digest.h"

#include <catch2/catch.hpp>

#include "common/base/hex.h"
#include "forms/expr/base64.h"
#include "forms/expr/ed25519.h"
#include "forms/expr/regex.h"
#include "forms/expr/utf8.h"

namespace survey::expr {
namespace {

constexpr const char* kTwoBlocks = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";

TEST_CASE("digests are those of the published vectors", "[expr][digest]") {
    // RFC 1321, appendix A.5.
    CHECK(to_hex(md5("")) == "d41d8cd98f00b204e9800998ecf8427e");
    CHECK(to_hex(md5("abc")) == "900150983cd24fb0d6963f7d28e17f72");
    CHECK(to_hex(md5("1234567890123456789012345678901234567890123456789012345678901234567890123456"
                     "7890")) == "57edf4a22be3c955ac49da2e2107b67a");
    // FIPS 180-4 examples.
    CHECK(to_hex(sha1("abc")) == "a9993e364706816aba3e25717850c26c9cd0d89d");
    CHECK(to_hex(sha1(kTwoBlocks)) == "84983e441c3bd26ebaae4aa1f95129e5e54670f1");
    CHECK(to_hex(sha256("abc")) ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(to_hex(sha256(kTwoBlocks)) ==
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    CHECK(to_hex(sha384("abc")) ==
          "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca"
          "134c825a7");
    CHECK(to_hex(sha512("abc")) ==
          "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23"
          "a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
    CHECK(to_hex(sha256(std::string(1'000'000, 'a'))) ==
          "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("every length around a block is padded rightly", "[expr][digest]") {
    // Different lengths must differ, and equal ones agree with a copy at another address.
    std::string before;
    for (std::size_t length = 50; length < 140; ++length) {
        const std::string text(length, 'x');
        CHECK(to_hex(sha512(text)) == to_hex(sha512(std::string(text))));
        CHECK(to_hex(sha256(text)) != before);
        before = to_hex(sha256(text));
    }
    CHECK_FALSE(digest_of("SHA-3", "x").has_value());
    CHECK(digest_of("md5", "abc") == digest_of("MD5", "abc"));
}

TEST_CASE("signatures of RFC 8032, section 7.1, are verified", "[expr][ed25519]") {
    struct Vector {
        const char* key;
        std::string_view message;
        const char* signature;
    };
    const Vector vectors[] = {
        {"d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
         "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701"
         "cf9"
         "b46bd25bf5f0595bbe24655141438e7a100b"},
        {"3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "\x72",
         "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d"
         "0f1"
         "1d8c387b2eaeb4302aeeb00d291612bb0c00"},
        {"fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "\xaf\x82",
         "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f7609"
         "84d"
         "c6594a7c15e9716ed28dc027beceea1ec40a"}};
    for (const Vector& vector : vectors) {
        std::array<std::uint8_t, 32> key{};
        std::array<std::uint8_t, 64> signature{};
        REQUIRE(read_hex(vector.key, key));
        REQUIRE(read_hex(vector.signature, signature));
        CHECK(verify_ed25519(signature, key, vector.message));
        CHECK_FALSE(verify_ed25519(signature, key, std::string(vector.message) + "x"));
        for (const std::size_t place : {0, 31, 32, 50, 63}) {
            auto forged = signature;
            forged[place] ^= 1;
            CHECK_FALSE(verify_ed25519(forged, key, vector.message));
        }
        auto other = key;
        other[5] ^= 4;
        CHECK_FALSE(verify_ed25519(signature, other, vector.message));
    }
    // Neither a point nor a number below the order.
    std::array<std::uint8_t, 32> key{};
    std::array<std::uint8_t, 64> signature{};
    key.fill(0xFF);
    CHECK_FALSE(verify_ed25519(signature, key, ""));
    signature.fill(0xFF);
    CHECK_FALSE(verify_ed25519(signature, key, ""));
}

std::string encoded(std::string_view text) {
    return base64_encode(std::vector<std::uint8_t>(text.begin(), text.end()));
}

std::string decoded(std::string_view text) {
    const auto bytes = base64_decode(text);
    return bytes ? std::string(bytes->begin(), bytes->end()) : "none";
}

TEST_CASE("base64 is that of RFC 4648, section 10", "[expr][base64]") {
    const std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                           {"f", "Zg=="},
                                                           {"fo", "Zm8="},
                                                           {"foo", "Zm9v"},
                                                           {"foob", "Zm9vYg=="},
                                                           {"fooba", "Zm9vYmE="},
                                                           {"foobar", "Zm9vYmFy"}};
    for (const auto& [text, base64] : vectors) {
        CHECK(encoded(text) == base64);
        CHECK(decoded(base64) == text);
    }
    CHECK(decoded("Zm9v\nYg==") == "foob");
    CHECK(decoded("Zg") == "f");
    CHECK(decoded("-_-_") == decoded("+/+/"));
    for (const char* wrong : {"Z", "Zg=", "Zg==Zg==", "Zm9v!", "Zg===", "="}) {
        CHECK(decoded(wrong) == "none");
    }
}

TEST_CASE("characters are code points, and what is no UTF-8 is one byte each", "[expr][utf8]") {
    CHECK(count_characters("aä€😀") == 4);
    CHECK(count_characters("\xC3") == 1);
    CHECK(count_characters("\xE2\x82") == 2);
    CHECK(count_characters("\xC0\x80") == 2);
    CHECK(count_characters("\xED\xA0\x80") == 3);
    CHECK(valid_utf8("a\xFF"
                     "b") ==
          "a\xEF\xBF\xBD"
          "b");
    CHECK(valid_utf8("ä") == "ä");
}

TEST_CASE("a pattern that is too long or takes too long is a limit", "[expr][regex]") {
    const auto long_pattern = Regex::compile(std::string(kPatternBytesMax + 1, 'a'));
    REQUIRE_FALSE(long_pattern.has_value());
    CHECK(long_pattern.error().code == ErrorCode::kLimit);
    CHECK(Regex::compile(std::string(kPatternBytesMax, 'a')).has_value());
    const auto hostile = Regex::compile("(a|aa)+");
    REQUIRE(hostile.has_value());
    const auto outcome = hostile->matches(std::string(200, 'a') + "!");
    REQUIRE_FALSE(outcome.has_value());
    CHECK(outcome.error().code == ErrorCode::kLimit);
    const auto digits = Regex::compile("\\d{3}");
    REQUIRE(digits.has_value());
    CHECK(digits->matches("123").value_or(false));
    CHECK_FALSE(digits->matches("1234").value_or(true));
    CHECK_FALSE(digits->matches("\xFF").value_or(true));
}

}  // namespace
}  // namespace survey::expr
