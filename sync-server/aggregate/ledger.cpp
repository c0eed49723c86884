#include "sync-server/aggregate/ledger.h"

namespace survey::server {

void Ledger::refine(const Columns& columns, const ExactTable& table, Version as_of) {
    const auto parts_of_atom = atoms.refine(columns, table, as_of);
    known.split(parts_of_atom);
    for (auto& [key, number] : shown)
        split_atoms(number.atoms, parts_of_atom);
}

}  // namespace survey::server
