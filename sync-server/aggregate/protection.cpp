#include "sync-server/aggregate/protection.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <set>
#include <tuple>
#include <utility>

namespace survey::server {

namespace {

/// Each round adds at least one guard; a table that needs more rounds than this is not shown.
constexpr unsigned kRoundsMax = 200;

struct Guards {
    std::vector<SparseRow> counts;
    std::map<QuestionIndex, std::vector<SparseRow>> amounts;
};

/// One attempt at publishing, on copies of what is known.
class Attempt {
  public:
    Attempt(const Atoms& atoms, const Problem& problem, std::size_t organisations_min,
            const Knowledge& known)
        : atoms_(atoms), problem_(problem), minimum_(organisations_min), known_(known) {}

    void guard(const Guards& further) {
        for (std::size_t i = 0; i < problem_.numbers.size(); ++i)
            guard_number(i);
        for (const SparseRow& row : problem_.guards)
            known_.counts.guard(row);
        for (const auto& [question, rows] : problem_.amount_guards) {
            for (const SparseRow& row : rows)
                known_.amounts[question].guard(row);
        }
        for (const SparseRow& row : further.counts)
            known_.counts.guard(row);
        for (const auto& [question, rows] : further.amounts) {
            for (const SparseRow& row : rows)
                known_.amounts[question].guard(row);
        }
    }

    void publish() {
        published_.assign(problem_.numbers.size(), false);
        for (const std::size_t i : offering_order(problem_.numbers)) {
            const Publishable& number = problem_.numbers[i];
            published_[i] = number.already || (!number.withheld && offer(number));
        }
    }

    /// Rows that turned out to be computable and must not be.
    Guards leaks() const {
        Guards found;
        for (const Line& line : problem_.lines) {
            if (!published_[line.parent]) continue;
            if (auto row = small_rest(line)) found.counts.push_back(std::move(*row));
        }
        insider_leaks(known_.counts, found.counts);
        for (const auto& [question, space] : known_.amounts) {
            insider_leaks(space, found.amounts[question]);
        }
        return found;
    }

    std::vector<bool> take_published() { return std::move(published_); }
    std::vector<std::size_t> implied() const { return implied_; }
    Knowledge take_known() { return std::move(known_); }

  private:
    void guard_number(std::size_t index) {
        const Publishable& number = problem_.numbers[index];
        if (number.atoms.empty()) return;
        const SparseRow row = row_of(number.atoms);
        bool kept = true;
        if (number.guard_count) kept = known_.counts.guard(row);
        if (number.guard_amount && number.amount) {
            kept = known_.amounts[*number.amount].guard(row) && kept;
        }
        if (!kept) implied_.push_back(index);
    }

    /// A row of the basis that counts a set of answers: too few of them, and it tells on somebody.
    bool small_set(const SparseRow& row) const {
        std::vector<AtomId> set;
        for (const Term& term : row) {
            if (term.factor != 1) return false;
            set.push_back(term.atom);
        }
        return tells(set);
    }

    /// Whether knowing the size of this set tells on somebody.
    bool tells(const std::vector<AtomId>& set) const {
        if (!atoms_.few(set, minimum_)) return false;
        return std::none_of(known_.nonresponse.begin(), known_.nonresponse.end(),
                            [&set](const std::vector<AtomId>& missing) {
                                return std::includes(missing.begin(), missing.end(), set.begin(),
                                                     set.end());
                            });
    }

    bool harmless(const Insertion& insertion) const {
        if (small_set(insertion.row)) return false;
        return std::none_of(insertion.changed.begin(), insertion.changed.end(),
                            [this](const auto& change) { return small_set(change.second); });
    }

    /// Whether the set and a released set lie one in the other with only a few between them.
    bool near_copy(const std::vector<AtomId>& set) const {
        std::vector<AtomId> only_here;
        std::vector<AtomId> only_there;
        for (const std::vector<AtomId>& row : known_.rows) {
            only_here.clear();
            only_there.clear();
            auto here = set.begin();
            auto there = row.begin();
            while ((here != set.end() || there != row.end()) &&
                   (only_here.empty() || only_there.empty())) {
                if (there == row.end() || (here != set.end() && *here < *there)) {
                    only_here.push_back(*here++);
                } else if (here == set.end() || *there < *here) {
                    only_there.push_back(*there++);
                } else {
                    ++here;
                    ++there;
                }
            }
            if (!only_here.empty() && !only_there.empty()) continue;
            if (tells(only_here.empty() ? only_there : only_here)) return true;
        }
        return false;
    }

    bool offer(const Publishable& number) {
        if (number.atoms.empty()) return true;
        const SparseRow row = row_of(number.atoms);
        const Residual count = known_.counts.reduce(row);
        GuardedSpace* sums = number.amount ? &known_.amounts[*number.amount] : nullptr;
        const Residual sum = sums != nullptr ? sums->reduce(row) : Residual{};
        if (known_.counts.exposes(count.scaled)) return false;
        if (sums != nullptr && sums->exposes(sum.scaled)) return false;

        Insertion new_count;
        Insertion new_sum;
        if (!count.scaled.empty()) {
            new_count = known_.counts.prepare(count.scaled);
            if (!harmless(new_count) || near_copy(number.atoms)) return false;
        }
        if (!sum.scaled.empty()) {
            new_sum = sums->prepare(sum.scaled);
            if (!harmless(new_sum)) return false;
        }
        if (!count.scaled.empty()) known_.counts.insert(std::move(new_count));
        if (!sum.scaled.empty()) sums->insert(std::move(new_sum));
        known_.rows.push_back(number.atoms);
        return true;
    }

    /// The hidden children of a published parent, if they, or all but one whom somebody knows, are
    /// too few.
    std::optional<SparseRow> small_rest(const Line& line) const {
        std::vector<AtomId> rest;
        for (const std::size_t child : line.children) {
            if (published_[child]) continue;
            const auto& atoms = problem_.numbers[child].atoms;
            rest.insert(rest.end(), atoms.begin(), atoms.end());
        }
        std::sort(rest.begin(), rest.end());
        SparseRow row = row_of(rest);
        // What the reader cannot compute needs no guard.
        if (rest.empty() || !known_.counts.reduce(row).scaled.empty()) return std::nullopt;
        if (atoms_.few(rest, minimum_)) return row;
        for (const std::size_t child : line.children) {
            const auto& own = problem_.numbers[child].atoms;
            if (published_[child] || !atoms_.few(own, 2)) continue;
            std::vector<AtomId> others;
            std::set_difference(rest.begin(), rest.end(), own.begin(), own.end(),
                                std::back_inserter(others));
            if (atoms_.few(others, minimum_)) return row;
        }
        return std::nullopt;
    }

    /// Somebody alone in an atom knows its count, and with it every guarded row whose residual is
    /// the same. The difference of the two becomes a guarded row itself.
    void insider_leaks(const GuardedSpace& space, std::vector<SparseRow>& found) const {
        for (AtomId atom = 1; atom < atoms_.size(); ++atom) {
            if (atoms_.organisations(atom).size() != 1) continue;
            const SparseRow own{{atom, 1}};
            const Residual residual = space.reduce(own);
            if (residual.scaled.empty()) continue;
            for (const std::size_t guard : space.guards_with(residual.scaled)) {
                if (space.guarded(guard) == own) continue;
                const std::uint64_t factor =
                    modular::multiply(space.guarded_lead(guard), modular::inverse(residual.lead));
                found.push_back(minus(space.guarded(guard), own, factor));
            }
        }
    }

    const Atoms& atoms_;
    const Problem& problem_;
    std::size_t minimum_;
    Knowledge known_;
    std::vector<bool> published_;
    std::vector<std::size_t> implied_;
};

/// Adds the rows that a guard can still help. True if there was one.
bool add_helpful(const std::vector<SparseRow>& rows, const GuardedSpace& before,
                 std::vector<SparseRow>& guards) {
    bool added = false;
    for (const SparseRow& row : rows) {
        if (before.reduce(row).scaled.empty()) continue;  // known from earlier releases
        if (std::find(guards.begin(), guards.end(), row) != guards.end()) continue;
        guards.push_back(row);
        added = true;
    }
    return added;
}

}  // namespace

void Knowledge::split(const std::vector<std::vector<AtomId>>& parts_of_atom) {
    counts.split(parts_of_atom);
    for (auto& [question, space] : amounts)
        space.split(parts_of_atom);
    for (std::vector<AtomId>& row : rows)
        split_atoms(row, parts_of_atom);
    for (std::vector<AtomId>& set : nonresponse)
        split_atoms(set, parts_of_atom);
}

std::vector<std::size_t> offering_order(const std::vector<Publishable>& numbers) {
    std::vector<std::size_t> order(numbers.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&numbers](std::size_t a, std::size_t b) {
        return std::tuple(numbers[a].width, numbers[b].answers) <
               std::tuple(numbers[b].width, numbers[a].answers);
    });
    return order;
}

Protection protect(const Atoms& atoms, const Problem& problem, std::size_t organisations_min,
                   Knowledge& known) {
    Guards further;
    for (unsigned round = 1; round <= kRoundsMax; ++round) {
        Attempt attempt(atoms, problem, organisations_min, known);
        attempt.guard(further);
        attempt.publish();
        const Guards leaks = attempt.leaks();
        bool again = add_helpful(leaks.counts, known.counts, further.counts);
        for (const auto& [question, rows] : leaks.amounts) {
            again |= add_helpful(rows, known.amounts[question], further.amounts[question]);
        }
        if (again) continue;
        Protection protection;
        protection.implied = attempt.implied();
        protection.rounds = round;
        protection.published = attempt.take_published();
        known = attempt.take_known();
        return protection;
    }
    Protection nothing;
    nothing.published.assign(problem.numbers.size(), false);
    nothing.rounds = kRoundsMax;
    nothing.settled = false;
    return nothing;
}

}  // namespace survey::server
