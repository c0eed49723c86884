#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "forms/session/machine.h"
#include "forms/xform/load.h"

namespace survey::forms {

enum class FormFileKind : std::uint8_t { kXForm, kWorkbook };

/// Told by the first byte that is not blank, because names lie: `<` begins an XForm.
FormFileKind kind_of_form(std::string_view bytes);

/// A form from a file of either kind, with what conversion and loading found, in the author's own
/// places, in the order of the sheets. `form` is null exactly when there is an error.
struct FormSource {
    std::shared_ptr<const FormDefinition> form;
    std::vector<Diagnostic> diagnostics;
    std::string itemsets_csv;  ///< Of a workbook with external_choices; else empty.
};

/// \param fallback_id id and title of a workbook that names none.
FormSource open_form(std::string_view bytes, const std::string& fallback_id);

/// "/a/household.v2.xlsx" → "household.v2".
std::string stem_of(std::string_view path);

}  // namespace survey::forms
