#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "forms/definition/form_definition.h"

namespace survey::forms {

/// Which nodes of the form a path of an expression can mean, wherever in the instance it is
/// evaluated.
struct ResolvedPath {
    enum class Outcome : std::uint8_t {
        kFound,
        kMissing,      ///< There is no such node: step `missing_step` finds nothing.
        kOtherTree,    ///< In a secondary instance.
        kCannotBeSaid  ///< From a predicate's item, or along an axis that the form does not fix.
    };
    Outcome outcome = Outcome::kCannotBeSaid;
    /// kFound: usually one; several for `*` and for names that stand in several namespaces.
    /// Empty when the path is "/" or climbs to it.
    std::vector<NodeRef> nodes;
    std::size_t missing_step = 0;
    /// The repeat whose instance reader and read nodes share: a value in another instance of it
    /// cannot be meant. kNoRef: no repeat is shared, any instance may be meant.
    NodeRef shared_repeat = kNoRef;
    /// Nodes whose instances a predicate chooses from. What stands below them may decide.
    std::vector<NodeRef> filtered;
};

/// \param context the node that the expression belongs to; kNoRef: the document node.
ResolvedPath resolve_path(const FormDefinition& form, NodeRef context,
                          const expr::PathReference& path);

/// True for `ancestor` itself and all below it.
bool is_at_or_below(const FormDefinition& form, NodeRef node, NodeRef ancestor);

}  // namespace survey::forms
