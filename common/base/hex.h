#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace survey {

/// Two lower-case digits per byte.
std::string to_hex(std::span<const std::uint8_t> bytes);

/// Fills `out` from exactly twice as many digits of either case. On false `out` is undefined.
bool read_hex(std::string_view text, std::span<std::uint8_t> out);

}  // namespace survey
