#include "forms/xlsform/workbook_writer.h"

#include <algorithm>
#include <ctime>
#include <memory>
#include <vector>

#include <xlsxwriter.h>

#include "forms/xlsform/memory_file.h"

namespace survey::forms {

namespace {

// Width in characters. Narrower headers are cut by the filter's button, wider labels by the screen.
constexpr double kWidthMin = 10;
constexpr double kWidthMax = 50;
// What a cell of .xlsx can hold (ECMA-376; Excel's specification and limits).
constexpr std::size_t kCellCharactersMax = 32'767;
// 2000-01-01: the same workbook has the same bytes whenever it is written.
constexpr std::time_t kCreated = 946'684'800;

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u;
    }));
}

std::size_t longest_line(std::string_view text) {
    std::size_t longest = 0;
    for (;;) {
        const std::size_t end = text.find('\n');
        longest = std::max(longest, characters(text.substr(0, end)));
        if (end == std::string_view::npos) return longest;
        text.remove_prefix(end + 1);
    }
}

/// libxlsxwriter's names end at a zero byte, and so would ours.
bool is_writable(std::string_view text) {
    return text.find('\0') == std::string_view::npos;
}

Result<void> write_sheet(lxw_workbook* book, const Sheet& sheet, lxw_format* header,
                         lxw_format* body) {
    lxw_worksheet* out = nullptr;
    if (is_writable(sheet.name) &&
        workbook_validate_sheet_name(book, sheet.name.c_str()) == LXW_NO_ERROR) {
        out = workbook_add_worksheet(book, sheet.name.c_str());
    }
    if (out == nullptr) {
        return fail(ErrorCode::kInvalidInput,
                    "a sheet cannot have the name \"" + sheet.name +
                        "\"; use each name once, at most 31 characters, without [ ] : * ? / \\");
    }
    std::vector<double> widths;
    lxw_row_t last_row = 0;
    for (const SheetRow& row : sheet.rows) {
        if (row.number == 0 || row.number > LXW_ROW_MAX || row.cells.size() > LXW_COL_MAX) {
            return fail(ErrorCode::kLimit, "the sheet " + sheet.name + " is too large for .xlsx");
        }
        const bool is_header = &row == &sheet.rows.front();
        last_row = row.number - 1;
        widths.resize(std::max(widths.size(), row.cells.size()), kWidthMin);
        for (std::size_t c = 0; c < row.cells.size(); ++c) {
            const std::string& text = row.cells[c];
            if (text.empty()) continue;
            // The filter's button covers the end of a header.
            const double wanted = static_cast<double>(longest_line(text)) + (is_header ? 4 : 2);
            widths[c] = std::min(kWidthMax, std::max(widths[c], wanted));
            if (characters(text) > kCellCharactersMax || !is_writable(text) ||
                worksheet_write_string(out, last_row, static_cast<lxw_col_t>(c), text.c_str(),
                                       is_header ? header : body) != LXW_NO_ERROR) {
                return fail(ErrorCode::kLimit, "row " + std::to_string(row.number) +
                                                   " of the sheet " + sheet.name +
                                                   " has a text that no cell can hold");
            }
        }
    }
    for (std::size_t c = 0; c < widths.size(); ++c) {
        const auto column = static_cast<lxw_col_t>(c);
        worksheet_set_column(out, column, column, widths[c], nullptr);
    }
    if (widths.empty()) return {};
    const auto last_column = static_cast<lxw_col_t>(widths.size() - 1);
    const lxw_row_t first_row = sheet.rows.front().number - 1;
    worksheet_freeze_panes(out, first_row + 1, 0);
    if (last_row > first_row) worksheet_autofilter(out, first_row, 0, last_row, last_column);
    // Names of choices such as 01 are meant as text.
    const std::string everything = "A1:" + [&] {
        char corner[LXW_MAX_CELL_NAME_LENGTH];
        lxw_rowcol_to_cell(corner, last_row, last_column);
        return std::string(corner);
    }();
    worksheet_ignore_errors(out, LXW_IGNORE_NUMBER_STORED_AS_TEXT, everything.c_str());
    return {};
}

lxw_format* header_format(lxw_workbook* book) {
    lxw_format* format = workbook_add_format(book);
    format_set_bold(format);
    format_set_text_wrap(format);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    format_set_bg_color(format, 0xE2E8F0);
    format_set_bottom(format, LXW_BORDER_THIN);
    return format;
}

lxw_format* body_format(lxw_workbook* book) {
    lxw_format* format = workbook_add_format(book);
    format_set_text_wrap(format);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    return format;
}

}  // namespace

Result<std::string> write_xlsx(const Workbook& workbook) {
    if (workbook.sheets.empty())
        return fail(ErrorCode::kInvalidInput, "there is no sheet to write");
    TRY_ASSIGN(const MemoryFile file, MemoryFile::create());
    lxw_workbook* book = workbook_new(file.path().c_str());
    if (book == nullptr)
        return fail(ErrorCode::kUnavailable, "there is no memory for the workbook");
    // Also closes on failure; workbook_close frees it whatever happens.
    std::unique_ptr<lxw_workbook, lxw_error (*)(lxw_workbook*)> closer(book, workbook_close);
    lxw_doc_properties properties = {};
    properties.created = kCreated;
    workbook_set_properties(book, &properties);
    lxw_format* header = header_format(book);
    lxw_format* body = body_format(book);
    for (const Sheet& sheet : workbook.sheets)
        TRY(write_sheet(book, sheet, header, body));
    if (workbook_close(closer.release()) != LXW_NO_ERROR) {
        return fail(ErrorCode::kUnavailable, "the workbook cannot be written");
    }
    return file.content();
}

}  // namespace survey::forms
