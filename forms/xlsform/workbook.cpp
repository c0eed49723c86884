#include "forms/xlsform/workbook.h"

#include <algorithm>

#include "forms/xlsform/cell_text.h"
#include "forms/xlsform/readers_internal.h"

namespace survey::forms {

namespace {

constexpr std::string_view kZip = "PK\x03\x04";
constexpr std::string_view kCompoundFile = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

// A form of two sheets with three columns has more; prose has fewer.
constexpr std::ptrdiff_t kBarsMin = 5;
constexpr std::ptrdiff_t kCommasMin = 4;

bool has_table_row(std::string_view text) {
    for (std::size_t at = text.find('|'); at != std::string_view::npos;
         at = text.find('|', at + 1)) {
        const std::size_t before = text.find_last_not_of(" \t", at == 0 ? 0 : at - 1);
        if (at == 0 || before == std::string_view::npos || text[before] == '\n') return true;
    }
    return false;
}

}  // namespace

Result<Workbook> read_workbook(std::string_view bytes, const WorkbookLimits& limits) {
    if (bytes.size() > limits.bytes_max) {
        return fail(ErrorCode::kLimit, "the file is larger than " +
                                           std::to_string(limits.bytes_max >> 20) +
                                           " MiB; a questionnaire is far smaller");
    }
    if (bytes.empty()) return fail(ErrorCode::kInvalidInput, "the file is empty");
    if (bytes.starts_with(kZip)) return read_xlsx(bytes, limits);
    if (bytes.starts_with(kCompoundFile)) return read_xls(bytes, limits);
    if (bytes.find('\0') == std::string_view::npos) {
        if (!is_utf8(bytes)) {
            return fail(ErrorCode::kInvalidInput,
                        "the text of the file is not UTF-8; save it as \"CSV UTF-8\"");
        }
        if (std::count(bytes.begin(), bytes.end(), '|') >= kBarsMin && has_table_row(bytes)) {
            TRY_ASSIGN(Workbook book, read_markdown(bytes, limits));
            if (!book.sheets.empty()) return book;
        }
        if (std::count(bytes.begin(), bytes.end(), ',') >= kCommasMin)
            return read_csv(bytes, limits);
    }
    return fail(ErrorCode::kInvalidInput,
                "this is not a workbook; save the form as .xlsx, .xls, .csv or a Markdown table");
}

}  // namespace survey::forms
