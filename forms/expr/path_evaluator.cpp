// How location paths are followed: steps, predicates, the index, and JavaRosa's contextualising.
#include <algorithm>
#include <cmath>

#include "forms/expr/axes.h"
#include "forms/expr/conversion.h"
#include "forms/expr/evaluator.h"

namespace survey::expr {

namespace {

// Names are compared before kinds: most children differ in name, and a text node has none.
bool name_matches(const NodeTree& tree, NodeIndex node, const NodeTest& test) {
    if (tree.local_name(node) != test.local) return false;
    const std::string_view uri = tree.namespace_uri(node);
    return uri == test.uri || uri == test.other_uri;
}

NodeKind principal_kind(Axis axis) {
    return axis == Axis::kAttribute   ? NodeKind::kAttribute
           : axis == Axis::kNamespace ? NodeKind::kNamespace
                                      : NodeKind::kElement;
}

bool passes(const NodeTree& tree, NodeIndex node, Axis axis, const NodeTest& test) {
    switch (test.kind) {
        case NodeTest::Kind::kNode:
            return true;
        case NodeTest::Kind::kName:
            return name_matches(tree, node, test) && tree.kind(node) == principal_kind(axis);
        case NodeTest::Kind::kAnyName:
            return tree.kind(node) == principal_kind(axis);
        case NodeTest::Kind::kInNamespace:
            return tree.kind(node) == principal_kind(axis) && tree.namespace_uri(node) == test.uri;
        case NodeTest::Kind::kText:
            return tree.kind(node) == NodeKind::kText;
        case NodeTest::Kind::kComment:
            return tree.kind(node) == NodeKind::kComment;
        case NodeTest::Kind::kInstruction:
            return tree.kind(node) == NodeKind::kProcessingInstruction &&
                   (test.local.empty() || tree.local_name(node) == test.local);
    }
    return false;
}

bool is_named_child(const Step& step) {
    return step.axis == Axis::kChild && step.test.kind == NodeTest::Kind::kName;
}

bool uri_matches(std::string_view uri, const NodeTest& test) {
    return uri == test.uri || uri == test.other_uri;
}

// Visits the child elements that a step names; false as soon as `visit` says so.
template <typename Visit>
bool each_named_child(const NodeView& parent, const NodeTest& test, Visit visit) {
    const NodeTree& tree = *parent.tree;
    for (NodeIndex child = tree.first_child_named(parent.index, test.local); child != kNoNode;
         child = tree.next_sibling_named(child, test.local)) {
        if (uri_matches(tree.namespace_uri(child), test) && !visit(child)) return false;
    }
    return true;
}

// Keeps order and has no node inside another one, if its input was so.
bool stays_flat(Axis axis) {
    return axis == Axis::kChild || axis == Axis::kAttribute || axis == Axis::kSelf ||
           axis == Axis::kNamespace;
}

}  // namespace

bool Evaluator::contextualizes(const ExprNode& node) const {
    return context_.contextualize_absolute_paths && library_ == Library::kOpenRosa &&
           (node.single_value || (node.is_result && !wants_nodes_));
}

// Starts an absolute path. While the steps are those of the context node, the context's own nodes
// are taken, the last step included (JavaRosa); returns how many steps that were.
std::size_t Evaluator::enter_root(const ExprNode& node, NodeSet& nodes) const {
    nodes.assign(1, root_);
    if (root_.is_null()) nodes.clear();
    const NodeView at = current();
    if (!contextualizes(node) || at.tree != root_.tree || at.is_null()) return 0;
    std::vector<NodeIndex> chain;
    NodeIndex up = at.index;
    for (; up != kNoNode && up != root_.index; up = at.tree->parent(up))
        chain.push_back(up);
    if (up == kNoNode) return 0;
    std::size_t taken = 0;
    for (auto own = chain.rbegin(); own != chain.rend() && taken < node.steps.size(); ++own) {
        const Step& step = node.steps[taken];
        if (!is_named_child(step) || !step.predicates.empty() ||
            !passes(*at.tree, *own, Axis::kChild, step.test)) {
            break;
        }
        nodes.front().index = *own;
        ++taken;
    }
    return taken;
}

NodeSet Evaluator::path(const ExprNode& node, const Frame& frame, bool first_only,
                        bool with_hidden) {
    NodeSet found;
    if (!charge(1)) return found;
    std::size_t at = 0;
    bool flat = true;
    switch (node.start) {
        case PathStart::kRoot:
            at = enter_root(node, found);
            break;
        case PathStart::kContext:
            if (!frame.node.is_null()) found.push_back(frame.node);
            break;
        case PathStart::kExpression:
            found = nodes(*node.args[0], frame);
            for (const Predicate& predicate : node.start_predicates)
                filter(predicate, found);
            flat = found.size() < 2;
            if (!flat && !node.steps.empty()) sort_nodes(found);  // randomize() may stand there
            break;
    }
    NodeSet next;
    for (; at < node.steps.size() && !stopped(); ++at) {
        const Step& one = node.steps[at];
        next.clear();
        if (first_only && flat && at + 1 == node.steps.size() && is_named_child(one) &&
            one.predicates.empty()) {
            for (const NodeView& from : found) {
                const bool none = each_named_child(from, one.test, [&](NodeIndex child) {
                    if (!with_hidden && !from.tree->is_included(child)) return charge(1);
                    next.push_back({from.tree, child});
                    return false;
                });
                if (!none) break;
            }
            return next;
        }
        step(one, found, flat, next);
        found.swap(next);
    }
    if (!with_hidden && (!node.steps.empty() || node.start != PathStart::kExpression)) {
        keep_included(found);
    }
    return found;
}

void Evaluator::keep_included(NodeSet& nodes) const {
    std::erase_if(nodes, [](const NodeView& node) { return !node.tree->is_included(node.index); });
}

void Evaluator::step(const Step& step, const NodeSet& from, bool& flat, NodeSet& to) {
    const bool in_order = flat && stays_flat(step.axis);
    if (step_by_index(step, from, to)) {
        if (!in_order && from.size() > 1) sort_nodes(to);
        flat = in_order;
        return;
    }
    NodeSet chosen;
    for (const NodeView& node : from) {
        // Without predicates everything goes straight to the result.
        NodeSet& into = step.predicates.empty() ? to : chosen;
        chosen.clear();
        const std::size_t before = into.size();
        const NodeTree& tree = *node.tree;
        if (is_named_child(step)) {
            each_named_child(node, step.test, [&](NodeIndex child) {
                into.push_back({&tree, child});
                return charge(1);
            });
        } else {
            const NodeIndex top =
                tree.document() == root_.index || root_.tree != &tree ? kNoNode : root_.index;
            walk_axis(tree, top, step.axis, node.index, [&](NodeIndex candidate) {
                if (passes(tree, candidate, step.axis, step.test)) {
                    into.push_back({&tree, candidate});
                }
                return charge(1);
            });
        }
        for (const Predicate& predicate : step.predicates)
            filter(predicate, chosen);
        if (is_reverse(step.axis)) {
            std::reverse(into.begin() + static_cast<std::ptrdiff_t>(before), into.end());
        }
        if (&into == &chosen) to.insert(to.end(), chosen.begin(), chosen.end());
        if (to.size() > kNodeSetMax) stop(ErrorCode::kLimit, "a path finds too many nodes");
        if (stopped()) return;
    }
    if (!in_order && from.size() > 1) {
        charge(to.size());
        sort_nodes(to);
    }
    flat = in_order || to.size() < 2 ||
           (from.size() == 1 && (stays_flat(step.axis) || step.axis == Axis::kFollowingSibling ||
                                 step.axis == Axis::kPrecedingSibling));
}

void Evaluator::filter(const Predicate& predicate, NodeSet& nodes) {
    if (predicate.fixed_position != 0) {
        if (predicate.fixed_position > nodes.size()) return nodes.clear();
        const NodeView one = nodes[predicate.fixed_position - 1];
        nodes.assign(1, one);
        return;
    }
    const ExprNode& test = *predicate.expr;
    const bool is_number = test.kind == ValueKind::kNumber;
    const bool may_be_number = is_number || test.kind == ValueKind::kAny;
    const std::size_t size = nodes.size();
    std::size_t kept = 0;
    for (std::size_t i = 0; i < size && charge(1); ++i) {
        const Frame frame{nodes[i], i + 1, size};
        bool holds = false;
        if (may_be_number) {
            const Value value = this->value(test, frame);
            const auto* number = std::get_if<double>(&value);
            holds = number != nullptr ? *number == static_cast<double>(i + 1) : to_boolean(value);
        } else {
            holds = boolean(test, frame);
        }
        if (holds) nodes[kept++] = nodes[i];
    }
    nodes.resize(kept);
}

bool Evaluator::step_by_index(const Step& step, const NodeSet& from, NodeSet& to) {
    if (step.predicates.empty() || step.predicates.front().keys.empty() || !is_named_child(step) ||
        !has_host() || context_.host->indexes() == nullptr) {
        return false;
    }
    for (const NodeView& parent : from) {
        if (parent.tree->revision() != 0) return false;
    }
    NodeSet chosen;
    for (const NodeView& parent : from) {
        chosen.clear();
        if (!answer_by_index(step, step.predicates.front(), parent, chosen)) {
            to.clear();
            return false;
        }
        if (!step.predicates.front().only_keys) filter(step.predicates.front(), chosen);
        for (std::size_t i = 1; i < step.predicates.size(); ++i) {
            filter(step.predicates[i], chosen);
        }
        to.insert(to.end(), chosen.begin(), chosen.end());
    }
    return true;
}

bool Evaluator::answer_by_index(const Step& step, const Predicate& predicate,
                                const NodeView& parent, NodeSet& to) {
    IndexCache& cache = *context_.host->indexes();
    const NodeTree& tree = *parent.tree;
    // The libraries read numbers differently.
    const std::string item = (library_ == Library::kCore ? "core\n" : "") + step.test.local + '\n' +
                             step.test.uri + '\n' + step.test.other_uri;
    std::optional<EqualityIndex::Items> best;
    for (const EqualityKey& key : predicate.keys) {
        const Value wanted = operand(*key.value, start());
        if (stopped()) return true;
        if (std::holds_alternative<bool>(wanted)) continue;
        const EqualityIndex* index = cache.find(parent, item, key.signature);
        if (index == nullptr) {
            EqualityIndex made;
            std::string text;
            const auto add_key = [&](NodeIndex node, NodeIndex child) {
                text.clear();
                tree.append_string_value(node, text);
                made.add(text, text_number(text), child);
                return charge(1);
            };
            // Nearly always the key is one column: no node-set for each of so many items.
            const std::vector<Step>& path = key.key->steps;
            const bool is_column =
                path.size() == 1 && is_named_child(path[0]) && path[0].predicates.empty();
            each_named_child(parent, step.test, [&](NodeIndex child) {
                if (is_column) {
                    return each_named_child({&tree, child}, path[0].test,
                                            [&](NodeIndex cell) { return add_key(cell, child); });
                }
                for (const NodeView& node : nodes(*key.key, {{&tree, child}, 1, 1}))
                    add_key(node.index, child);
                return !stopped();
            });
            if (stopped()) return true;
            made.finish();
            index = &cache.keep(parent, item, key.signature, std::move(made));
        }
        EqualityIndex::Items items;
        bool several = false;
        const auto add_text = [&](const std::string& text) {
            const std::size_t before = items.size();
            index->by_text(text, items);
            several = several || (before > 0 && items.size() > before);
        };
        if (const auto* number = std::get_if<double>(&wanted)) {
            index->by_number(*number, library_ == Library::kOpenRosa ? kTolerance : 0, items);
            several = true;
        } else if (const auto* text = std::get_if<std::string>(&wanted)) {
            add_text(*text);
        } else {
            for (const NodeView& node : *std::get_if<NodeSet>(&wanted))
                add_text(to_text(node));
        }
        if (several) {
            std::sort(items.begin(), items.end(),
                      [&tree](NodeIndex a, NodeIndex b) { return a != b && tree.precedes(a, b); });
            items.erase(std::unique(items.begin(), items.end()), items.end());
        }
        if (!best || items.size() < best->size()) best = std::move(items);
    }
    if (!best) return false;
    charge(best->size());
    for (const NodeIndex index : *best)
        to.push_back({&tree, index});
    return true;
}

NodeSet Evaluator::lookup(const NodeView& parent, std::string_view item, std::string_view key,
                          const std::string& value) {
    NodeTest items;
    items.local = item;
    NodeSet found;
    if (has_host() && context_.host->indexes() != nullptr && parent.tree->revision() == 0) {
        IndexCache& cache = *context_.host->indexes();
        const std::string place = "any\n" + std::string(item);
        const EqualityIndex* index = cache.find(parent, place, key);
        if (index == nullptr) {
            EqualityIndex made;
            for (NodeIndex child = parent.tree->first_child_named(parent.index, item);
                 child != kNoNode && charge(1);
                 child = parent.tree->next_sibling_named(child, item)) {
                const NodeIndex cell = parent.tree->first_child_named(child, key);
                if (cell == kNoNode) continue;
                made.add(to_text({parent.tree, cell}), std::nan(""), child);
            }
            if (stopped()) return found;
            made.finish();
            index = &cache.keep(parent, place, key, std::move(made));
        }
        EqualityIndex::Items rows;
        index->by_text(value, rows);
        for (const NodeIndex row : rows)
            found.push_back({parent.tree, row});
        return found;
    }
    for (NodeIndex child = parent.tree->first_child_named(parent.index, item);
         child != kNoNode && charge(1); child = parent.tree->next_sibling_named(child, item)) {
        const NodeIndex cell = parent.tree->first_child_named(child, key);
        if (cell != kNoNode && to_text({parent.tree, cell}) == value) {
            found.push_back({parent.tree, child});
        }
    }
    return found;
}

bool Evaluator::absolute_names(const ExprNode& path, std::vector<std::string_view>& names) const {
    if (path.type != NodeType::kPath) return false;
    const NodeView at = current();
    bool relative = path.start == PathStart::kContext;
    if (path.start == PathStart::kExpression) {
        if (path.args[0]->type != NodeType::kCall || path.args[0]->name != "current" ||
            !path.start_predicates.empty()) {
            return false;
        }
        relative = true;
    }
    if (relative) {
        if (at.tree != root_.tree || at.is_null()) return false;
        for (NodeIndex up = at.index; up != kNoNode && up != root_.index;
             up = at.tree->parent(up)) {
            names.push_back(at.tree->local_name(up));
        }
        std::reverse(names.begin(), names.end());
    }
    for (const Step& step : path.steps) {
        if (!step.predicates.empty()) return false;
        if (step.axis == Axis::kSelf && step.test.kind == NodeTest::Kind::kNode) continue;
        if (step.axis == Axis::kParent && step.test.kind == NodeTest::Kind::kNode) {
            if (names.empty()) return false;
            names.pop_back();
            continue;
        }
        if (!is_named_child(step)) return false;
        names.push_back(step.test.local);
    }
    return true;
}

NodeSet Evaluator::walk(const std::vector<std::string_view>& names,
                        const std::vector<Chosen>& chosen) {
    NodeSet found;
    if (!root_.is_null()) found.push_back(root_);
    std::vector<NodeIndex> chain;  // the context node's ancestors, from the document down
    const NodeView at = current();
    if (at.tree == root_.tree && !at.is_null()) {
        for (NodeIndex up = at.index; up != kNoNode && up != root_.index;
             up = at.tree->parent(up)) {
            chain.push_back(up);
        }
        std::reverse(chain.begin(), chain.end());
    }
    bool with_context = true;
    for (std::size_t depth = 0; depth < names.size() && !stopped(); ++depth) {
        const Chosen* choice = nullptr;
        for (const Chosen& candidate : chosen) {
            if (candidate.names.size() == depth + 1 &&
                std::equal(candidate.names.begin(), candidate.names.end(), names.begin())) {
                choice = &candidate;
            }
        }
        NodeSet next;
        for (const NodeView& node : found) {
            std::size_t position = 0;
            for (NodeIndex child = node.tree->first_child_named(node.index, names[depth]);
                 child != kNoNode && charge(1);
                 child = node.tree->next_sibling_named(child, names[depth])) {
                ++position;
                if (choice != nullptr) {
                    if (position < choice->position) continue;
                    next.push_back({node.tree, child});
                    break;
                }
                const bool own = with_context && depth < chain.size() &&
                                 node.tree->local_name(chain[depth]) == names[depth];
                if (!own || chain[depth] == child) next.push_back({node.tree, child});
            }
        }
        with_context = with_context && choice == nullptr && depth < chain.size() &&
                       root_.tree->local_name(chain[depth]) == names[depth];
        found = std::move(next);
    }
    keep_included(found);
    return found;
}

}  // namespace survey::expr
