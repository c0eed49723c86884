#pragma once

#include <string>
#include <string_view>

namespace survey::expr {

/// Unicode normalization form C (Unicode Standard Annex 15): "e" with a combining accent becomes
/// one character, so that texts typed on different machines are equal. Bytes that are not UTF-8 are
/// returned as they are.
std::string composed(std::string_view text);

}  // namespace survey::expr
