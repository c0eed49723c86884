#include <cstdint>
#include <utility>

#include "forms/xlsform/child_process.h"
#include "forms/xlsform/readers_internal.h"

namespace survey::forms {

namespace {

// How the child hands over a workbook: numbers as eight bytes, texts with their length before them.

void put(std::string& out, std::uint64_t number) {
    for (unsigned shift = 0; shift < 64; shift += 8)
        out += static_cast<char>((number >> shift) & 0xFFu);
}

void put_text(std::string& out, std::string_view text) {
    put(out, text.size());
    out += text;
}

std::string packed(const Workbook& book) {
    std::string out;
    put(out, book.sheets.size());
    for (const Sheet& sheet : book.sheets) {
        put_text(out, sheet.name);
        put(out, sheet.rows.size());
        for (const SheetRow& row : sheet.rows) {
            put(out, row.number);
            put(out, row.cells.size());
            for (const std::string& cell : row.cells)
                put_text(out, cell);
        }
    }
    return out;
}

/// Reads what `packed` wrote. A damaged file may have made the child write anything.
class Unpacker {
  public:
    explicit Unpacker(std::string_view rest) : rest_(rest) {}

    std::uint64_t number() {
        std::uint64_t number = 0;
        good_ = good_ && rest_.size() >= 8;
        for (unsigned i = 0; i < 8 && good_; ++i) {
            number |= std::uint64_t{static_cast<unsigned char>(rest_[i])} << (8 * i);
        }
        rest_.remove_prefix(good_ ? 8 : 0);
        return number;
    }
    /// How many things follow, of at least eight bytes each.
    std::size_t count() {
        const std::uint64_t wanted = number();
        good_ = good_ && wanted <= rest_.size() / 8;
        return good_ ? static_cast<std::size_t>(wanted) : 0;
    }
    std::string text() {
        const std::uint64_t size = number();
        good_ = good_ && size <= rest_.size();
        if (!good_) return {};
        std::string text(rest_.substr(0, static_cast<std::size_t>(size)));
        rest_.remove_prefix(text.size());
        return text;
    }
    bool good() const { return good_; }

  private:
    std::string_view rest_;
    bool good_ = true;
};

Result<Workbook> unpack(std::string_view bytes) {
    Unpacker in(bytes);
    Workbook book;
    book.is_spreadsheet = true;
    for (std::size_t sheets = in.count(); sheets > 0 && in.good(); --sheets) {
        Sheet sheet{in.text(), {}};
        for (std::size_t rows = in.count(); rows > 0 && in.good(); --rows) {
            SheetRow row{static_cast<std::uint32_t>(in.number()), 0, {}};
            for (std::size_t cells = in.count(); cells > 0 && in.good(); --cells) {
                row.cells.push_back(in.text());
            }
            sheet.rows.push_back(std::move(row));
        }
        book.sheets.push_back(std::move(sheet));
    }
    if (!in.good()) return fail(ErrorCode::kCorrupt, kUnreadableXls);
    return book;
}

}  // namespace

Result<Workbook> read_xls(std::string_view bytes, const WorkbookLimits& limits) {
    // The first byte says whether a workbook follows or the reason why there is none.
    constexpr char kRead = 'w';
    constexpr char kRefused = 'e';
    Result<std::string> answer = run_in_child([&] {
        const Result<Workbook> book = read_with_freexl(bytes, limits);
        return book ? kRead + packed(*book) : kRefused + book.error().message;
    });
    if (!answer && answer.error().code == ErrorCode::kUnavailable) return std::move(answer).error();
    if (!answer || answer->empty()) return fail(ErrorCode::kCorrupt, kUnreadableXls);
    if (answer->front() == kRefused) return fail(ErrorCode::kInvalidInput, answer->substr(1));
    return unpack(std::string_view(*answer).substr(1));
}

}  // namespace survey::forms
