#pragma once

#include <vector>

#include "forms/definition/form_definition.h"
#include "forms/expr/expr.h"

namespace survey::forms {

/// The nodes of the form that one location path may reach, and the repeat whose instance they share
/// with the context: only there can a change of theirs matter to it. 0, the root: anywhere.
struct PathTargets {
    std::vector<NodeRef> nodes;
    NodeRef scope = 0;
};

/// What an expression at `context` reads of the primary instance, one entry per location path.
/// Where a path cannot be followed (an axis that the form does not fix, a predicate's item) all
/// nodes of its last name count: too much is evaluated then, never too little.
std::vector<PathTargets> targets_of(const FormDefinition& form, const expr::Expr& expression,
                                    NodeRef context);

}  // namespace survey::forms
