#include "sync-server/ingest/answer_row.h"

#include <cstdint>

#include "sync-server/ingest/packed_bytes.h"

namespace survey::server {

namespace {

constexpr std::uint8_t kVersion = 1;
enum : std::uint8_t { kBlank = 0, kOptions = 1, kNumber = 2 };

void encode_cell(const AnswerCell& cell, PackedWriter& out) {
    out.text(cell.question);
    if (cell.blank) {
        out.byte(kBlank);
    } else if (cell.number) {
        out.byte(kNumber);
        out.real(*cell.number);
    } else {
        out.byte(kOptions);
        out.number(cell.chosen.size());
        for (const std::string& option : cell.chosen)
            out.text(option);
    }
}

// False: a kind that we do not know.
bool decode_cell(PackedReader& in, AnswerCell& cell) {
    cell.question = in.text();
    switch (in.byte()) {
        case kBlank:
            cell.blank = true;
            return true;
        case kNumber:
            cell.number = in.real();
            return true;
        case kOptions:
            for (std::size_t left = in.count(); left > 0; --left)
                cell.chosen.push_back(in.text());
            return true;
        default:
            return false;
    }
}

}  // namespace

std::string encode_row(const AnswerRow& row) {
    PackedWriter out;
    out.byte(kVersion);
    for (const AnswerCell& cell : row.cells)
        encode_cell(cell, out);
    return std::move(out).take();
}

Result<AnswerRow> decode_row(std::string_view bytes) {
    PackedReader in(bytes);
    AnswerRow row;
    if (in.byte() != kVersion || !in.good()) {
        return fail(bytes.empty() ? ErrorCode::kCorrupt : ErrorCode::kUnsupported,
                    "an answer record has a format that this version does not know");
    }
    while (!in.at_end()) {
        if (!decode_cell(in, row.cells.emplace_back()) || !in.good())
            return fail(ErrorCode::kCorrupt, "an answer record is damaged");
    }
    return row;
}

}  // namespace survey::server
