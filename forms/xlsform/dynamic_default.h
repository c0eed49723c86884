#pragma once

#include <string_view>

namespace survey::forms {

/// Whether a default is an expression to compute when the form is opened, or plain text. The rule
/// is pyxform's, which authors rely on: a function call, a reference, a sum or product sign that
/// stands alone, or a union. "2022-03-14", "a-b", "-5" and addresses are text; "1 - 1", "a + b" and
/// "now()" are not.
/// \param bind_type In dates and places a minus never computes.
bool is_dynamic_default(std::string_view text, std::string_view bind_type);

}  // namespace survey::forms
