#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "forms/xlsform/cell_text.h"
#include "forms/xlsform/findings.h"
#include "forms/xlsform/header_names.h"
#include "forms/xlsform/workbook.h"

namespace survey::forms {

struct Column {
    HeaderName name;
    std::string header;        ///< As the author wrote it.
    std::size_t position = 0;  ///< Index into `SheetRow::cells`.
    std::uint32_t place = 0;   ///< Of the header cell.
};

/// A row with its cells that hold text. `Cell::place` is set.
struct TableRow {
    std::uint32_t number = 0;
    std::uint32_t place = 0;                          ///< Of the row as a whole.
    std::vector<std::pair<std::size_t, Cell>> cells;  ///< Column index and cell.
};

/// A sheet whose first row has been understood.
struct Table {
    std::string sheet;
    std::uint32_t place = 0;  ///< Of the sheet as a whole.
    std::vector<Column> columns;
    std::vector<TableRow> rows;

    /// The cell under the column with that key and no language; nullptr where there is none.
    const Cell* find(const TableRow& row, std::string_view key) const;
    bool has_column(std::string_view key) const;
    /// Languages in the order of their columns.
    std::vector<std::string> languages() const;
};

/// Reads the header and places every cell. Reports headers that come twice or mean the same column.
Table read_table(const Sheet& sheet, bool is_spreadsheet, const HeaderRules& rules,
                 Findings& findings);

}  // namespace survey::forms
