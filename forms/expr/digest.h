#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace survey::expr {

// For digest() and for seeds, where the specification names the algorithm; not for protecting
// anything: this room may use no library for it, and the browser has none.

std::array<std::uint8_t, 16> md5(std::string_view text);     // RFC 1321
std::array<std::uint8_t, 20> sha1(std::string_view text);    // FIPS 180-4
std::array<std::uint8_t, 32> sha256(std::string_view text);  // FIPS 180-4
std::array<std::uint8_t, 48> sha384(std::string_view text);  // FIPS 180-4
std::array<std::uint8_t, 64> sha512(std::string_view text);  // FIPS 180-4

/// By the name that digest() takes, in any case of letters; nothing for an unknown one.
std::optional<std::vector<std::uint8_t>> digest_of(std::string_view algorithm,
                                                   std::string_view text);

}  // namespace survey::expr
