#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "forms/definition/form_definition.h"

namespace survey::forms {

/// What an expression of a bind decides about its node. Constraints are not here: they decide
/// nothing that another expression could see, so they may read their own node.
enum class Property : std::uint8_t { kRelevant, kReadonly, kRequired, kCalculate };

/// "relevant", "readonly", "required", "calculate".
std::string_view property_name(Property property);

struct CycleStep {
    NodeRef node = kNoRef;
    Property property = Property::kCalculate;

    friend bool operator==(const CycleStep&, const CycleStep&) = default;
};

/// A loop, in the order of dependence: each step reads what the next one decides, and the last
/// reads what the first decides. A loop of one reads its own result.
using Cycle = std::vector<CycleStep>;

/// Every group of expressions that can never settle, one shortest loop for each. By nodeset, as
/// JavaRosa has it: an expression needs what decides the nodes that it reads, and the relevance of
/// all their ancestors. Whether a node is required or readonly is seen by nobody but itself, so
/// that two nodes may each depend on the other's answer there. Two things only look like loops and
/// are left out: jr:count that reads answers inside its repeat, which grows step by step, and a
/// read of another instance of the reader's own repeat (through a predicate or indexed-repeat),
/// which is how running totals are made.
std::vector<Cycle> dependency_cycles(const FormDefinition& form);

}  // namespace survey::forms
