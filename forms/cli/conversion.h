#pragma once

#include <string>
#include <vector>

#include "forms/cli/console.h"
#include "forms/definition/diagnostic.h"

namespace survey::forms {

/// What became of one file that was to be converted.
struct Conversion {
    ExitCode status = ExitCode::kOk;
    /// Why it failed where no diagnostic says so: a file that cannot be read or written.
    std::string failure;
    std::vector<Diagnostic> diagnostics;
    std::vector<std::string> written;  ///< OUTPUT, and itemsets.csv beside it where there is one.
};

/// Converts `input` to `output`, which is replaced whole or not at all:
/// a workbook (.xlsx .xlsm .xls .csv .md, told by content) to XForm XML or, where `output` ends in
/// .xlsx, to that kind of workbook.
Conversion convert_file(const std::string& input, const std::string& output);

/// The answer of `convert --batch` to one conversion: "ok" or "error\tMESSAGE", then
/// "\twarning:TEXT" for each warning, without a line end.
std::string batch_line(const Conversion& conversion);

}  // namespace survey::forms
