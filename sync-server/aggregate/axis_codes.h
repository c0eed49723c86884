#pragma once

#include <cstdint>
#include <vector>

#include "sync-server/aggregate/columns.h"
#include "sync-server/aggregate/exact_table.h"
#include "sync-server/aggregate/tabulation.h"

namespace survey::server {

/// What an answer to one side of a table comes to: where it stands and which categories it marks.
struct AxisState {
    Standing standing = Standing::kSubstantive;
    std::vector<std::uint32_t> categories;
};

/// The answers to one side, reduced to the few states that a table can tell apart.
struct AxisCodes {
    Axis axis;
    std::vector<AxisState> states;
    std::vector<std::uint32_t> state_of_slot;
};

/// Codes all slots, current or not. REQUIRES a dimension that `check` accepts. kLimit if the
/// answers to a multiple choice question come in more combinations than kPatternsMax.
Result<AxisCodes> code_axis(const Columns& columns, const Dimension& dimension);

}  // namespace survey::server
