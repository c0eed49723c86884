#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sync-server/aggregate/columns.h"
#include "sync-server/aggregate/table_key.h"

namespace survey::server {

/// A number that may be shown.
struct ReleasedNumber {
    std::uint64_t answers = 0;
    std::optional<double> mean;
    /// The state of the columns that it speaks of. Older than the table's: too few answers were new
    /// to show the difference.
    Version as_of = 0;

    friend bool operator==(const ReleasedNumber&, const ReleasedNumber&) = default;
};

struct ReleasedAxis {
    std::string question;
    std::vector<std::string> categories;  ///< Option names; for classes see `breaks`.
    std::vector<double> breaks;           ///< Number questions: class i is below breaks[i].
    bool overlapping = false;             ///< Several options per answer.
    bool number = false;

    friend bool operator==(const ReleasedAxis&, const ReleasedAxis&) = default;
};

/// For and against on a scale, in shares of the base. What cannot be shown is not there.
struct ScaleSummary {
    std::optional<double> positive;  ///< Top-2-box, if the scale says so.
    std::optional<double> negative;
    std::optional<double> balance;  ///< positive - negative, the net.
    std::optional<double> balance_se;
};

/// A table that may leave the server. A suppressed number is absent, and nothing in this type says
/// whether it was small, empty, or hidden to protect another one.
class ReleasedTable {
  public:
    std::string id;
    Version as_of = 0;
    ReleasedAxis row;
    std::optional<ReleasedAxis> column;
    std::optional<std::string> mean_of;
    bool has_scale = false;
    std::map<SetKey, ReleasedNumber> numbers;

    std::size_t rows() const { return row.categories.size(); }
    std::size_t columns() const { return column ? column->categories.size() : 0; }

    /// Nothing if the number is suppressed or not part of the table.
    const ReleasedNumber* find(SetKey key) const;
    /// The base of the table.
    const ReleasedNumber* total() const { return find({}); }
    /// One cell; `column` may be kAll, and is in a table with one question.
    const ReleasedNumber* cell(std::uint32_t r, std::uint32_t c) const;
    /// Answers to the table that lack this question.
    const ReleasedNumber* excluded(Side side, Standing standing) const;

    /// Part of a base, 0 … 1. Nothing if either is suppressed or they speak of different states,
    /// because a share and its base are the number again.
    std::optional<double> share(SetKey part, SetKey base) const;
    /// Share of a row category among the answers of a column (kAll: of everybody).
    std::optional<double> column_share(std::uint32_t r, std::uint32_t c) const;
    /// Share of a column among the answers of a row category.
    std::optional<double> row_share(std::uint32_t r, std::uint32_t c) const;
    std::optional<double> total_share(std::uint32_t r, std::uint32_t c) const;
    /// Of one column, or of everybody with kAll.
    ScaleSummary scale(std::uint32_t c) const;
    /// (cannot say + blank) / applicable, for the row question; not asked is not applicable. Only
    /// of a table with one question, where "applicable" is clear.
    std::optional<double> item_nonresponse() const;

    /// Whether every cell, margin and the total is there, and of one state.
    bool complete() const;
    /// Cells (inner ones, or rows of a table with one question) that are not shown, empty ones too.
    std::size_t suppressed_cells() const;

    friend bool operator==(const ReleasedTable&, const ReleasedTable&) = default;
};

}  // namespace survey::server
