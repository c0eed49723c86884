#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.h"

namespace survey::server {

/// What one submission says to one question that tables can count. A question that was not asked
/// (not relevant) has no cell.
struct AnswerCell {
    std::string question;
    bool blank = false;               ///< Asked and left empty.
    std::vector<std::string> chosen;  ///< Select questions: option names.
    std::optional<double> number;     ///< Number questions.

    friend bool operator==(const AnswerCell&, const AnswerCell&) = default;
};

/// The record that the store keeps beside each revision for tabulations (`Judgement::answers`).
/// Names, not positions, so that it outlives versions of the form. An empty record says that the
/// answers may not be used (no consent).
struct AnswerRow {
    std::vector<AnswerCell> cells;

    friend bool operator==(const AnswerRow&, const AnswerRow&) = default;
};

/// Bytes: the version 1; then per cell the name (length, bytes), a kind (0 blank, 1 options,
/// 2 number) and for 1 the count and each name (length, bytes), for 2 the number as eight bytes,
/// little-endian (IEEE 754). Lengths and counts are LEB128. Stored: never change, add a version.
std::string encode_row(const AnswerRow& row);
/// kCorrupt: not such a record; kUnsupported: a later version.
Result<AnswerRow> decode_row(std::string_view bytes);

}  // namespace survey::server
