#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace survey::expr {

/// RFC 4648, section 4, with padding.
std::string base64_encode(std::span<const std::uint8_t> bytes);
/// Blanks and line ends are skipped, padding may be missing, the URL alphabet is read too; nothing
/// where the text is not base64.
std::optional<std::vector<std::uint8_t>> base64_decode(std::string_view text);

}  // namespace survey::expr
