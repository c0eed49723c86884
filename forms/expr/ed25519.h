#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace survey::expr {

/// Is `signature` that of the owner of `public_key` on `message`? Ed25519, RFC 8032, section 5.1.7,
/// for extract-signed(). Only what is public goes in, so nothing here runs in constant time.
bool verify_ed25519(std::span<const std::uint8_t, 64> signature,
                    std::span<const std::uint8_t, 32> public_key, std::string_view message);

}  // namespace survey::expr
