#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.h"

namespace survey::forms {

/// One row of a sheet as text. Cells are trimmed and may be empty; trailing empty cells may lack.
struct SheetRow {
    std::uint32_t number = 0;  ///< As the author sees it, from 1.
    std::uint32_t line = 0;    ///< Line of the file, for text files; 0 for spreadsheets.
    std::vector<std::string> cells;
};

/// Rows without any text are left out; `number` keeps their gap.
struct Sheet {
    std::string name;
    std::vector<SheetRow> rows;
};

/// What all kinds of files come to: sheets of text. Numbers, dates and booleans are already written
/// the way XLSForm wants them ("3", "2024-05-31 00:00:00", "TRUE").
struct Workbook {
    std::vector<Sheet> sheets;
    bool is_spreadsheet = false;  ///< .xlsx or .xls; false: a text dialect.
};

/// What a workbook may cost, whatever its own words about its size.
struct WorkbookLimits {
    std::size_t bytes_max = 64u << 20;        ///< The file itself; forms are below 5 MB.
    std::size_t entries_max = 1'000;          ///< Files inside a .xlsx; a form has about 20.
    std::size_t entry_bytes_max = 64u << 20;  ///< One of them, unpacked.
    std::size_t total_bytes_max = 128u
                                  << 20;  ///< All that is unpacked; stops archives that explode.
    std::size_t ratio_max = 200;          ///< Unpacked to packed, for entries above 1 MiB.
    std::size_t sheets_max = 200;
    std::size_t rows_max = 200'000;   ///< Rows with text; the largest choice lists have 50,000.
    std::size_t columns_max = 2'000;  ///< Further columns are ignored, as after a wide gap.
    std::size_t text_bytes_max = 128u << 20;  ///< Text of all cells together.
};

/// Reads a workbook. The kind is told from the content, never from a name: "PK" is .xlsx or .xlsm,
/// an OLE2 header .xls, lines that begin with a vertical bar Markdown, otherwise comma separated
/// text. Fails with a sentence for a person when it is none of these, is damaged or over a limit.
Result<Workbook> read_workbook(std::string_view bytes, const WorkbookLimits& limits = {});

/// Reading of a sheet ends after so many empty rows: what follows is left-over formatting.
inline constexpr std::uint32_t kEmptyRowsMax = 60;
/// And a header row after so many empty cells.
inline constexpr std::size_t kEmptyHeadersMax = 20;

}  // namespace survey::forms
