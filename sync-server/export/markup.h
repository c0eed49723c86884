#pragma once

#include <string>
#include <string_view>

namespace survey::server {

/// Text for element contents and double-quoted attributes of HTML and XML. Characters that XML 1.0
/// does not allow (section 2.2) are left out.
std::string escape_markup(std::string_view text);

}  // namespace survey::server
