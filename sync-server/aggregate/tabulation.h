#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/base/result.h"
#include "sync-server/aggregate/columns.h"

namespace survey::server {

/// Bounds of one table: more cells than this nobody reads, and none of them would be safe to show.
inline constexpr std::size_t kCellsMax = 20'000;
inline constexpr std::size_t kBreaksMax = 200;
inline constexpr std::size_t kPatternsMax = 1'000'000;  // distinct combinations of marked options

/// A question laid along one side of a table.
struct Dimension {
    std::string question;
    /// Number questions only: class i holds breaks[i-1] <= x < breaks[i]; the first and the last
    /// class are open, so that no table tells the smallest or largest value. Strictly ascending.
    std::vector<double> breaks;

    friend bool operator==(const Dimension&, const Dimension&) = default;
};

/// Keeps the answers that chose one of `options`.
struct Filter {
    std::string question;
    std::vector<std::string> options;

    friend bool operator==(const Filter&, const Filter&) = default;
};

/// Which options of the row question speak for and against; the others count as neutral. For
/// balance, top-2-box and net: top-2 of a five-point scale is positive = {4, 5}, negative = {1, 2}.
struct Scale {
    std::vector<std::string> positive;
    std::vector<std::string> negative;

    friend bool operator==(const Scale&, const Scale&) = default;
};

/// A declared table: the analysed question down the side, groups across the top. Outside roles only
/// ever ask for declared tables, because freely chosen ones can be subtracted from one another.
struct Tabulation {
    std::string id;  ///< Stable name; the ledger remembers releases under it.
    Dimension row;
    std::optional<Dimension> column;
    std::optional<Filter> filter;
    /// A number question whose mean each cell shows. Only answers that have it are counted.
    std::optional<std::string> mean_of;
    std::optional<Scale> scale;

    friend bool operator==(const Tabulation&, const Tabulation&) = default;
};

/// Whether the table can be made from these columns. kNotFound names a question or option that does
/// not exist, kInvalidInput says what does not fit together, kLimit that it would be too large.
Result<void> check(const Columns& columns, const Tabulation& tabulation);

/// Breaks of equal width on a 1-2-5 grid, about `classes` of them, covering the middle four fifths
/// of the organisations that answered; the rest falls into the two open classes. None with fewer
/// than ten organisations, where the breaks themselves would point at somebody.
std::vector<double> equal_breaks(const Columns& columns, QuestionIndex number_question,
                                 Version as_of, std::size_t classes);

}  // namespace survey::server
