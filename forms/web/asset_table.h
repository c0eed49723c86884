#pragma once

#include <string_view>

namespace survey::forms {

// Defined, with web_assets() and web_worker(), in the file that build/build.mjs writes.

/// The pages, with `{{name}}` where a text belongs.
std::string_view web_shell_template();
std::string_view web_notice_template();

}  // namespace survey::forms
