#pragma once

#include <string_view>
#include <vector>

#include "common/json/json.h"

namespace survey::forms {

/// A piece of shown text: literal, or what an output put there (which is never read as markup).
struct MarkupPiece {
    std::string_view text;
    bool output = false;
};

/// The inline markup that ODK forms allow in labels and hints, as a list of `{"text"}` and
/// `{"element", "children", "url"?, "style"?}`: `strong`, `em`, `a`, `h1`…`h6`, `span`, `br`.
/// `**`/`__` and `*`/`_`, `[text](url)`, `# ` at the start of a line, `<span style="…">`, backslash
/// escapes, line breaks. Only http, https and mailto addresses and the styles color and
/// font-family come through; any other tag stays text. An output is an element `span`.
/// Source: docs.getodk.org, "Styling XLSForms".
json::Array markup_json(const std::vector<MarkupPiece>& pieces);

}  // namespace survey::forms
