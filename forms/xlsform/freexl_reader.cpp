#include <algorithm>

#include <freexl.h>

#include "forms/xlsform/cell_text.h"
#include "forms/xlsform/memory_file.h"
#include "forms/xlsform/number_format.h"
#include "forms/xlsform/readers_internal.h"

namespace survey::forms {

namespace {

class XlsHandle {
  public:
    explicit XlsHandle(const std::string& path) : status_(freexl_open(path.c_str(), &handle_)) {}
    ~XlsHandle() {
        if (handle_ != nullptr) freexl_close(handle_);
    }
    XlsHandle(const XlsHandle&) = delete;
    XlsHandle& operator=(const XlsHandle&) = delete;

    bool good() const { return status_ == FREEXL_OK; }
    const void* get() const { return handle_; }
    unsigned int info(unsigned short what) const {
        unsigned int value = 0;
        return freexl_get_info(handle_, what, &value) == FREEXL_OK ? value : 0;
    }

  private:
    const void* handle_ = nullptr;
    int status_;
};

std::string cell_text(const FreeXL_CellValue& cell) {
    switch (cell.type) {
        case FREEXL_CELL_INT:
            return std::to_string(cell.value.int_value);
        case FREEXL_CELL_DOUBLE:
            return format_cell_number(cell.value.double_value);
        case FREEXL_CELL_DATE:
            return std::string(cell.value.text_value) + " 00:00:00";
        case FREEXL_CELL_TEXT:
        case FREEXL_CELL_SST_TEXT:
        case FREEXL_CELL_DATETIME:
        case FREEXL_CELL_TIME:
            return cell.value.text_value != nullptr ? clean_cell(cell.value.text_value)
                                                    : std::string();
        default:
            return {};
    }
}

Result<void> read_sheet(const XlsHandle& xls, const WorkbookLimits& limits, std::size_t& rows_left,
                        Sheet& sheet) {
    unsigned int rows = 0;
    unsigned short columns = 0;
    if (freexl_worksheet_dimensions(xls.get(), &rows, &columns) != FREEXL_OK) return {};
    const auto width =
        static_cast<unsigned short>(std::min<std::size_t>(columns, limits.columns_max));
    std::uint32_t last = 0;
    for (unsigned int r = 0; r < rows && r - last <= kEmptyRowsMax; ++r) {
        SheetRow row{r + 1, 0, {}};
        for (unsigned short c = 0; c < width; ++c) {
            FreeXL_CellValue cell;
            if (freexl_get_cell_value(xls.get(), r, c, &cell) != FREEXL_OK) continue;
            std::string text = cell_text(cell);
            if (text.empty()) continue;
            row.cells.resize(c + std::size_t{1});
            row.cells[c] = std::move(text);
        }
        if (row.cells.empty()) continue;
        last = r + 1;
        if (rows_left-- == 0) return fail(ErrorCode::kLimit, "the workbook has too many rows");
        sheet.rows.push_back(std::move(row));
    }
    return {};
}

}  // namespace

Result<Workbook> read_with_freexl(std::string_view bytes, const WorkbookLimits& limits) {
    TRY_ASSIGN(const MemoryFile file, MemoryFile::create(bytes));
    const XlsHandle xls(file.path());
    if (!xls.good() || xls.info(FREEXL_BIFF_PASSWORD) == FREEXL_BIFF_OBFUSCATED) {
        return fail(ErrorCode::kInvalidInput, kUnreadableXls);
    }
    const unsigned int sheets = xls.info(FREEXL_BIFF_SHEET_COUNT);
    if (sheets > limits.sheets_max)
        return fail(ErrorCode::kLimit, "the workbook has too many sheets");
    Workbook book;
    book.is_spreadsheet = true;
    std::size_t rows_left = limits.rows_max;
    for (unsigned short i = 0; i < sheets; ++i) {
        const char* name = nullptr;
        if (freexl_get_worksheet_name(xls.get(), i, &name) != FREEXL_OK || name == nullptr)
            continue;
        if (freexl_select_active_worksheet(xls.get(), i) != FREEXL_OK) continue;
        Sheet sheet{name, {}};
        TRY(read_sheet(xls, limits, rows_left, sheet));
        book.sheets.push_back(std::move(sheet));
    }
    if (book.sheets.empty()) return fail(ErrorCode::kInvalidInput, "the workbook has no sheets");
    return book;
}

}  // namespace survey::forms
