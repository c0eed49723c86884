#include <algorithm>
#include <ctime>
#include <string>

#include <xlsxwriter.h>

#include "forms/xlsform/memory_file.h"
#include "sync-server/export/render.h"

namespace survey::server {

namespace {

// 2000-01-01: the same table has the same bytes whenever it is written.
constexpr std::time_t kCreated = 946'684'800;
constexpr std::size_t kCellBytesMax = 32'767;  // Excel's limit, in characters
constexpr double kLabelWidth = 40;
constexpr double kNumberWidth = 14;
constexpr double kNotesWidth = 90;

struct Formats {
    lxw_format* header;
    lxw_format* text;
    lxw_format* count;
    lxw_format* share;
    lxw_format* mean;
    lxw_format* hidden;

    explicit Formats(lxw_workbook* book)
        : header(workbook_add_format(book)),
          text(workbook_add_format(book)),
          count(workbook_add_format(book)),
          share(workbook_add_format(book)),
          mean(workbook_add_format(book)),
          hidden(workbook_add_format(book)) {
        format_set_bold(header);
        format_set_text_wrap(header);
        format_set_bottom(header, LXW_BORDER_THIN);
        format_set_text_wrap(text);
        format_set_align(text, LXW_ALIGN_VERTICAL_TOP);
        format_set_num_format(count, "#,##0");
        format_set_num_format(share, "0%");
        format_set_num_format(mean, "#,##0.0");
        format_set_align(hidden, LXW_ALIGN_RIGHT);
    }
};

/// One sheet being written. Excel's cells are text or number by type, so no text becomes a formula.
class SheetWriter {
  public:
    SheetWriter(lxw_workbook* book, const Formats& formats, std::string_view name)
        : sheet_(workbook_add_worksheet(book, std::string(name).c_str())), formats_(formats) {}

    void text(lxw_row_t row, std::size_t column, std::string_view value, lxw_format* format) {
        std::string cell(value.substr(0, kCellBytesMax));
        std::replace(cell.begin(), cell.end(), '\0', ' ');
        worksheet_write_string(sheet_, row, static_cast<lxw_col_t>(column), cell.c_str(), format);
    }
    void number(lxw_row_t row, std::size_t column, const std::optional<double>& value,
                lxw_format* format) {
        if (!value) return text(row, column, kSuppressedSign, formats_.hidden);
        worksheet_write_number(sheet_, row, static_cast<lxw_col_t>(column), *value, format);
    }
    void width(std::size_t first, std::size_t last, double characters) {
        worksheet_set_column(sheet_, static_cast<lxw_col_t>(first), static_cast<lxw_col_t>(last),
                             characters, nullptr);
    }
    void freeze(lxw_row_t rows, std::size_t columns) {
        worksheet_freeze_panes(sheet_, rows, static_cast<lxw_col_t>(columns));
    }

  private:
    lxw_worksheet* sheet_;
    const Formats& formats_;
};

std::optional<double> as_number(const std::optional<std::uint64_t>& count) {
    return count ? std::optional(static_cast<double>(*count)) : std::nullopt;
}

void write_table(SheetWriter& sheet, const Formats& formats, const LabelledTable& table) {
    const Words& w = words(table.language);
    const bool means = !table.mean_of.empty();
    const std::size_t per_column = means ? 3 : 2;
    constexpr lxw_row_t kHeader = 3;
    sheet.text(0, 0, table.title, formats.header);
    sheet.text(1, 0, table.state, formats.text);
    sheet.text(kHeader - 1, 1, table.column_question, formats.header);
    sheet.text(kHeader, 0, table.row_question, formats.header);
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        const std::size_t at = 1 + c * per_column;
        const auto head = [&](std::size_t offset, std::string_view what) {
            sheet.text(kHeader, at + offset, table.columns[c] + ": " + std::string(what),
                       formats.header);
        };
        head(0, w.answers);
        head(1, w.share);
        if (means) head(2, w.mean);
    }
    lxw_row_t line = kHeader;
    for (const LabelledTable::Row& row : table.rows) {
        ++line;
        sheet.text(line, 0, row.label, formats.text);
        for (std::size_t c = 0; c < row.cells.size(); ++c) {
            const std::size_t at = 1 + c * per_column;
            sheet.number(line, at, as_number(row.cells[c].answers), formats.count);
            sheet.number(line, at + 1, row.cells[c].share, formats.share);
            if (means) sheet.number(line, at + 2, row.cells[c].mean, formats.mean);
        }
    }
    const auto scale_row = [&](std::string_view label, auto value) {
        ++line;
        sheet.text(line, 0, label, formats.text);
        for (std::size_t c = 0; c < table.scale.size(); ++c) {
            sheet.number(line, 2 + c * per_column, value(table.scale[c]), formats.share);
        }
    };
    if (!table.scale.empty()) {
        ++line;
        scale_row(w.positive, [](const ScaleSummary& s) { return s.positive; });
        scale_row(w.negative, [](const ScaleSummary& s) { return s.negative; });
        scale_row(w.balance, [](const ScaleSummary& s) { return s.balance; });
    }
    ++line;
    for (const LabelledTable::Left& left : table.left_out) {
        ++line;
        sheet.text(line, 0, left.label, formats.text);
        sheet.number(line, 1, as_number(left.answers), formats.count);
    }
    sheet.width(0, 0, kLabelWidth);
    sheet.width(1, table.columns.size() * per_column, kNumberWidth);
    sheet.freeze(kHeader + 1, 1);
}

void write_notes(SheetWriter& sheet, const Formats& formats, const LabelledTable& table) {
    const Words& w = words(table.language);
    lxw_row_t line = 0;
    sheet.width(0, 0, kNotesWidth);
    sheet.text(line++, 0, table.summary, formats.text);
    for (const std::string& note : table.notes)
        sheet.text(line++, 0, note, formats.text);
    // Which cells are older cannot be seen from a number, so they are listed.
    for (const LabelledTable::Row& row : table.rows) {
        for (std::size_t c = 0; c < row.cells.size(); ++c) {
            if (!row.cells[c].older) continue;
            sheet.text(line++, 0,
                       row.label + " / " + table.columns[c] + ": " + std::string(w.older),
                       formats.text);
        }
    }
}

}  // namespace

Result<std::string> table_xlsx(const LabelledTable& table) {
    TRY_ASSIGN(const forms::MemoryFile file, forms::MemoryFile::create());
    lxw_workbook* book = workbook_new(file.path().c_str());
    if (book == nullptr) return fail(ErrorCode::kUnavailable, "the workbook cannot be begun");
    lxw_doc_properties properties{};
    properties.created = kCreated;
    workbook_set_properties(book, &properties);
    const Formats formats(book);
    SheetWriter sheet(book, formats, words(table.language).table_sheet);
    write_table(sheet, formats, table);
    SheetWriter notes(book, formats, words(table.language).notes_sheet);
    write_notes(notes, formats, table);
    if (workbook_close(book) != LXW_NO_ERROR) {
        return fail(ErrorCode::kUnavailable,
                    "the workbook cannot be written; is the directory for temporary files full?");
    }
    return file.content();
}

}  // namespace survey::server
