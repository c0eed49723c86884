#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "common/base/result.h"
#include "sync-server/aggregate/columns.h"
#include "sync-server/aggregate/table_key.h"
#include "sync-server/aggregate/tabulation.h"

namespace survey::server {

/// One number before disclosure control. Organisations are distinct ones.
struct ExactSet {
    SetKey key;
    std::uint64_t answers = 0;
    std::uint32_t organisations = 0;
    double sum = 0;      ///< Of the measured number.
    double largest = 0;  ///< Largest absolute contribution of one organisation, and the second.
    double second = 0;
    double absolute = 0;  ///< All contributions, each by its size.
};

/// One side of a table. Categories are the options on the scale, in order.
struct Axis {
    QuestionIndex question = 0;
    std::vector<std::string> categories;  ///< Option names; for classes the lower break or empty.
    bool overlapping = false;             ///< Several options per answer: rows add up to more.
    bool identifying = false;
};

/// At least this many distinct organisations are remembered per group of answers; thresholds above
/// it are not supported.
inline constexpr std::size_t kSampleMax = 20;

/// Answers that count in exactly the same numbers of the table.
struct Signature {
    std::vector<std::uint32_t> sets;               ///< Indices into `sets`, each once.
    std::vector<OrganisationIndex> organisations;  ///< Distinct, at most kSampleMax.
    std::uint64_t answers = 0;                     ///< Current ones.
};

inline constexpr std::uint32_t kNoSignature = std::numeric_limits<std::uint32_t>::max();

/// A table with all its true numbers, small ones too. Stays inside this room.
struct ExactTable {
    Axis row;
    std::optional<Axis> column;
    std::vector<ExactSet> sets;
    std::vector<Signature> signatures;
    /// By answers alone, whether current or not; kNoSignature: the filter leaves it out.
    std::vector<std::uint32_t> signature_of_slot;

    std::size_t rows() const { return row.categories.size(); }
    std::size_t columns() const { return column ? column->categories.size() : 0; }
    /// REQUIRES that the table has such a number.
    std::size_t index(SetKey key) const;
};

/// Counts the table over the revisions current at `as_of`, in one pass by organisation.
/// Fails as `check` does.
Result<ExactTable> tabulate(const Columns& columns, const Tabulation& tabulation, Version as_of);

}  // namespace survey::server
