#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "forms/definition/diagnostic.h"
#include "forms/xml/document.h"

namespace survey::forms {

struct ConvertOptions {
    /// Form id and title of a form that names none: the stem of the file.
    std::string fallback_id = "form";
};

/// What became of a workbook. `xform` is set exactly when no diagnostic is an error.
struct ConvertedForm {
    std::optional<xml::Document> xform;  ///< `xml::Document::place` is an index into `places`.
    std::vector<Place> places;           ///< [0] is "nowhere".
    std::vector<Diagnostic> diagnostics;
    std::string itemsets_csv;  ///< From external_choices; empty: none.
};

/// Converts an XLSForm (.xlsx, .xlsm, .xls, .csv, .md, told apart by content) to an ODK XForm. The
/// result still has to pass `load_xform`, which checks what only a loaded form shows (expressions,
/// cycles); pass it `places` to get those findings with sheet, row and column.
ConvertedForm convert_xlsform(std::string_view bytes, const ConvertOptions& options = {});

}  // namespace survey::forms
