#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

namespace survey::server {

/// Answers that no released number has told apart so far: the unknowns of the reader's equations.
using AtomId = std::uint32_t;

/// Arithmetic modulo the prime 2^61 - 1. Whether 0/1 rows depend on one another modulo a prime of
/// this size differs from the rationals only where a determinant is a multiple of it.
namespace modular {
inline constexpr std::uint64_t kPrime = (std::uint64_t{1} << 61U) - 1;
std::uint64_t multiply(std::uint64_t a, std::uint64_t b);
std::uint64_t subtract(std::uint64_t a, std::uint64_t b);
/// REQUIRES: a is not 0.
std::uint64_t inverse(std::uint64_t a);
}  // namespace modular

struct Term {
    AtomId atom = 0;
    std::uint64_t factor = 0;  // 1 … kPrime - 1

    friend bool operator==(const Term&, const Term&) = default;
};
/// A linear combination of atoms, ascending, without zeros.
using SparseRow = std::vector<Term>;

/// Row with factor 1 for each atom. REQUIRES ascending atoms.
SparseRow row_of(std::span<const AtomId> atoms);
/// a - factor * b.
SparseRow minus(const SparseRow& a, const SparseRow& b, std::uint64_t factor);

/// What is left of a row after taking out everything that the published rows say.
struct Residual {
    SparseRow scaled;        ///< First factor 1. Empty: the row follows from the published ones.
    std::uint64_t lead = 0;  ///< What `scaled` has to be multiplied with.
};

/// The new and changed rows of the basis if a row were published.
struct Insertion {
    SparseRow row;
    std::vector<std::pair<std::size_t, SparseRow>> changed;
};

/// Everything that follows from the published rows (a basis in reduced echelon form), and the rows
/// that must never follow. After Langsrud, "Secondary cell suppression by Gaussian elimination"
/// (2024): a row exposes a guarded one exactly when their scaled residuals are equal, so one
/// look-up decides. A value: copy it to try something.
class GuardedSpace {
  public:
    /// Guards a row from now on. False if it follows from the published rows already: then nothing
    /// can protect it any more.
    bool guard(const SparseRow& row);

    Residual reduce(const SparseRow& row) const;
    /// Whether publishing the row with this residual would make a guarded row computable.
    bool exposes(const SparseRow& scaled) const { return !guards_with(scaled).empty(); }
    /// Guarded rows (as given to `guard`) that become computable together with this residual.
    std::vector<std::size_t> guards_with(const SparseRow& scaled) const;
    const SparseRow& guarded(std::size_t index) const { return guards_[index].row; }
    std::uint64_t guarded_lead(std::size_t index) const { return guards_[index].residual.lead; }
    std::size_t guards() const { return guards_.size(); }

    /// REQUIRES a residual of this space that is not empty.
    Insertion prepare(const SparseRow& scaled) const;
    /// Publishes. REQUIRES an insertion prepared on this very state. A guard that it exposes is
    /// lost: ask `exposes` first.
    void insert(Insertion insertion);
    std::size_t rank() const { return basis_.size(); }

    /// An atom was told apart into itself and others: wherever it stands, the others stand too.
    void split(const std::vector<std::vector<AtomId>>& parts_of_atom);

  private:
    struct Guard {
        SparseRow row;
        Residual residual;
    };
    void index_guard(std::size_t guard);
    void unindex_guard(std::size_t guard);

    std::vector<SparseRow> basis_;
    std::vector<AtomId> pivots_;                     // by basis row
    std::unordered_map<AtomId, std::size_t> pivot_;  // atom -> basis row
    std::vector<Guard> guards_;
    std::unordered_map<std::uint64_t, std::vector<std::size_t>> by_hash_;
};

}  // namespace survey::server
