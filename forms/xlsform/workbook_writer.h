#pragma once

#include <string>

#include "common/base/result.h"
#include "forms/xlsform/workbook.h"

namespace survey::forms {

/// Writes a workbook as .xlsx for people: a bold header row that stays in sight, columns as wide as
/// their text up to a limit, wrapped text, a filter on every header. All cells are text, never
/// formulas. Equal workbooks give equal bytes.
/// Fails with kInvalidInput where a sheet cannot have its name, and with kLimit where a text is
/// longer than a cell of a spreadsheet can hold.
Result<std::string> write_xlsx(const Workbook& workbook);

/// The same as tables of Markdown, which people read and compare.
/// Fails with kInvalidInput where a cell has several lines, which such a table cannot hold.
Result<std::string> write_markdown(const Workbook& workbook);
/// The same as comma separated text (RFC 4180), the sheets below each other.
std::string write_csv(const Workbook& workbook);

}  // namespace survey::forms
