#include "forms/runtime/path_targets.h"

#include <string>
#include <string_view>
#include <utility>

#include "forms/definition/path_resolution.h"

namespace survey::forms {

namespace {

using expr::PathReference;

std::vector<NodeRef> nodes_of_that_name(const FormDefinition& form, const PathReference& path) {
    std::string_view name = "*";
    for (const PathReference::Step& step : path.steps) {
        const bool stays =
            step.axis == PathReference::Axis::kParent || step.axis == PathReference::Axis::kSelf;
        if (!stays) name = step.name;
    }
    std::vector<NodeRef> out;
    for (NodeRef node = 0; node < form.nodes.size(); ++node) {
        if (name == "*" || form.nodes[node].name.local == name) out.push_back(node);
    }
    return out;
}

bool has_predicate(const PathReference& path) {
    for (const PathReference::Step& step : path.steps) {
        if (step.has_predicate) return true;
    }
    return false;
}

/// A path from an item of a predicate. In a path through a secondary instance it is none of ours,
/// even where a node of the form has the same name.
bool may_be_ours(const std::vector<PathReference>& paths, const PathReference& item_path) {
    bool known = false;
    for (const PathReference& outer : paths) {
        if (outer.offset >= item_path.offset || !has_predicate(outer)) continue;
        known = true;
        if (outer.origin != PathReference::Origin::kInstance) return true;
    }
    return !known;
}

}  // namespace

std::vector<PathTargets> targets_of(const FormDefinition& form, const expr::Expr& expression,
                                    NodeRef context) {
    std::vector<PathTargets> out;
    // indexed-repeat() reads the instance that its arguments say, not the context's.
    const bool any_instance = expression.source().find("indexed-repeat") != std::string::npos;
    const std::vector<PathReference>& paths = expression.references();
    for (const PathReference& path : paths) {
        ResolvedPath resolved = resolve_path(form, context, path);
        PathTargets targets;
        if (resolved.outcome == ResolvedPath::Outcome::kFound) {
            targets.nodes = std::move(resolved.nodes);
            if (!any_instance && resolved.shared_repeat != kNoRef) {
                targets.scope = resolved.shared_repeat;
            }
        } else if (resolved.outcome == ResolvedPath::Outcome::kCannotBeSaid &&
                   may_be_ours(paths, path)) {
            targets.nodes = nodes_of_that_name(form, path);
        }
        if (!targets.nodes.empty()) out.push_back(std::move(targets));
    }
    return out;
}

}  // namespace survey::forms
