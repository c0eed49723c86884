#include "common/crypto/crypto.h"

#include <catch2/catch.hpp>

#include "common/base/hex.h"

using namespace survey;

namespace {

Bytes32 bytes32(const char* hex) {
    Bytes32 bytes{};
    REQUIRE(read_hex(hex, bytes));
    return bytes;
}

}  // namespace

TEST_CASE("the hashes give the published values", "[crypto]") {
    // RFC 7693 test program's value for BLAKE2b-256("abc"); FIPS 180-4 example for SHA-256.
    CHECK(to_hex(blake2b_256("abc")) ==
          "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
    CHECK(to_hex(sha256("abc")) ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(blake2b_256("") != blake2b_256(std::string_view("\0", 1)));
}

TEST_CASE("a signature is the one of RFC 8032, section 7.1", "[crypto]") {
    const SigningKey key = SigningKey::from_seed(
        bytes32("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));
    CHECK(to_hex(key.public_key()) ==
          "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    const Bytes64 signature = key.sign("");
    CHECK(to_hex(signature) ==
          "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e3970"
          "1cf"
          "9b46bd25bf5f0595bbe24655141438e7a100b");
    CHECK(verify(key.public_key(), "", signature));
}

TEST_CASE("one changed bit spoils a signature", "[crypto]") {
    const SigningKey key = SigningKey::generate();
    const std::string message = "entry 17";
    const Bytes64 good = key.sign(message);
    REQUIRE(verify(key.public_key(), message, good));
    for (std::size_t bit = 0; bit < good.size() * 8; bit += 7) {
        Bytes64 bad = good;
        bad[bit / 8] = static_cast<std::uint8_t>(bad[bit / 8] ^ (1U << bit % 8));
        CHECK_FALSE(verify(key.public_key(), message, bad));
    }
    CHECK_FALSE(verify(key.public_key(), "entry 18", good));
    CHECK_FALSE(verify(SigningKey::generate().public_key(), message, good));
    CHECK_FALSE(verify(Bytes32{}, message, good));
}

TEST_CASE("secrets compare by content and length", "[crypto]") {
    CHECK(equal_secret("token", "token"));
    CHECK_FALSE(equal_secret("token", "tokem"));
    CHECK_FALSE(equal_secret("token", "toke"));
    CHECK(equal_secret("", ""));
}

TEST_CASE("tokens are long, printable and never the same", "[crypto]") {
    const std::string token = random_token(32);
    CHECK(token.size() == 43);
    CHECK(token.find_first_not_of(
              "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") ==
          std::string::npos);
    CHECK(token != random_token(32));
    SystemRandom random;
    CHECK(random.next() != random.next());
}

TEST_CASE("a password is found again and another one is not", "[crypto]") {
    const auto hash = hash_password("Werkbank 7");
    REQUIRE(hash);
    CHECK(hash->find("$argon2id$") == 0);
    CHECK(verify_password("Werkbank 7", *hash));
    CHECK_FALSE(verify_password("Werkbank 8", *hash));
    CHECK_FALSE(verify_password("Werkbank 7", "not a hash"));
    CHECK_FALSE(verify_password("Werkbank 7", std::string(500, 'x')));
}
