#include "forms/definition/path_resolution.h"

#include <algorithm>

namespace survey::forms {

namespace {

using Axis = expr::PathReference::Axis;
using Origin = expr::PathReference::Origin;
using Step = expr::PathReference::Step;

/// The nodes reached so far; `at_document` when the document node is among them.
struct Front {
    std::vector<NodeRef> nodes;
    bool at_document = false;

    void add(NodeRef node) {
        if (std::find(nodes.begin(), nodes.end(), node) == nodes.end()) nodes.push_back(node);
    }
    bool empty() const { return nodes.empty() && !at_document; }
};

bool matches(const FormDefinition& form, NodeRef node, const Step& step) {
    return step.name == "*" || form.nodes[node].name.local == step.name;
}

Front take_step(const FormDefinition& form, const Front& from, const Step& step) {
    Front to;
    if (from.at_document && step.axis == Axis::kChild && matches(form, 0, step)) to.add(0);
    if (from.at_document && step.axis == Axis::kSelf) to.at_document = true;
    for (const NodeRef node : from.nodes) {
        const FormNode& at = form.nodes[node];
        switch (step.axis) {
            case Axis::kParent:
                if (at.parent == kNoRef) {
                    to.at_document = true;
                } else if (matches(form, at.parent, step)) {
                    to.add(at.parent);
                }
                break;
            case Axis::kSelf:
                if (matches(form, node, step)) to.add(node);
                break;
            case Axis::kAttribute:
            case Axis::kChild:
                if (step.axis == Axis::kChild && step.name != "*") {
                    for (const NodeRef child : form.children_named(node, step.name))
                        to.add(child);
                    break;
                }
                for (const NodeRef child :
                     step.axis == Axis::kChild ? at.children : at.attributes) {
                    if (matches(form, child, step)) to.add(child);
                }
                // `text()` and `node()` of a value are the value.
                if (step.axis == Axis::kChild && step.name == "*" && at.children.empty()) {
                    to.add(node);
                }
                break;
            case Axis::kOther:
                break;
        }
    }
    return to;
}

std::size_t depth_of(const FormDefinition& form, NodeRef node) {
    std::size_t depth = 0;
    for (; node != kNoRef; node = form.nodes[node].parent)
        ++depth;
    return depth;
}

/// The innermost repeat that holds both.
NodeRef common_repeat(const FormDefinition& form, NodeRef a, NodeRef b) {
    while (a != kNoRef) {
        const NodeRef repeat = form.nodes[a].repeat_scope;
        if (repeat == kNoRef || is_at_or_below(form, b, repeat)) return repeat;
        a = form.nodes[repeat].parent;
    }
    return kNoRef;
}

}  // namespace

bool is_at_or_below(const FormDefinition& form, NodeRef node, NodeRef ancestor) {
    while (node != kNoRef && node != ancestor)
        node = form.nodes[node].parent;
    return node == ancestor;
}

ResolvedPath resolve_path(const FormDefinition& form, NodeRef context,
                          const expr::PathReference& path) {
    ResolvedPath out;
    Front front;
    bool inside_primary = path.origin == Origin::kInstance && !path.instance_id.empty() &&
                          path.instance_id == form.primary_instance_id;
    if (path.origin == Origin::kUnknown) return out;
    if (path.origin == Origin::kInstance && !inside_primary) {
        out.outcome = ResolvedPath::Outcome::kOtherTree;
        return out;
    }
    const bool relative = path.origin == Origin::kContext;
    if (relative && context != kNoRef) {
        front.add(context);
    } else {
        // instance('id')/data: what holds the data element is its document node.
        front.at_document = true;
    }
    NodeRef highest = context;     // that a relative path passes; kNoRef: the document node
    NodeRef last_shared = kNoRef;  // absolute: deepest node before the first predicate
    bool chosen = false;
    for (std::size_t i = 0; i < path.steps.size(); ++i) {
        const Step& step = path.steps[i];
        if (step.axis == Axis::kOther) return ResolvedPath{};
        front = take_step(form, front, step);
        if (front.empty()) {
            out.outcome = ResolvedPath::Outcome::kMissing;
            out.missing_step = i;
            return out;
        }
        if (front.at_document) highest = kNoRef;
        for (const NodeRef node : front.nodes) {
            if (highest != kNoRef && depth_of(form, node) < depth_of(form, highest)) {
                highest = node;
            }
            if (step.has_predicate) out.filtered.push_back(node);
        }
        chosen = chosen || step.has_predicate;
        if (!chosen && !front.nodes.empty()) last_shared = front.nodes.front();
    }
    out.outcome = ResolvedPath::Outcome::kFound;
    out.nodes = std::move(front.nodes);
    if (relative) {
        out.shared_repeat = highest == kNoRef ? kNoRef : form.nodes[highest].repeat_scope;
    } else if (!path.as_node_set && context != kNoRef && last_shared != kNoRef) {
        // JavaRosa's rule: absolute paths take the positions of the context node where both go the
        // same way, up to the first predicate.
        out.shared_repeat = common_repeat(form, context, last_shared);
    }
    return out;
}

}  // namespace survey::forms
