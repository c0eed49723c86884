#include <algorithm>
#include <vector>

#include "forms/xlsform/cell_text.h"
#include "forms/xlsform/workbook_writer.h"

namespace survey::forms {

namespace {

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u;
    }));
}

// Wider columns are not worth their blanks.
constexpr std::size_t kPaddedMax = 40;

std::vector<std::size_t> column_widths(const Sheet& sheet) {
    std::vector<std::size_t> widths;
    for (const SheetRow& row : sheet.rows) {
        widths.resize(std::max(widths.size(), row.cells.size()));
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            const std::size_t width = characters(replace_all(row.cells[i], "|", "\\|"));
            widths[i] = std::max(widths[i], std::min(width, kPaddedMax));
        }
    }
    return widths;
}

}  // namespace

Result<std::string> write_markdown(const Workbook& workbook) {
    std::string out;
    for (const Sheet& sheet : workbook.sheets) {
        out += "| " + sheet.name + " |\n";
        const std::vector<std::size_t> widths = column_widths(sheet);
        for (const SheetRow& row : sheet.rows) {
            out += "| |";
            for (std::size_t i = 0; i < widths.size(); ++i) {
                const std::string_view cell =
                    i < row.cells.size() ? std::string_view(row.cells[i]) : std::string_view();
                if (cell.find('\n') != std::string_view::npos) {
                    return fail(ErrorCode::kInvalidInput,
                                "the sheet " + sheet.name + " has a text of several lines in row " +
                                    std::to_string(row.number) +
                                    ", which a table of Markdown cannot hold; write .xlsx or .csv");
                }
                const std::string text = replace_all(cell, "|", "\\|");
                const std::size_t width = characters(text);
                out += " " + text + std::string(widths[i] - std::min(width, widths[i]), ' ') + " |";
            }
            out += '\n';
        }
    }
    return out;
}

std::string write_csv(const Workbook& workbook) {
    const auto quoted = [](std::string_view text) {
        return "\"" + replace_all(text, "\"", "\"\"") + "\"";
    };
    std::string out;
    for (const Sheet& sheet : workbook.sheets) {
        out += quoted(sheet.name) + '\n';
        for (const SheetRow& row : sheet.rows) {
            for (const std::string& cell : row.cells)
                out += "," + (cell.empty() ? std::string() : quoted(cell));
            out += '\n';
        }
    }
    return out;
}

}  // namespace survey::forms
