#pragma once

#include <string>
#include <string_view>

namespace survey::server {

/// Why an answer or a file of somebody with a link was not taken, in the reader's language. What
/// nobody translated stays as it is.
std::string refusal_in(bool german, std::string_view message);

}  // namespace survey::server
