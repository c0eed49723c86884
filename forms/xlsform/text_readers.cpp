#include <algorithm>
#include <utility>

#include "forms/xlsform/cell_text.h"
#include "forms/xlsform/readers_internal.h"

namespace survey::forms {

namespace {

/// Puts rows into sheets: a text in the first cell begins a sheet, the others lose that cell.
class SheetCollector {
  public:
    explicit SheetCollector(const WorkbookLimits& limits) : limits_(limits) {}

    Result<void> add(std::vector<std::string> cells, std::uint32_t line) {
        const bool blank = std::all_of(cells.begin(), cells.end(),
                                       [](const std::string& cell) { return cell.empty(); });
        if (!cells.empty() && !cells.front().empty()) {
            if (book_.sheets.size() >= limits_.sheets_max) {
                return fail(ErrorCode::kLimit, "the file has too many sheets");
            }
            book_.sheets.push_back(Sheet{std::move(cells.front()), {}});
            next_row_ = 1;
            return {};
        }
        if (book_.sheets.empty()) {
            if (blank) return {};
            return fail(
                ErrorCode::kInvalidInput,
                "line " + std::to_string(line) +
                    " stands before any sheet name; begin with a row that holds only \"survey\""
                    " in its first cell");
        }
        if (blank) return {};
        if (++rows_ > limits_.rows_max)
            return fail(ErrorCode::kLimit, "the file has too many rows");
        if (cells.size() > limits_.columns_max) cells.resize(limits_.columns_max);
        cells.erase(cells.begin());
        book_.sheets.back().rows.push_back(SheetRow{next_row_++, line, std::move(cells)});
        return {};
    }

    /// Cells of a row of the present sheet, as its header has them, with the one for the name of
    /// the sheet. Before the header: as many as it takes.
    std::size_t width() const {
        if (book_.sheets.empty()) return 0;
        const auto& rows = book_.sheets.back().rows;
        return rows.empty() ? kAnyWidth : rows.front().cells.size() + 1;
    }

    Workbook take() { return std::move(book_); }

  private:
    static constexpr std::size_t kAnyWidth = static_cast<std::size_t>(-1);

    const WorkbookLimits& limits_;
    Workbook book_;
    std::uint32_t next_row_ = 1;
    std::size_t rows_ = 0;
};

/// The cells of a row between its bars; `\|` is a bar. Nothing where the line is no table row.
/// \param remark What follows the last bar.
std::vector<std::string> markdown_cells(std::string_view line, std::string& remark) {
    std::vector<std::string> cells;
    std::string cell;
    for (std::size_t i = 1; i < line.size(); ++i) {
        if (line[i] == '\\' && i + 1 < line.size() && line[i + 1] == '|') {
            cell += '|';
            ++i;
        } else if (line[i] == '|') {
            cells.push_back(clean_cell(cell));
            cell.clear();
        } else {
            cell += line[i];
        }
    }
    remark = clean_cell(cell);
    return cells;
}

bool is_separator(const std::vector<std::string>& cells) {
    bool dashes = false;
    for (const std::string& cell : cells) {
        if (cell.find_first_not_of("-:") != std::string::npos) return false;
        dashes = dashes || cell.size() >= 3;
    }
    return dashes;
}

std::string_view without_mark(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    return text;
}

/// Reads one record of RFC 4180 from `at` on; counts the lines that it spans.
std::vector<std::string> csv_record(std::string_view text, std::size_t& at, std::uint32_t& lines) {
    std::vector<std::string> cells;
    std::string cell;
    bool quoted = false;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '\n') ++lines;
        if (quoted) {
            if (c != '"') {
                cell += c;
            } else if (at + 1 < text.size() && text[at + 1] == '"') {
                cell += text[++at];
            } else {
                quoted = false;
            }
        } else if (c == '"' && trim(cell).empty()) {
            quoted = true;
            cell.clear();
        } else if (c == ',') {
            cells.push_back(clean_cell(cell));
            cell.clear();
        } else if (c == '\n') {
            ++at;
            break;
        } else {
            cell += c;
        }
    }
    cells.push_back(clean_cell(cell));
    return cells;
}

}  // namespace

Result<Workbook> read_markdown(std::string_view text, const WorkbookLimits& limits) {
    SheetCollector sheets(limits);
    text = without_mark(text);
    for (std::uint32_t number = 1; !text.empty(); ++number) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = trim(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (!line.starts_with('|')) continue;
        std::string remark;
        std::vector<std::string> cells = markdown_cells(line, remark);
        // A row that is shorter than its header lacks only its last bar.
        if (!remark.empty() && remark.front() != '#' && cells.size() < sheets.width()) {
            cells.push_back(std::move(remark));
        }
        if (cells.empty() || is_separator(cells)) continue;
        TRY(sheets.add(std::move(cells), number));
    }
    return sheets.take();
}

Result<Workbook> read_csv(std::string_view text, const WorkbookLimits& limits) {
    SheetCollector sheets(limits);
    text = without_mark(text);
    std::size_t at = 0;
    std::uint32_t line = 1;
    while (at < text.size()) {
        const std::uint32_t first = line;
        TRY(sheets.add(csv_record(text, at, line), first));
    }
    return sheets.take();
}

}  // namespace survey::forms
