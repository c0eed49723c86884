#pragma once

#include <vector>

#include "forms/definition/diagnostic.h"
#include "forms/definition/form_definition.h"
#include "forms/xlsform/workbook.h"

namespace survey::forms {

/// A form as its author would write it in a spreadsheet.
struct WorkbookOfForm {
    Workbook workbook;
    /// What the sheets cannot say, all warnings. Each was left out, or written so that it comes
    /// nearest; converting the workbook gives the form without it. Places are lines of the XForm.
    std::vector<Diagnostic> diagnostics;
};

/// The way back from an XForm of whatever origin to a workbook (XLSForm): survey, choices,
/// settings, entities and osm. Paths become `${name}` where the converter writes the same path
/// again.
WorkbookOfForm workbook_of_form(const FormDefinition& form);

}  // namespace survey::forms
