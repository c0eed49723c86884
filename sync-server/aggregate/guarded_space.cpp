#include "sync-server/aggregate/guarded_space.h"

#include <algorithm>

#include "common/base/ensure.h"

namespace survey::server {

namespace modular {

std::uint64_t multiply(std::uint64_t a, std::uint64_t b) {
    __extension__ using Wide = unsigned __int128;
    const Wide product = static_cast<Wide>(a) * b;
    // 2^61 = 1 modulo the prime, so the high part is simply added.
    std::uint64_t folded =
        static_cast<std::uint64_t>(product & kPrime) + static_cast<std::uint64_t>(product >> 61U);
    if (folded >= kPrime) folded -= kPrime;
    return folded;
}

std::uint64_t subtract(std::uint64_t a, std::uint64_t b) {
    return a >= b ? a - b : a + kPrime - b;
}

std::uint64_t inverse(std::uint64_t a) {
    ENSURE(a != 0);
    std::uint64_t result = 1;  // a^(p-2), Fermat
    for (std::uint64_t exponent = kPrime - 2; exponent != 0; exponent >>= 1U) {
        if ((exponent & 1U) != 0) result = multiply(result, a);
        a = multiply(a, a);
    }
    return result;
}

}  // namespace modular

namespace {

std::uint64_t hash_of(const SparseRow& row) {
    std::uint64_t hash = 0x9E3779B97F4A7C15U;
    for (const Term& term : row) {
        hash = (hash ^ term.atom) * 0xBF58476D1CE4E5B9U;
        hash = (hash ^ (hash >> 29U) ^ term.factor) * 0x94D049BB133111EBU;
    }
    return hash;
}

bool by_atom(const Term& term, AtomId atom) {
    return term.atom < atom;
}

/// The factor of an atom in a row; 0 if it is not there.
std::uint64_t factor_of(const SparseRow& row, AtomId atom) {
    const auto found = std::lower_bound(row.begin(), row.end(), atom, by_atom);
    return found != row.end() && found->atom == atom ? found->factor : 0;
}

Residual scale(SparseRow row, std::uint64_t lead_before) {
    if (row.empty()) return {};
    const std::uint64_t first = row.front().factor;
    if (first != 1) {
        const std::uint64_t inverse = modular::inverse(first);
        for (Term& term : row)
            term.factor = modular::multiply(term.factor, inverse);
    }
    return {std::move(row), modular::multiply(first, lead_before)};
}

void split_row(SparseRow& row, const std::vector<std::vector<AtomId>>& parts_of_atom) {
    const std::size_t size = row.size();
    for (std::size_t i = 0; i < size; ++i) {
        const Term term = row[i];
        if (term.atom >= parts_of_atom.size()) continue;
        for (const AtomId part : parts_of_atom[term.atom])
            row.push_back({part, term.factor});
    }
    if (row.size() == size) return;
    std::sort(row.begin(), row.end(), [](Term a, Term b) { return a.atom < b.atom; });
}

}  // namespace

SparseRow row_of(std::span<const AtomId> atoms) {
    SparseRow row;
    row.reserve(atoms.size());
    for (const AtomId atom : atoms)
        row.push_back({atom, 1});
    return row;
}

SparseRow minus(const SparseRow& a, const SparseRow& b, std::uint64_t factor) {
    SparseRow result;
    result.reserve(a.size() + b.size());
    auto left = a.begin();
    for (const Term& term : b) {
        while (left != a.end() && left->atom < term.atom)
            result.push_back(*left++);
        const bool both = left != a.end() && left->atom == term.atom;
        const std::uint64_t have = both ? (left++)->factor : 0;
        const std::uint64_t rest = modular::subtract(have, modular::multiply(term.factor, factor));
        if (rest != 0) result.push_back({term.atom, rest});
    }
    result.insert(result.end(), left, a.end());
    return result;
}

Residual GuardedSpace::reduce(const SparseRow& row) const {
    // The basis is reduced: taking one of its rows out brings in no other pivot, so the pivots of
    // the original row say everything.
    SparseRow rest;
    bool begun = false;
    for (const Term& term : row) {
        const auto found = pivot_.find(term.atom);
        if (found == pivot_.end()) continue;
        rest = minus(begun ? rest : row, basis_[found->second], term.factor);
        begun = true;
    }
    if (!begun) rest = row;
    return scale(std::move(rest), 1);
}

void GuardedSpace::index_guard(std::size_t guard) {
    by_hash_[hash_of(guards_[guard].residual.scaled)].push_back(guard);
}

void GuardedSpace::unindex_guard(std::size_t guard) {
    const auto found = by_hash_.find(hash_of(guards_[guard].residual.scaled));
    std::erase(found->second, guard);
    if (found->second.empty()) by_hash_.erase(found);
}

bool GuardedSpace::guard(const SparseRow& row) {
    Residual residual = reduce(row);
    if (residual.scaled.empty()) return false;
    for (const std::size_t same : guards_with(residual.scaled)) {
        if (guards_[same].row == row) return true;
    }
    guards_.push_back({row, std::move(residual)});
    index_guard(guards_.size() - 1);
    return true;
}

std::vector<std::size_t> GuardedSpace::guards_with(const SparseRow& scaled) const {
    std::vector<std::size_t> found;
    const auto bucket = by_hash_.find(hash_of(scaled));
    if (bucket == by_hash_.end()) return found;
    for (const std::size_t guard : bucket->second) {
        if (guards_[guard].residual.scaled == scaled) found.push_back(guard);
    }
    return found;
}

Insertion GuardedSpace::prepare(const SparseRow& scaled) const {
    ENSURE(!scaled.empty());
    Insertion insertion{scaled, {}};
    const AtomId pivot = scaled.front().atom;
    for (std::size_t i = 0; i < basis_.size(); ++i) {
        const std::uint64_t factor = factor_of(basis_[i], pivot);
        if (factor != 0) insertion.changed.emplace_back(i, minus(basis_[i], scaled, factor));
    }
    return insertion;
}

void GuardedSpace::insert(Insertion insertion) {
    const AtomId pivot = insertion.row.front().atom;
    for (auto& [index, row] : insertion.changed)
        basis_[index] = std::move(row);
    for (std::size_t i = 0; i < guards_.size(); ++i) {
        const Residual& old = guards_[i].residual;
        const std::uint64_t factor = factor_of(old.scaled, pivot);
        if (factor == 0) continue;
        Residual next = scale(minus(old.scaled, insertion.row, factor), old.lead);
        unindex_guard(i);
        guards_[i].residual = std::move(next);
        if (!guards_[i].residual.scaled.empty()) index_guard(i);
    }
    pivot_.emplace(pivot, basis_.size());
    pivots_.push_back(pivot);
    basis_.push_back(std::move(insertion.row));
}

void GuardedSpace::split(const std::vector<std::vector<AtomId>>& parts_of_atom) {
    // The parts have higher numbers than any atom before, so pivots and first factors stay.
    for (SparseRow& row : basis_)
        split_row(row, parts_of_atom);
    by_hash_.clear();
    for (std::size_t i = 0; i < guards_.size(); ++i) {
        split_row(guards_[i].row, parts_of_atom);
        split_row(guards_[i].residual.scaled, parts_of_atom);
        if (!guards_[i].residual.scaled.empty()) index_guard(i);
    }
}

}  // namespace survey::server
