#pragma once

#include <string_view>

namespace survey {

/// Well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates) without control characters other
/// than tab and line ends.
bool is_plain_text(std::string_view text);

}  // namespace survey
