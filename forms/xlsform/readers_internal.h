#pragma once

#include <string>
#include <string_view>

#include "common/base/result.h"
#include "forms/xlsform/workbook.h"

/// One reader for each kind of file; `read_workbook` chooses.
namespace survey::forms {

/// Office Open XML (ECMA-376): a zip archive of XML parts.
Result<Workbook> read_xlsx(std::string_view bytes, const WorkbookLimits& limits);
/// Excel 97-2003 (BIFF in an OLE2 compound file).
Result<Workbook> read_xls(std::string_view bytes, const WorkbookLimits& limits);
/// The work of `read_xls`, for a process of its own: FreeXL crashes on some damaged files.
Result<Workbook> read_with_freexl(std::string_view bytes, const WorkbookLimits& limits);
inline constexpr const char* kUnreadableXls =
    "the .xls workbook cannot be read; it is damaged, protected by a password, or another kind of "
    "Office file. Save it as .xlsx without a password";
/// Comma separated: the sheet's name alone in column 1, the following rows start with an empty
/// cell.
Result<Workbook> read_csv(std::string_view text, const WorkbookLimits& limits);
/// Markdown table rows: `| survey |`, then `| | type | name |`. All other lines are prose.
Result<Workbook> read_markdown(std::string_view text, const WorkbookLimits& limits);

}  // namespace survey::forms
