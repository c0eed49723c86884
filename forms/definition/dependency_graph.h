#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "forms/definition/form_definition.h"

namespace survey::forms {

/// What an expression decides about its node. Constraints are not here: they decide nothing that
/// another expression could see.
enum class Property : std::uint8_t {
    kRelevant,
    kReadonly,
    kRequired,
    kCalculate,
    kRepeatCount,  ///< jr:count of the repeat whose nodeset is the node
};

/// "relevant", "readonly", "required", "calculate", "jr:count".
std::string_view property_name(Property property);

/// One node that an expression reads.
struct Read {
    NodeRef node = kNoRef;
    /// See ResolvedPath::shared_repeat: when a value in one instance of the repeat changes, only
    /// the readers in that same instance can be affected. kNoRef: readers everywhere.
    NodeRef shared_repeat = kNoRef;
    bool as_node_set = false;  ///< How many there are matters, not only what they hold.
    /// Everything below matters too: a predicate chooses among the instances of `node`, or the
    /// text of a group is read. Below, nothing counts for cycles.
    bool below = false;
    /// Another instance than the reader's own may be chosen (a predicate on the repeat, or
    /// indexed-repeat). Such a read of what the reader itself feeds is no cycle: running totals.
    bool other_instance = false;
};

/// One expression that is kept up to date.
struct Computation {
    NodeRef node = kNoRef;
    Property property = Property::kCalculate;
    const expr::Expr* expr = nullptr;  ///< Belongs to the form.
    std::vector<Read> reads;
    /// Reads along a path that the form does not fix: run it after every change.
    bool reads_anything = false;
};

/// A loop, in the order of dependence: each one reads what the next one decides, and the last reads
/// what the first decides. A computation that reads its own result is a loop of one.
using Cycle = std::vector<std::uint32_t>;  // indices into computations()

/// What depends on what in a form, by nodeset (positions removed).
///
/// A read of node N depends on what N is calculated from and on the relevance of N and all its
/// ancestors; it does not depend on what stands below N. `count(/data/r)` therefore depends on the
/// relevance of the repeat, not on its answers.
///
/// Holds pointers into the form, which must outlive it and must not change.
class DependencyGraph {
  public:
    explicit DependencyGraph(const FormDefinition& form);

    /// In an order of evaluation: behind everything that they depend on, relevance before the
    /// calculation of the same node. Where that is impossible (jr:count that reads inside its
    /// repeat, running totals, forms that were refused) the reads in question are left out of
    /// account.
    const std::vector<Computation>& computations() const { return computations_; }

    /// Indices of the computations to run again when the value or the relevance of `node`, or the
    /// number of its instances, changed; ascending. A change of relevance or of the number also
    /// affects the readers of everything below `node`, which are not listed here. Nor are those
    /// that are volatile, use positions, or have `reads_anything`.
    const std::vector<std::uint32_t>& readers(NodeRef node) const { return readers_[node]; }

    /// Computations of one node, ascending.
    const std::vector<std::uint32_t>& computations_of(NodeRef node) const { return own_[node]; }

    /// Every group of computations that can never settle, one loop for each. jr:count is never part
    /// of one: a count that reads answers inside its repeat grows step by step.
    std::vector<Cycle> cycles() const;

  private:
    void collect(const FormDefinition& form);
    void connect(const FormDefinition& form);
    void sort();

    std::vector<Computation> computations_;
    std::vector<std::vector<std::uint32_t>> readers_;       // by node
    std::vector<std::vector<std::uint32_t>> own_;           // by node
    std::vector<std::vector<std::uint32_t>> needs_;         // by computation: must be before it
    std::vector<std::vector<std::uint32_t>> better_after_;  // likewise, where it can be had
};

}  // namespace survey::forms
