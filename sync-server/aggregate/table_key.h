#pragma once

#include <compare>
#include <cstdint>
#include <limits>

namespace survey::server {

/// What one number of a table counts.
enum class SetKind : std::uint8_t {
    kTotal,
    kRow,       ///< One option of the row question, over all columns.
    kColumn,    ///< One option of the column question, over all rows: the base of that group.
    kInner,     ///< One cell.
    kPositive,  ///< The positive options of the scale; `column` or kAll.
    kNegative,
    kExcluded,  ///< Left out of every base: `row` is a Side, `column` a Standing.
};

/// Which question an answer to the table lacks.
enum class Side : std::uint8_t { kRow, kColumn, kMeasure };

inline constexpr std::uint32_t kAll = std::numeric_limits<std::uint32_t>::max();

/// Names one number of a table; stays the same when later answers bring new options.
struct SetKey {
    SetKind kind = SetKind::kTotal;
    std::uint32_t row = kAll;
    std::uint32_t column = kAll;

    friend auto operator<=>(const SetKey&, const SetKey&) = default;
};

}  // namespace survey::server
