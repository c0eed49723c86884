#include "forms/xlsform/table.h"

#include <algorithm>

namespace survey::forms {

namespace {

void read_columns(Table& table, const SheetRow& header, bool is_spreadsheet,
                  const HeaderRules& rules, Findings& findings) {
    const bool double_colon =
        std::any_of(header.cells.begin(), header.cells.end(),
                    [](const std::string& cell) { return cell.find("::") != std::string::npos; });
    std::size_t empty = 0;
    for (std::size_t i = 0; i < header.cells.size() && empty < kEmptyHeadersMax; ++i) {
        const std::string text = collapse_blanks(header.cells[i]);
        if (text.empty()) {
            ++empty;
            continue;
        }
        empty = 0;
        Column column{read_header(text, rules, double_colon), text, i, 0};
        column.place = findings.mark(Place{table.sheet, header.number, text, header.line});
        const auto same =
            std::find_if(table.columns.begin(), table.columns.end(), [&](const Column& other) {
                return other.name.key == column.name.key &&
                       other.name.language == column.name.language;
            });
        if (same == table.columns.end()) {
            table.columns.push_back(std::move(column));
        } else if (same->header != text) {
            findings.error(column.place, "duplicate-column",
                           "The columns \"" + same->header + "\" and \"" + text +
                               "\" mean the same; keep one of them.",
                           text);
        } else if (is_spreadsheet) {
            findings.error(column.place, "duplicate-header",
                           "The column \"" + text + "\" comes twice; keep one of them.", text);
        } else {
            *same = std::move(column);  // in the text dialects the last one wins
        }
    }
}

}  // namespace

const Cell* Table::find(const TableRow& row, std::string_view key) const {
    for (const auto& [index, cell] : row.cells) {
        const HeaderName& name = columns[index].name;
        if (name.language.empty() && name.key == key) return &cell;
    }
    return nullptr;
}

bool Table::has_column(std::string_view key) const {
    return std::any_of(columns.begin(), columns.end(),
                       [&](const Column& column) { return column.name.key == key; });
}

std::vector<std::string> Table::languages() const {
    std::vector<std::string> found;
    for (const Column& column : columns) {
        const std::string& language = column.name.language;
        if (!language.empty() && std::find(found.begin(), found.end(), language) == found.end()) {
            found.push_back(language);
        }
    }
    return found;
}

Table read_table(const Sheet& sheet, bool is_spreadsheet, const HeaderRules& rules,
                 Findings& findings) {
    Table table;
    table.sheet = sheet.name;
    table.place = findings.mark(Place{sheet.name, 0, "", 0});
    if (sheet.rows.empty()) return table;
    read_columns(table, sheet.rows.front(), is_spreadsheet, rules, findings);
    table.rows.reserve(sheet.rows.size() - 1);
    for (std::size_t i = 1; i < sheet.rows.size(); ++i) {
        const SheetRow& from = sheet.rows[i];
        TableRow row{from.number, 0, {}};
        row.place = findings.mark(Place{sheet.name, from.number, "", from.line});
        for (std::size_t c = 0; c < table.columns.size(); ++c) {
            const Column& column = table.columns[c];
            if (column.position >= from.cells.size() || from.cells[column.position].empty())
                continue;
            const std::uint32_t place =
                findings.mark(Place{sheet.name, from.number, column.header, from.line});
            row.cells.emplace_back(c, Cell{from.cells[column.position], place});
        }
        if (!row.cells.empty()) table.rows.push_back(std::move(row));
    }
    return table;
}

}  // namespace survey::forms
