#include <algorithm>

#include "forms/runtime/session_state_internal.h"

namespace survey::forms {

namespace {

using Kind = FormEvent::Kind;

}  // namespace

/// The stops in the order of the body: what has a control and is relevant.
class FormSession::Walk {
  public:
    explicit Walk(const State& session) : session_(session) {}

    std::vector<FormEvent> all() {
        events_.push_back({Kind::kBeginning, kNoNodeId});
        controls(session_.form_.top_controls, session_.tree_.root());
        events_.push_back({Kind::kEnd, kNoNodeId});
        return std::move(events_);
    }

  private:
    void controls(const std::vector<ControlIndex>& indices, NodeId context) {
        for (const ControlIndex index : indices)
            control(index, context);
    }

    void control(ControlIndex index, NodeId context) {
        const Control& control = session_.form_.controls[index];
        const bool is_repeat = control.kind == ControlKind::kRepeat;
        const bool holds_others = is_repeat || control.kind == ControlKind::kGroup;
        if (control.ref == kNoRef) {
            if (holds_others) controls(control.children, context);
            return;
        }
        const FormNode& definition = session_.form_.nodes[control.ref];
        if (control.kind == ControlKind::kGroup && definition.is_repeat) {
            controls(control.children, context);  // the heading around a repeat
            return;
        }
        const NodeId node = session_.resolve(control.ref, context);
        if (node == kNoNodeId) return;
        if (is_repeat) {
            if (session_.tree_.at(node).role == NodeRole::kRepeatRange) range(control, node);
            return;
        }
        if (!session_.tree_.at(node).relevant) return;
        if (definition.control == index) {
            events_.push_back({holds_others ? Kind::kGroup : Kind::kQuestion, node});
        }
        if (holds_others) controls(control.children, node);
    }

    void range(const Control& control, NodeId range) {
        for (const NodeId instance : session_.tree_.at(range).slots) {
            if (!session_.tree_.at(instance).relevant) continue;
            events_.push_back({Kind::kRepeat, instance});
            controls(control.children, instance);
        }
        if (session_.tree_.at(range).relevant && session_.can_change_number(range)) {
            events_.push_back({Kind::kPromptNewRepeat, range});
        }
    }

    const State& session_;
    std::vector<FormEvent> events_;
};

std::vector<FormEvent> FormSession::events() const {
    return Walk(*state_).all();
}

/// Where `event` is; where it vanished, the stop before it.
static std::size_t place_of(const std::vector<FormEvent>& events, const FormEvent& event,
                            const InstanceTree& tree) {
    const auto found = std::find(events.begin(), events.end(), event);
    if (found != events.end()) return static_cast<std::size_t>(found - events.begin());
    NodeId node = event.node;
    while (node != kNoNodeId && node < tree.size() && !tree.at(node).alive) {
        node = tree.at(node).role == NodeRole::kRepeatInstance ? tree.at(node).range
                                                               : tree.at(node).parent;
    }
    if (node == kNoNodeId || node >= tree.size()) return 0;
    std::size_t place = 0;
    for (std::size_t i = 1; i + 1 < events.size(); ++i) {
        if (tree.order(events[i].node) <= tree.order(node)) place = i;
    }
    return place;
}

FormEvent FormSession::next(const FormEvent& event) const {
    const std::vector<FormEvent> all = events();
    const std::size_t place = place_of(all, event, state_->tree_);
    return all[std::min(place + 1, all.size() - 1)];
}

FormEvent FormSession::previous(const FormEvent& event) const {
    const std::vector<FormEvent> all = events();
    const std::size_t place = place_of(all, event, state_->tree_);
    if (all[place] != event) return all[place];
    return all[place == 0 ? 0 : place - 1];
}

}  // namespace survey::forms
