#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "sync-server/aggregate/exact_table.h"
#include "sync-server/aggregate/ledger.h"
#include "sync-server/aggregate/primary_rules.h"
#include "sync-server/aggregate/protection.h"
#include "sync-server/aggregate/tabulation.h"

namespace survey::server {

/// What may happen to one number in a release.
enum class Plan : std::uint8_t {
    kNew,      ///< Never shown.
    kConfirm,  ///< Shown, and nobody makes a difference.
    kKeep,     ///< Shown, and too few make a difference.
    kRefresh,  ///< Shown, and enough make a difference to try.
};

/// One table on its way to release. All vectors are by set.
struct PlannedTable {
    ExactTable exact;
    Rules rules;
    std::optional<QuestionIndex> measure;
    std::vector<std::vector<AtomId>> atoms;
    std::vector<Plan> plans;
    std::vector<bool> withheld;   ///< Fails a rule by itself.
    std::vector<bool> unanimous;  ///< Because a group answers alike.

    std::optional<std::size_t> find(SetKey key) const;
};

struct ReleasePlan {
    /// Those asked for, then the other tables ever released: those are not refreshed now, but what
    /// is released must not give away their small numbers either.
    std::vector<PlannedTable> tables;
    /// The numbers of all tables, one after the other.
    Problem problem;
};

/// Counts the tables, tells their answers apart in the ledger and says what has to be protected.
Result<ReleasePlan> make_plan(const Columns& columns, std::span<const Tabulation> tabulations,
                              const Rules& rules, Version as_of, Ledger& ledger);

/// Decides. Where an earlier release already gives away a group that answers alike, no cell of the
/// table is shown.
Protection protect_plan(ReleasePlan& plan, const Rules& rules, Ledger& ledger);

/// For `replay`: a number that was published, and the guards of a release.
void admit(const PlannedTable& table, std::size_t set, Knowledge& known);
void guard_plan(const ReleasePlan& plan, Knowledge& known);

}  // namespace survey::server
