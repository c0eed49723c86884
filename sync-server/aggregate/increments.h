#pragma once

#include <optional>
#include <vector>

#include "sync-server/aggregate/columns.h"
#include "sync-server/aggregate/exact_table.h"

namespace survey::server {

/// For each number of a table that was shown before, the distinct organisations (at most
/// kSampleMax) whose answers would make the difference: new in the set, gone from it, or in it with
/// another measured number. Somebody who corrected an answer and still counts in the same cell is
/// not among them. `counted_at` has one entry per set, nothing for those never shown.
std::vector<std::vector<OrganisationIndex>> involved(
    const Columns& columns, const ExactTable& table,
    const std::vector<std::optional<Version>>& counted_at, std::optional<QuestionIndex> measure,
    Version as_of);

}  // namespace survey::server
