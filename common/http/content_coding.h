#pragma once

#include <string>
#include <string_view>

namespace survey {

/// Whether the caller takes that coding, by its Accept-Encoding (RFC 9110, section 12.5.3): named
/// without `q=0`. A star names nothing here: who says "*" is no browser.
bool accepts_coding(std::string_view accept_encoding, std::string_view coding);

/// The bytes as gzip (RFC 1952), as small as it gets; for what is packed once and sent often.
std::string gzip_packed(std::string_view bytes);

}  // namespace survey
