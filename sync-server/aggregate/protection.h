#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "sync-server/aggregate/atoms.h"
#include "sync-server/aggregate/guarded_space.h"

namespace survey::server {

/// Everything that readers of all released tables know, and what they must never learn.
struct Knowledge {
    GuardedSpace counts;
    std::map<QuestionIndex, GuardedSpace> amounts;  ///< Sums of a number question.
    std::vector<std::vector<AtomId>> rows;          ///< Each released number, as its atoms.
    /// By table: those who left a question of it open or could not say. That two bases differ by
    /// them says how many gave no answer, not what anybody answered.
    std::vector<std::vector<AtomId>> nonresponse;

    void split(const std::vector<std::vector<AtomId>>& parts_of_atom);
};

/// One number that somebody would like to publish.
struct Publishable {
    std::vector<AtomId> atoms;            ///< Ascending; empty: nobody.
    std::optional<QuestionIndex> amount;  ///< Its sum would be published too.
    unsigned width = 0;                   ///< 0 is the widest and comes first.
    std::uint64_t answers = 0;
    bool already = false;       ///< Shown before and still true.
    bool withheld = false;      ///< Not to be published, whatever the rest.
    bool guard_count = false;   ///< Nor may its count follow from what is,
    bool guard_amount = false;  ///< nor its sum.
};

/// A published parent from which published children can be taken away.
struct Line {
    std::size_t parent = 0;
    std::vector<std::size_t> children;  ///< Disjoint.
};

struct Problem {
    std::vector<Publishable> numbers;
    std::vector<Line> lines;
    std::vector<SparseRow> guards;  ///< Further rows whose counts must stay unknown,
    std::map<QuestionIndex, std::vector<SparseRow>> amount_guards;  ///< and sums.
};

struct Protection {
    std::vector<bool> published;       ///< By number.
    std::vector<std::size_t> implied;  ///< Guarded numbers that earlier releases already give away.
    unsigned rounds = 0;
    bool settled = true;  ///< False: the rounds ran out and nothing is published.
};

/// The order in which numbers are offered: wider first, then more answers, then as given.
std::vector<std::size_t> offering_order(const std::vector<Publishable>& numbers);

/// Decides which numbers may be published without making a guarded one computable, alone or
/// together with everything known before. Beyond exact recomputation it sees to it that
///  - no released set differs from a nested released set by fewer than `organisations_min`, unless
///    the difference is item nonresponse,
///  - no sum of hidden numbers under a published total is that small, also seen by somebody who
///    knows one of them,
///  - nobody who is alone in an atom can subtract themselves and compute a guarded number.
/// On return `known` includes what is published and all guards.
Protection protect(const Atoms& atoms, const Problem& problem, std::size_t organisations_min,
                   Knowledge& known);

}  // namespace survey::server
