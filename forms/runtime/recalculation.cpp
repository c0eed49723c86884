#include "forms/runtime/recalculation.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

namespace survey::forms {

namespace {

// A form whose rules feed each other through predicates may never come to rest. So many rounds over
// all nodes are more than any chain that does.
constexpr std::size_t kRoundsMax = 100;
constexpr std::size_t kEvaluationsAlways = 10'000;

std::uint16_t bit_of(Rule rule) {
    return static_cast<std::uint16_t>(1u << static_cast<unsigned>(rule));
}

std::string_view part_name(Rule rule) {
    switch (rule) {
        case Rule::kCalculate:
            return "calculation";
        case Rule::kRelevant:
            return "relevance";
        case Rule::kReadonly:
            return "readonly";
        case Rule::kRequired:
            return "required";
        case Rule::kConstraint:
            return "constraint";
        case Rule::kWarning:
            return "warning";
        case Rule::kCount:
            return "repeat count";
        case Rule::kText:
        case Rule::kChoices:
            break;
    }
    return "choices";
}

void sort_unique(std::vector<NodeId>& nodes, const InstanceTree& tree) {
    std::erase_if(nodes, [&](NodeId node) { return !tree.at(node).alive; });
    std::sort(nodes.begin(), nodes.end(),
              [&](NodeId a, NodeId b) { return tree.order(a) < tree.order(b); });
    nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
}

}  // namespace

Recalculation::Recalculation(const RecalculationPlan& plan, InstanceTree& tree,
                             const SessionHost& host)
    : plan_(plan),
      tree_(tree),
      host_(host),
      waiting_(plan.rules().size()),
      shared_(plan.shared_count()) {}

void Recalculation::schedule(std::uint32_t rule, NodeId node) {
    InstanceNode& at = tree_.at(node);
    const PlannedRule& planned = plan_.rules()[rule];
    // Something that it reads may be different: the same for all that share the answer.
    if (planned.shared != PlannedRule::kNotShared) shared_[planned.shared].reset();
    const std::uint16_t bit = bit_of(planned.rule);
    if (!at.alive || (at.pending & bit) != 0) return;
    at.pending |= bit;
    std::vector<NodeId>& waiting = waiting_[rule];
    if (waiting.empty()) {
        heap_.push_back(rule);
        std::push_heap(heap_.begin(), heap_.end(), std::greater<>());
    }
    waiting.push_back(node);
}

void Recalculation::schedule_instances(std::uint32_t rule, NodeId below) {
    const PlannedRule& planned = plan_.rules()[rule];
    const FormDefinition& form = plan_.form();
    const NodeRef top = tree_.at(below).ref;
    NodeRef steps[256];  // as deep as a document may be (xml::Limits)
    std::size_t depth = 0;
    for (NodeRef up = planned.node; up != top; up = form.nodes[up].parent) {
        if (up == kNoRef || depth == std::size(steps)) return;
        steps[depth++] = up;
    }
    const auto arrive = [&](NodeId node) {
        const InstanceNode& at = tree_.at(node);
        const bool counts = planned.rule == Rule::kCount;
        if (at.role == NodeRole::kRepeatRange) {
            const bool of_prompt = planned.rule == Rule::kRelevant ||
                                   planned.rule == Rule::kReadonly || planned.rule == Rule::kText;
            if (counts || of_prompt) schedule(rule, node);
            if (!counts) {
                for (const NodeId instance : at.slots)
                    schedule(rule, instance);
            }
        } else if (counts && at.role == NodeRole::kRepeatInstance) {
            schedule(rule, at.range);
        } else {
            schedule(rule, node);
        }
    };
    const auto descend = [&](const auto& self, NodeId node, std::size_t left) -> void {
        if (left == 0) return arrive(node);
        if (tree_.at(node).role == NodeRole::kRepeatRange) {
            const std::vector<NodeId>& instances = tree_.at(node).slots;
            for (const NodeId instance : instances)
                self(self, instance, left);
            return;
        }
        const NodeRef step = steps[left - 1];
        const NodeId next =
            form.nodes[step].is_attribute ? tree_.attribute(node, step) : tree_.child(node, step);
        if (next != kNoNodeId) self(self, next, left - 1);
    };
    descend(descend, below, depth);
}

void Recalculation::schedule_dependent(const Dependent& dependent, NodeId stands_in) {
    NodeId below = tree_.root();
    if (dependent.scope != 0) {
        below = tree_.ancestor(stands_in, dependent.scope);
        if (below == kNoNodeId || !tree_.at(below).alive) return;
    }
    schedule_instances(dependent.rule, below);
}

void Recalculation::schedule_readers(NodeRef changed, NodeId stands_in) {
    for (const Dependent& dependent : plan_.readers_of(changed)) {
        schedule_dependent(dependent, stands_in);
    }
}

void Recalculation::schedule_below(NodeId node) {
    std::vector<NodeId> all;
    tree_.collect(node, all);
    for (const NodeId at : all) {
        const NodeRole role = tree_.at(at).role;
        for (const std::uint32_t rule : plan_.rules_of(tree_.at(at).ref)) {
            const Rule kind = plan_.rules()[rule].rule;
            const bool is_range = role == NodeRole::kRepeatRange;
            if (kind == Rule::kCount && !is_range) continue;
            if (is_range && kind != Rule::kCount && kind != Rule::kRelevant &&
                kind != Rule::kReadonly) {
                continue;
            }
            schedule(rule, at);
        }
        if (role == NodeRole::kValue && !tree_.at(at).value.empty() && host_.restricts_answer(at)) {
            choices_.push_back(at);
        }
    }
}

void Recalculation::schedule_clock() {
    for (const std::uint32_t rule : plan_.clock_rules())
        schedule_all(rule);
}

void Recalculation::schedule_language() {
    for (const std::uint32_t rule : plan_.language_rules())
        schedule_all(rule);
}

bool Recalculation::store(NodeId node, std::string answer) {
    if (tree_.at(node).value == answer) return false;
    tree_.set_value(node, std::move(answer));
    tree_.at(node).overruled = false;  // the reason was given for another answer
    touch(node);
    const NodeRef ref = tree_.at(node).ref;
    schedule_readers(ref, node);
    if (!plan_.change_actions(ref).empty()) changed_values_.push_back(node);
    if (host_.restricts_answer(node)) choices_.push_back(node);
    return true;
}

void Recalculation::instance_added(NodeId instance) {
    const NodeId range = tree_.at(instance).range;
    schedule_below(instance);
    refresh_relevance(instance);
    refresh_readonly(instance);
    std::vector<NodeId> made;
    tree_.collect(instance, made);
    for (const NodeId node : made) {
        touch(node);
        schedule_readers(tree_.at(node).ref, node);
    }
    schedule_moved(range, tree_.at(instance).position);
}

/// From 0-based `first` on the instances of the range stand elsewhere than before.
void Recalculation::schedule_moved(NodeId range, std::size_t first) {
    touch(range);
    const std::vector<NodeId> instances = tree_.at(range).slots;
    for (const Dependent& dependent : plan_.position_readers(tree_.at(range).ref)) {
        for (std::size_t i = first; i < instances.size(); ++i) {
            schedule_instances(dependent.rule, instances[i]);
        }
        if (plan_.rules()[dependent.rule].node == tree_.at(range).ref) {
            schedule_instances(dependent.rule, range);
        }
    }
    for (std::size_t i = first; i < instances.size(); ++i) {
        std::vector<NodeId> moved;
        tree_.collect(instances[i], moved);
        for (const NodeId node : moved)
            touch(node);
    }
}

void Recalculation::remove_instance(NodeId instance, std::vector<NodeId>& removed) {
    const NodeId range = tree_.at(instance).range;
    const std::size_t index = tree_.at(instance).position - 1;
    std::vector<NodeId> gone;
    tree_.collect(instance, gone);
    tree_.take_instance(instance);
    for (const NodeId node : gone)
        schedule_readers(tree_.at(node).ref, node);
    schedule_moved(range, index);
    removed.insert(removed.end(), gone.begin(), gone.end());
}

bool Recalculation::run() {
    std::size_t left = kEvaluationsAlways + kRoundsMax * tree_.size();
    while (!heap_.empty()) {
        std::pop_heap(heap_.begin(), heap_.end(), std::greater<>());
        const std::uint32_t rule = heap_.back();
        heap_.pop_back();
        const std::vector<NodeId> waiting = std::exchange(waiting_[rule], {});
        const std::uint16_t bit = bit_of(plan_.rules()[rule].rule);
        for (const NodeId node : waiting) {
            tree_.at(node).pending = static_cast<std::uint16_t>(tree_.at(node).pending & ~bit);
            if (!tree_.at(node).alive) continue;
            if (left-- == 0) {
                set_fault(node, part_name(plan_.rules()[rule].rule),
                          "The rules of this form feed each other and do not come to rest.");
                for (const std::uint32_t other : heap_) {
                    for (const NodeId still : waiting_[other])
                        tree_.at(still).pending = 0;
                    waiting_[other].clear();
                }
                for (const NodeId still : waiting)
                    tree_.at(still).pending = 0;
                heap_.clear();
                return false;
            }
            evaluate(rule, node);
        }
    }
    return true;
}

void Recalculation::evaluate(std::uint32_t index, NodeId node) {
    const PlannedRule& rule = plan_.rules()[index];
    InstanceNode& at = tree_.at(node);
    switch (rule.rule) {
        case Rule::kCalculate:
            calculate(rule, node);
            break;
        case Rule::kRelevant:
            at.own_relevant = condition(rule, node, true);
            refresh_relevance(node);
            break;
        case Rule::kReadonly:
            at.own_readonly = condition(rule, node, false);
            refresh_readonly(node);
            break;
        case Rule::kRequired: {
            const bool required = condition(rule, node, false);
            if (required == at.required) break;
            at.required = required;
            touch(node);
            break;
        }
        case Rule::kConstraint: {
            // Blank answers and hidden nodes have nothing to violate.
            const bool applies = at.relevant && !at.value.empty();
            const bool holds = !applies || condition(rule, node, true);
            if (holds == at.constraint_holds) break;
            at.constraint_holds = holds;
            touch(node);
            break;
        }
        case Rule::kWarning: {
            const bool warned = at.relevant && condition(rule, node, false);
            if (warned == at.warned) break;
            at.warned = warned;
            touch(node);
            break;
        }
        case Rule::kText:
            touch(node);
            break;
        case Rule::kCount:
            counts_.push_back(node);
            break;
        case Rule::kChoices:
            touch(node);
            if (!at.value.empty() && host_.restricts_answer(node)) choices_.push_back(node);
            break;
    }
}

void Recalculation::calculate(const PlannedRule& rule, NodeId node) {
    const InstanceNode& at = tree_.at(node);
    if (at.first_child != kNoNodeId || at.role == NodeRole::kGroup) return;
    auto result = rule.expression->evaluate(host_.context(node));
    if (!result) {
        set_fault(node, part_name(rule.rule), result.error().message);
        return;
    }
    clear_fault(node, part_name(rule.rule));
    const FormNode& definition = tree_.definition(node);
    const AnswerType type = definition.bind ? definition.bind->type : AnswerType::kString;
    std::optional<ControlKind> control;
    if (definition.control != kNoControl) {
        control = plan_.form().controls[definition.control].kind;
    }
    store(node, answer_of(type, control, *result, host_.moment()));
}

bool Recalculation::condition(const PlannedRule& rule, NodeId node, bool otherwise) {
    const auto faulty = [&](const Error& error) {
        set_fault(node, part_name(rule.rule), error.message);
        return otherwise;
    };
    if (rule.shared != PlannedRule::kNotShared && shared_[rule.shared]) {
        clear_fault(node, part_name(rule.rule));
        return *shared_[rule.shared];
    }
    if (rule.expression->result_kind() != expr::ValueKind::kNodeSet) {
        const auto result = rule.expression->evaluate_boolean(host_.context(node));
        if (!result) return faulty(result.error());
        clear_fault(node, part_name(rule.rule));
        if (rule.shared != PlannedRule::kNotShared) shared_[rule.shared] = *result;
        return *result;
    }
    // A bare reference means the answer there, not that the node exists (JavaRosa).
    const auto nodes = rule.expression->evaluate_nodes(host_.context(node));
    if (!nodes) return faulty(nodes.error());
    clear_fault(node, part_name(rule.rule));
    if (nodes->empty()) return false;
    const expr::NodeView& first = nodes->front();
    const std::string text = expr::to_string(first);
    if (first.tree != &tree_ || first.index >= tree_.size()) return !text.empty();
    const FormNode& definition = tree_.definition(first.index);
    const AnswerType type = definition.bind ? definition.bind->type : AnswerType::kString;
    if (type == AnswerType::kBoolean) return text == "true" || text == "1";
    if (type == AnswerType::kInt || type == AnswerType::kDecimal) {
        const double number = expr::to_number(std::string_view(text));
        return !std::isnan(number) && number != 0;
    }
    return !text.empty();
}

void Recalculation::refresh_relevance(NodeId node) {
    InstanceNode& at = tree_.at(node);
    const bool outside = at.parent == kNoNodeId || tree_.at(at.parent).relevant;
    const bool relevant = outside && at.own_relevant;
    if (relevant == at.relevant) return;
    at.relevant = relevant;
    tree_.changed();
    touch(node);
    schedule_readers(at.ref, node);
    if (at.role == NodeRole::kRepeatRange) return;
    if (at.role == NodeRole::kRepeatInstance) {
        touch(at.range);
    }
    if (relevant && !at.value.empty() && host_.restricts_answer(node)) choices_.push_back(node);
    for (NodeId on = at.first_attribute; on != kNoNodeId; on = tree_.at(on).next) {
        refresh_relevance(on);
    }
    for (const NodeId slot : at.slots) {
        if (slot == kNoNodeId) continue;
        refresh_relevance(slot);
        if (tree_.at(slot).role != NodeRole::kRepeatRange) continue;
        for (const NodeId instance : tree_.at(slot).slots)
            refresh_relevance(instance);
    }
}

void Recalculation::refresh_readonly(NodeId node) {
    InstanceNode& at = tree_.at(node);
    const bool outside = at.parent != kNoNodeId && tree_.at(at.parent).readonly;
    const bool readonly = outside || at.own_readonly;
    if (readonly == at.readonly) return;
    at.readonly = readonly;
    touch(node);
    if (at.role == NodeRole::kRepeatRange) return;
    for (const NodeId slot : at.slots) {
        if (slot == kNoNodeId) continue;
        refresh_readonly(slot);
        if (tree_.at(slot).role != NodeRole::kRepeatRange) continue;
        for (const NodeId instance : tree_.at(slot).slots)
            refresh_readonly(instance);
    }
}

void Recalculation::touch(NodeId node) {
    InstanceNode& at = tree_.at(node);
    if (at.touched) return;
    at.touched = true;
    touched_.push_back(node);
}

std::vector<NodeId> Recalculation::take_touched() {
    std::vector<NodeId> out = std::exchange(touched_, {});
    for (const NodeId node : out)
        tree_.at(node).touched = false;
    sort_unique(out, tree_);
    return out;
}

std::vector<NodeId> Recalculation::take_counts() {
    std::vector<NodeId> out = std::exchange(counts_, {});
    sort_unique(out, tree_);
    return out;
}

std::vector<NodeId> Recalculation::take_choices() {
    std::vector<NodeId> out = std::exchange(choices_, {});
    sort_unique(out, tree_);
    return out;
}

std::vector<NodeId> Recalculation::take_changed_values() {
    std::vector<NodeId> out = std::exchange(changed_values_, {});
    sort_unique(out, tree_);
    return out;
}

std::string Recalculation::fault(NodeId node) const {
    const auto found = faults_.find(node);
    if (found == faults_.end() || found->second.empty()) return {};
    return found->second.front().first + ": " + found->second.front().second;
}

void Recalculation::set_fault(NodeId node, std::string_view part, std::string message) {
    clear_fault(node, part);
    faults_[node].emplace_back(std::string(part), std::move(message));
    touch(node);
}

void Recalculation::clear_fault(NodeId node, std::string_view part) {
    if (faults_.empty()) return;
    const auto found = faults_.find(node);
    if (found == faults_.end()) return;
    const std::size_t erased =
        std::erase_if(found->second, [&](const auto& fault) { return fault.first == part; });
    if (erased > 0) touch(node);
}

}  // namespace survey::forms
