#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "common/base/result.h"
#include "sync-server/aggregate/columns.h"
#include "sync-server/aggregate/ledger.h"
#include "sync-server/aggregate/primary_rules.h"
#include "sync-server/aggregate/released_table.h"
#include "sync-server/aggregate/tabulation.h"

namespace survey::server {

inline constexpr std::size_t kTablesMax = 1'000;  // of one release

/// The office's report on one release; never for outside roles.
struct ReleaseReport {
    std::size_t small = 0;  ///< Numbers that fail a rule by themselves, without the empty ones.
    std::size_t empty = 0;
    std::size_t secondary = 0;  ///< Hidden to protect others.
    std::size_t kept = 0;       ///< Shown with their old value: too few answers were new.
    std::size_t implied = 0;    ///< Small, hidden, but computable from what was released before.
    unsigned rounds = 0;
};

struct Release {
    std::vector<ReleasedTable> tables;  ///< In the order asked for.
    ReleaseReport report;
};

/// Publishes what may be published of these tables over the answers current at `as_of`, and writes
/// it into the ledger. This is the only way from answers to numbers.
///
/// Tables of one call protect each other; declare all of a campaign together where possible,
/// because what one call has released cannot be taken back when a later table needs it hidden. A
/// number shown before is refreshed only if its difference involves nobody or at least
/// `organisations_min` organisations and the ledger allows it; else it stays as it was, with its
/// old `as_of`.
///
/// What it does not do: keep wide the interval that a reader can infer for a hidden number (only
/// exact recomputation is prevented), weigh answers, or undo what somebody alone in a cell could
/// work out before a correction made a small number of it.
///
/// Fails, with the ledger unchanged: as `check` does; kInvalidInput for rules out of range, a table
/// without or with a repeated id, or an `as_of` that is in the future or before a release of the
/// same table; kConflict if a table of that id was released with another definition; kLimit.
Result<Release> release(const Columns& columns, std::span<const Tabulation> tabulations,
                        const Rules& rules, Version as_of, Ledger& ledger);

/// Makes the ledger again from its stored entries, after the columns were rebuilt with the same
/// changes in the same order: one call per release, in order, with the entries that it appended.
/// kCorrupt if an entry names a number that the tables do not have or the columns count otherwise.
Result<void> replay(const Columns& columns, std::span<const Tabulation> tabulations,
                    const Rules& rules, Version as_of, std::span<const LedgerEntry> entries,
                    Ledger& ledger);

}  // namespace survey::server
