#pragma once

#include <string>

#include "common/base/result.h"
#include "sync-server/export/labelled_table.h"

namespace survey::server {

/// Everything a program needs. Suppressed numbers are null, with the word in `suppressed`; the
/// members are described in table_json.cpp.
std::string table_json(const LabelledTable& table);

struct CsvStyle {
    char separator =
        ',';  ///< With ';' numbers have a decimal comma, as German spreadsheets expect.
    bool byte_order_mark = false;
};
/// RFC 4180, one record per cell: row, row_label, column, column_label, answers, share, mean,
/// status. Status is shown, earlier or suppressed. Texts that a spreadsheet would run as a formula
/// get an apostrophe in front.
std::string table_csv(const LabelledTable& table, const CsvStyle& style = {});

/// An Excel workbook with typed cells: the table, and a sheet that says in words what is missing
/// and why. kUnavailable if the temporary file of the library cannot be written.
Result<std::string> table_xlsx(const LabelledTable& table);

/// A static chart for `<img>` or inline use, in currentColor: bars with intervals, or diverging
/// bars if the table has a scale. Every bar has its number beside it.
std::string table_svg(const LabelledTable& table);

/// A `<table>` with caption, scopes and notes. Class names: results, suppressed, earlier, total,
/// visually-hidden.
std::string table_html(const LabelledTable& table);

}  // namespace survey::server
