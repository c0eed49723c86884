#include "sync-server/aggregate/atoms.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace survey::server {

namespace {

constexpr AtomId kOutside = 0;

std::uint32_t current_signature(const Columns& columns, const ExactTable& table, Slot slot,
                                Version as_of) {
    return columns.live_at(slot, as_of) ? table.signature_of_slot[slot] : kNoSignature;
}

}  // namespace

void split_atoms(std::vector<AtomId>& set, const std::vector<std::vector<AtomId>>& parts_of_atom) {
    const std::size_t size = set.size();
    for (std::size_t i = 0; i < size; ++i) {
        if (set[i] >= parts_of_atom.size()) continue;
        const std::vector<AtomId>& parts = parts_of_atom[set[i]];
        set.insert(set.end(), parts.begin(), parts.end());
    }
    if (set.size() != size) std::sort(set.begin(), set.end());
}

std::vector<std::vector<AtomId>> Atoms::refine(const Columns& columns, const ExactTable& table,
                                               Version as_of) {
    const std::size_t before = size();
    std::vector<std::vector<AtomId>> parts(before);
    std::vector<std::uint32_t> first_signature(before, kNoSignature);
    std::vector<bool> seen(before);
    seen[kOutside] = true;  // keeps its number for those without a signature
    std::unordered_map<std::uint64_t, AtomId> split;
    auto next = static_cast<AtomId>(before);
    atom_of_slot_.resize(columns.slots(), kOutside);
    for (Slot slot = 0; slot < atom_of_slot_.size(); ++slot) {
        const AtomId atom = atom_of_slot_[slot];
        const std::uint32_t signature = current_signature(columns, table, slot, as_of);
        if (!seen[atom]) {
            seen[atom] = true;
            first_signature[atom] = signature;
        }
        if (signature == first_signature[atom]) continue;
        const auto [entry, added] = split.try_emplace(std::uint64_t{atom} << 32U | signature, next);
        if (added) {
            parts[atom].push_back(next);
            ++next;
        }
        atom_of_slot_[slot] = entry->second;
    }
    // What was outside is in no row, so its parts must not be added to any.
    parts[kOutside].clear();
    organisations_.assign(next, {});
    sample(columns);
    return parts;
}

void Atoms::sample(const Columns& columns) {
    for (Slot slot = 0; slot < atom_of_slot_.size(); ++slot) {
        auto& known = organisations_[atom_of_slot_[slot]];
        if (known.size() >= kSampleMax) continue;
        const OrganisationIndex organisation = columns.organisation(slot);
        if (std::find(known.begin(), known.end(), organisation) == known.end()) {
            known.push_back(organisation);
        }
    }
}

std::vector<std::vector<AtomId>> Atoms::of_sets(const Columns& columns, const ExactTable& table,
                                                Version as_of) const {
    // An atom lies in one signature, so the first slot of each atom says all.
    std::vector<bool> done(size());
    std::vector<std::vector<AtomId>> atoms_of_set(table.sets.size());
    for (Slot slot = 0; slot < columns.slots(); ++slot) {
        const std::uint32_t signature = current_signature(columns, table, slot, as_of);
        const AtomId atom = atom_of_slot_[slot];
        if (signature == kNoSignature || done[atom]) continue;
        done[atom] = true;
        for (const std::uint32_t set : table.signatures[signature].sets) {
            atoms_of_set[set].push_back(atom);
        }
    }
    for (auto& atoms : atoms_of_set)
        std::sort(atoms.begin(), atoms.end());
    return atoms_of_set;
}

bool Atoms::few(std::span<const AtomId> atoms, std::size_t minimum) const {
    std::vector<OrganisationIndex> found;
    for (const AtomId atom : atoms) {
        for (const OrganisationIndex organisation : organisations_[atom]) {
            if (std::find(found.begin(), found.end(), organisation) != found.end()) continue;
            found.push_back(organisation);
            if (found.size() >= minimum) return false;
        }
    }
    return !found.empty();
}

Atoms Atoms::of(std::vector<std::vector<OrganisationIndex>> organisations) {
    Atoms atoms;
    atoms.organisations_ = std::move(organisations);
    return atoms;
}

}  // namespace survey::server
