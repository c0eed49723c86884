#include <algorithm>
#include <cmath>
#include <utility>

#include "forms/runtime/session_state_internal.h"

namespace survey::forms {

namespace {

// Counts, choices and actions that feed each other; forms in the field need three or four rounds.
constexpr int kRoundsMax = 100;
// A mistyped count must not fill the memory of a tablet.
constexpr double kInstancesMax = 10'000;

bool has_event(const Action& action, std::string_view event) {
    return std::find(action.events.begin(), action.events.end(), event) != action.events.end();
}

}  // namespace

void FormSession::State::settle() {
    for (int round = 0; round < kRoundsMax; ++round) {
        recalculation_.run();
        bool changed = false;
        for (const NodeId range : recalculation_.take_counts()) {
            if (tree_.at(range).alive) changed = meet_count(range) || changed;
        }
        if (changed) continue;
        for (const NodeId node : recalculation_.take_choices()) {
            changed = check_choices(node) || changed;
        }
        if (changed) continue;
        const std::vector<NodeId> sources = recalculation_.take_changed_values();
        if (is_loading_ || sources.empty()) return;
        for (const NodeId node : sources) {
            for (const std::uint32_t action : plan_->change_actions(tree_.at(node).ref)) {
                if (tree_.at(node).alive) run_action(form_.actions[action], node);
            }
        }
    }
    recalculation_.take_changed_values();
    recalculation_.set_fault(tree_.root(), "form",
                             "Its repeat counts, choices and actions feed each other and do not "
                             "come to rest.");
}

Change FormSession::State::finish() {
    Change change;
    change.changed = recalculation_.take_touched();
    change.removed = std::exchange(removed_, {});
    return change;
}

std::string FormSession::State::read(NodeId node, std::string_view lexical) const {
    const FormNode& definition = tree_.definition(node);
    const AnswerType type = definition.bind ? definition.bind->type : AnswerType::kString;
    std::optional<ControlKind> control;
    if (definition.control != kNoControl) control = form_.controls[definition.control].kind;
    return read_answer(type, control, lexical, host_.moment()).value_or("");
}

NodeId FormSession::State::add_instance(NodeId range, std::size_t index) {
    const NodeId instance = builder().add_instance(range, index);
    preload(instance);
    apply_defaults(instance);
    recalculation_.instance_added(instance);
    recalculation_.run();
    run_new_repeat_actions(instance);
    return instance;
}

/// True: instances came or went. A blank count leaves the number as it is. Instances beyond the
/// count go, and come back with their answers when it rises again before the record is finished.
bool FormSession::State::meet_count(NodeId range) {
    const ControlIndex index = plan_->repeat_control(tree_.at(range).ref);
    if (index == kNoControl || !form_.controls[index].repeat_count) return false;
    const auto result = form_.controls[index].repeat_count->evaluate_number(host_.context(range));
    if (!result) {
        recalculation_.set_fault(range, "repeat count", result.error().message);
        return false;
    }
    if (std::isnan(*result)) return false;
    if (*result > kInstancesMax) {
        recalculation_.set_fault(range, "repeat count", "More than 10000 instances are asked for.");
        return false;
    }
    const auto wanted = static_cast<std::size_t>(std::max(0.0, std::trunc(*result)));
    const std::size_t before = tree_.at(range).slots.size();
    std::vector<NodeId>& surplus = paradata_.surplus[range];
    while (tree_.at(range).slots.size() > wanted) {
        const NodeId last = tree_.at(range).slots.back();
        surplus.push_back(last);
        remove_instance(last);
    }
    std::vector<NodeId> added;
    while (tree_.at(range).slots.size() < wanted) {
        const std::size_t at = tree_.at(range).slots.size();
        if (!surplus.empty()) {
            recalculation_.instance_added(builder().revive_instance(range, at, surplus.back()));
            surplus.pop_back();
            continue;
        }
        const NodeId instance = builder().add_instance(range, at);
        preload(instance);
        apply_defaults(instance);
        recalculation_.instance_added(instance);
        added.push_back(instance);
    }
    if (!added.empty()) recalculation_.run();
    for (const NodeId instance : added) {
        if (tree_.at(instance).alive) run_new_repeat_actions(instance);
    }
    return tree_.at(range).slots.size() != before;
}

/// An answer that its list no longer offers is taken back, as if the person had.
bool FormSession::State::check_choices(NodeId node) {
    const InstanceNode& at = tree_.at(node);
    if (!at.alive || !at.relevant || at.value.empty() || !host_.restricts_answer(node))
        return false;
    auto kept = host_.keep_offered(node, at.value);
    if (!kept) {
        recalculation_.set_fault(node, "choices", kept.error().message);
        return false;
    }
    return recalculation_.store(node, *std::move(kept));
}

/// Where the actions of an event start: the instances of the control that an action is nested in.
std::vector<NodeId> FormSession::State::origins(const Action& action) const {
    if (action.nested_in == kNoControl) return {tree_.root()};
    const NodeRef ref = form_.controls[action.nested_in].ref;
    if (ref == kNoRef) return {tree_.root()};
    std::vector<NodeId> all;
    tree_.collect(tree_.root(), all);
    std::erase_if(all, [&](NodeId node) {
        return tree_.at(node).ref != ref || tree_.at(node).role == NodeRole::kRepeatRange;
    });
    return all;
}

/// The target's instances in the same repeat instance as `origin`.
std::vector<NodeId> FormSession::State::targets(const Action& action, NodeId origin) const {
    if (action.target == kNoRef) return {};
    if (action.target_path) {
        std::vector<NodeId> chosen;
        const auto found = action.target_path->evaluate_nodes(host_.context(origin));
        if (!found) return {};
        for (const expr::NodeView& node : *found) {
            if (node.tree == &tree_ && node.index < tree_.size()) chosen.push_back(node.index);
        }
        return chosen;
    }
    std::vector<NodeRef> chain;  // from the target up
    for (NodeRef up = action.target; up != kNoRef; up = form_.nodes[up].parent)
        chain.push_back(up);
    NodeId from = origin;
    auto step = chain.end();
    for (; from != kNoNodeId; from = tree_.at(from).parent) {
        step = std::find(chain.begin(), chain.end(), tree_.at(from).ref);
        if (step != chain.end()) break;
    }
    if (from == kNoNodeId) return {};
    std::vector<NodeId> at{from};
    while (step != chain.begin()) {
        --step;
        std::vector<NodeId> below;
        for (const NodeId node : at) {
            const NodeId next = form_.nodes[*step].is_attribute ? tree_.attribute(node, *step)
                                                                : tree_.child(node, *step);
            if (next == kNoNodeId) continue;
            if (tree_.at(next).role == NodeRole::kRepeatRange) {
                const std::vector<NodeId>& instances = tree_.at(next).slots;
                below.insert(below.end(), instances.begin(), instances.end());
            } else {
                below.push_back(next);
            }
        }
        at = std::move(below);
    }
    return at;
}

Result<void> FormSession::State::check_targets(NodeId node) const {
    for (const std::uint32_t index : plan_->change_actions(tree_.at(node).ref)) {
        const Action& action = form_.actions[index];
        if (targets(action, node).size() > 1) {
            return fail(ErrorCode::kInvalidInput,
                        "An action of " + tree_.path(node) + " cannot run: its target " +
                            form_.nodes[action.target].path + " has more than one node.");
        }
    }
    return {};
}

Result<void> FormSession::State::check_load_targets() const {
    for (const Action& action : form_.actions) {
        if (!has_event(action, "odk-instance-first-load")) continue;
        for (const NodeId origin : origins(action)) {
            if (targets(action, origin).size() > 1) {
                return fail(ErrorCode::kInvalidInput,
                            "An action of the form cannot run: its target " +
                                form_.nodes[action.target].path + " has more than one node.");
            }
        }
    }
    return {};
}

void FormSession::State::run_actions(std::string_view event) {
    for (const Action& action : form_.actions) {
        if (!has_event(action, event)) continue;
        for (const NodeId origin : origins(action)) {
            // What is hidden while a form is loaded is not set, and not made up for later.
            bool hidden = false;
            for (const NodeId target : targets(action, origin)) {
                hidden = hidden || !tree_.at(target).relevant;
            }
            if (!hidden || !is_loading_) run_action(action, origin);
        }
    }
}

void FormSession::State::run_new_repeat_actions(NodeId instance) {
    const NodeRef repeat = tree_.at(instance).ref;
    for (const Action& action : form_.actions) {
        if (!has_event(action, "odk-new-repeat")) continue;
        NodeRef place = action.target;
        if (action.nested_in != kNoControl) place = form_.controls[action.nested_in].ref;
        if (place == kNoRef || form_.nodes[place].repeat_scope != repeat) continue;
        run_action(action, instance);
    }
}

void FormSession::State::run_action(const Action& action, NodeId origin) {
    const std::vector<NodeId> found = targets(action, origin);
    if (found.empty()) return;
    const NodeId target = found.front();
    if (found.size() > 1) {
        recalculation_.set_fault(
            origin, "action",
            "The target " + form_.nodes[action.target].path + " has more than one node.");
        return;
    }
    if (action.kind != ActionKind::kSetValue) {
        HostRequest request;
        request.id = "r" + std::to_string(next_request_++);
        request.kind = action.kind == ActionKind::kSetGeopoint ? "geopoint" : "audio";
        request.node = target;
        request.quality = action.quality;
        requests_.push_back(std::move(request));
        return;
    }
    std::string answer;
    if (action.value) {
        const auto result = action.value->evaluate(host_.context(target));
        if (!result) {
            recalculation_.set_fault(target, "action", result.error().message);
            return;
        }
        const FormNode& definition = tree_.definition(target);
        const AnswerType type = definition.bind ? definition.bind->type : AnswerType::kString;
        std::optional<ControlKind> control;
        if (definition.control != kNoControl) control = form_.controls[definition.control].kind;
        answer = answer_of(type, control, *result, host_.moment());
    } else {
        answer = read(target, action.literal);
    }
    recalculation_.store(target, std::move(answer));
    recalculation_.run();
}

void FormSession::State::fill_end_timestamps() {
    std::vector<NodeId> all;
    tree_.collect(tree_.root(), all);
    for (const NodeId node : all) {
        const std::optional<Bind>& bind = tree_.definition(node).bind;
        if (!bind || bind->preload.kind != "timestamp" || bind->preload.params != "end") continue;
        recalculation_.store(node,
                             read(node, local_date_time(host_.now(), *environment_.time_zone)));
    }
}

}  // namespace survey::forms
