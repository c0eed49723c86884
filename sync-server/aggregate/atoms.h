#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sync-server/aggregate/columns.h"
#include "sync-server/aggregate/exact_table.h"
#include "sync-server/aggregate/guarded_space.h"

namespace survey::server {

/// Adds to a set of atoms those that were split off its members.
void split_atoms(std::vector<AtomId>& set, const std::vector<std::vector<AtomId>>& parts_of_atom);

/// The partition of all revisions by the released and requested numbers that they count in. Two
/// revisions share an atom exactly if no table so far tells them apart, so there are never more
/// atoms than revisions, however many tables there are.
class Atoms {
  public:
    /// Tells apart the signatures of a table among the revisions current at `as_of`. Returns, for
    /// each atom before, the new atoms that were split off it.
    std::vector<std::vector<AtomId>> refine(const Columns& columns, const ExactTable& table,
                                            Version as_of);

    /// The atoms of each number of a table, ascending. REQUIRES that the table was refined.
    std::vector<std::vector<AtomId>> of_sets(const Columns& columns, const ExactTable& table,
                                             Version as_of) const;

    std::size_t size() const { return organisations_.size(); }
    /// Distinct organisations of one atom, at most kSampleMax of them.
    std::span<const OrganisationIndex> organisations(AtomId atom) const {
        return organisations_[atom];
    }
    /// Whether these atoms together belong to at least one and fewer than `minimum` organisations.
    /// REQUIRES: minimum <= kSampleMax.
    bool few(std::span<const AtomId> atoms, std::size_t minimum) const;

    /// For tests and tools: atoms given directly, one organisation list each. Atom 0 is `outside`.
    static Atoms of(std::vector<std::vector<OrganisationIndex>> organisations);

  private:
    void sample(const Columns& columns);

    /// Atom 0 is everything that counts in no number yet.
    std::vector<AtomId> atom_of_slot_;
    std::vector<std::vector<OrganisationIndex>> organisations_ = {{}};
};

}  // namespace survey::server
