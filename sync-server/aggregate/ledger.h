#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "sync-server/aggregate/atoms.h"
#include "sync-server/aggregate/protection.h"
#include "sync-server/aggregate/released_table.h"
#include "sync-server/aggregate/table_key.h"
#include "sync-server/aggregate/tabulation.h"

namespace survey::server {

/// One released number. The list of them is what has to be stored: append-only, in this order.
struct LedgerEntry {
    std::string table;  ///< Tabulation::id.
    SetKey key;
    ReleasedNumber number;

    friend bool operator==(const LedgerEntry&, const LedgerEntry&) = default;
};

/// The number that a table shows at present under one key.
struct Shown {
    ReleasedNumber number;
    std::vector<AtomId> atoms;
    Version counted_at = 0;  ///< The state whose revisions `atoms` stands for.
};

/// A table that was released may never change its meaning.
struct Declared {
    Tabulation tabulation;
    Version released_at = 0;
};

/// Everything ever released of one form, for as long as the form's answers are used: later tables
/// adapt to it. A value; one writer.
struct Ledger {
    std::vector<LedgerEntry> entries;

    // Derived from the entries and the columns; `replay` makes it again.
    Atoms atoms;
    Knowledge known;
    std::map<std::pair<std::string, SetKey>, Shown> shown;
    std::map<std::string, Declared> declared;

    /// Tells a table's answers apart everywhere in the ledger.
    void refine(const Columns& columns, const ExactTable& table, Version as_of);
};

}  // namespace survey::server
