#include "common/crypto/crypto.h"

#include <cstring>

#include <sodium.h>

namespace survey {

namespace {

/// libsodium needs one call before any other; it is safe from any thread.
void start() {
    static const bool started = sodium_init() >= 0;
    ENSURE(started);
}

const unsigned char* octets(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

}  // namespace

Bytes32 blake2b_256(std::string_view bytes) {
    start();
    Bytes32 digest;
    crypto_generichash(digest.data(), digest.size(), octets(bytes), bytes.size(), nullptr, 0);
    return digest;
}

Bytes32 sha256(std::string_view bytes) {
    start();
    Bytes32 digest;
    crypto_hash_sha256(digest.data(), octets(bytes), bytes.size());
    return digest;
}

bool equal_secret(std::string_view a, std::string_view b) {
    start();
    if (a.size() != b.size()) return false;
    return sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string random_bytes(std::size_t count) {
    start();
    std::string bytes(count, '\0');
    randombytes_buf(bytes.data(), bytes.size());
    return bytes;
}

std::string random_token(std::size_t bytes) {
    const std::string raw = random_bytes(bytes);
    std::string text(sodium_base64_encoded_len(bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING),
                     '\0');
    sodium_bin2base64(text.data(), text.size(), octets(raw), raw.size(),
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    text.pop_back();  // The terminating zero.
    return text;
}

std::uint64_t SystemRandom::next() {
    start();
    std::uint64_t bits = 0;
    randombytes_buf(&bits, sizeof bits);
    return bits;
}

SigningKey SigningKey::generate() {
    start();
    Bytes32 seed;
    randombytes_buf(seed.data(), seed.size());
    SigningKey key = from_seed(seed);
    sodium_memzero(seed.data(), seed.size());
    return key;
}

SigningKey SigningKey::from_seed(const Bytes32& seed) {
    start();
    SigningKey key;
    key.seed_ = seed;
    crypto_sign_seed_keypair(key.public_key_.data(), key.secret_.data(), seed.data());
    return key;
}

SigningKey::~SigningKey() {
    sodium_memzero(seed_.data(), seed_.size());
    sodium_memzero(secret_.data(), secret_.size());
}

Bytes64 SigningKey::sign(std::string_view message) const {
    Bytes64 signature;
    crypto_sign_detached(signature.data(), nullptr, octets(message), message.size(),
                         secret_.data());
    return signature;
}

bool verify(const Bytes32& public_key, std::string_view message, const Bytes64& signature) {
    start();
    return crypto_sign_verify_detached(signature.data(), octets(message), message.size(),
                                       public_key.data()) == 0;
}

Result<std::string> hash_password(std::string_view password) {
    start();
    std::string text(crypto_pwhash_STRBYTES, '\0');
    if (crypto_pwhash_str_alg(
            text.data(), password.data(), password.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
            crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13) != 0) {
        return fail(ErrorCode::kUnavailable, "not enough memory to hash a password; try later");
    }
    text.resize(std::strlen(text.c_str()));
    return text;
}

bool verify_password(std::string_view password, const std::string& hash) {
    start();
    if (hash.size() >= crypto_pwhash_STRBYTES) return false;
    return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

}  // namespace survey
