#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "common/base/random.h"
#include "common/base/result.h"

namespace survey {

/// The only room that names libsodium. All functions may be called from any thread.

using Bytes32 = std::array<std::uint8_t, 32>;
using Bytes64 = std::array<std::uint8_t, 64>;

/// BLAKE2b with 256 bits (RFC 7693), without a key.
Bytes32 blake2b_256(std::string_view bytes);
Bytes32 sha256(std::string_view bytes);

/// Compares secrets without telling by the time where they differ. Lengths are not secret.
bool equal_secret(std::string_view a, std::string_view b);

/// `count` bytes of the system's randomness; for keys and tokens.
std::string random_bytes(std::size_t count);
/// `bytes` random bytes as base64url without padding: 32 bytes give a token of 43 characters.
std::string random_token(std::size_t bytes);

/// The system's generator behind the interface that tests replace.
class SystemRandom final : public Random {
  public:
    std::uint64_t next() override;
};

/// An Ed25519 key pair (RFC 8032). The secret half is wiped when the object goes.
class SigningKey {
  public:
    static SigningKey generate();
    static SigningKey from_seed(const Bytes32& seed);
    ~SigningKey();
    SigningKey(const SigningKey&) = default;
    SigningKey& operator=(const SigningKey&) = default;

    const Bytes32& public_key() const { return public_key_; }
    /// The 32 bytes that make the pair again; to be stored where only its owner reads.
    const Bytes32& seed() const { return seed_; }
    Bytes64 sign(std::string_view message) const;

  private:
    SigningKey() = default;

    Bytes32 seed_{};
    Bytes32 public_key_{};
    Bytes64 secret_{};
};

bool verify(const Bytes32& public_key, std::string_view message, const Bytes64& signature);

/// Argon2id with 64 MiB and two passes: about 0.3 s and the memory, so callers bound how many run.
/// The text carries its own salt and parameters. kUnavailable: no memory.
Result<std::string> hash_password(std::string_view password);
bool verify_password(std::string_view password, const std::string& hash);

}  // namespace survey
