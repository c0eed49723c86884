#include <algorithm>
#include <utility>

#include "common/base/ensure.h"
#include "common/base/plain_text.h"
#include "forms/runtime/session_state_internal.h"

namespace survey::forms {

std::string_view violation_word(ViolationKind kind) {
    switch (kind) {
        case ViolationKind::kRequired:
            return "required";
        case ViolationKind::kConstraint:
            return "constraint";
        case ViolationKind::kWarning:
            break;
    }
    return "soft";
}

FormSession::FormSession(std::unique_ptr<State> state) : state_(std::move(state)) {}
FormSession::FormSession(FormSession&&) noexcept = default;
FormSession& FormSession::operator=(FormSession&&) noexcept = default;
FormSession::~FormSession() = default;

const FormDefinition& FormSession::form() const {
    return state_->form_;
}
const std::string& FormSession::language() const {
    return state_->form_.languages[state_->host_.language()].name;
}
const std::string& FormSession::instance_id() const {
    return state_->instance_id_;
}
NodeId FormSession::root() const {
    return state_->tree_.root();
}

Result<NodeId> FormSession::find(std::string_view ref) const {
    const NodeId node = find_node(state_->tree_, state_->form_, ref, state_->tree_.root());
    if (node == kNoNodeId || !ref.starts_with('/')) {
        return fail(ErrorCode::kNotFound,
                    "There is no node \"" + std::string(ref) + "\" in this instance.");
    }
    return node;
}

bool FormSession::exists(NodeId node) const {
    return node < state_->tree_.size() && state_->tree_.at(node).alive;
}

bool FormSession::State::can_change_number(NodeId range) const {
    const InstanceNode& at = tree_.at(range);
    const ControlIndex index = plan_->repeat_control(at.ref);
    if (index == kNoControl || at.readonly) return false;
    const Control& control = form_.controls[index];
    return !control.repeat_count && !control.no_add_remove;
}

std::optional<ViolationKind> FormSession::State::violation_kind(NodeId node) const {
    const InstanceNode& at = tree_.at(node);
    if (at.role != NodeRole::kValue || !at.relevant) return std::nullopt;
    if (at.value.empty()) {
        if (at.required) return ViolationKind::kRequired;
        return std::nullopt;
    }
    if (!at.constraint_holds) return ViolationKind::kConstraint;
    return std::nullopt;
}

Violation FormSession::State::describe(NodeId node, ViolationKind kind) const {
    Violation violation;
    violation.node = node;
    violation.ref = tree_.path(node);
    violation.kind = kind;
    const std::optional<Bind>& bind = tree_.definition(node).bind;
    if (bind) {
        const TextSource& message = kind == ViolationKind::kRequired  ? bind->required_message
                                    : kind == ViolationKind::kWarning ? bind->warn_message
                                                                      : bind->constraint_message;
        violation.message = host_.text(message, node).text;
    }
    return violation;
}

std::optional<Violation> FormSession::State::violation(NodeId node) const {
    const auto kind = violation_kind(node);
    if (!kind) return std::nullopt;
    return describe(node, *kind);
}

std::optional<Violation> FormSession::State::warning(NodeId node) const {
    const InstanceNode& at = tree_.at(node);
    if (at.role != NodeRole::kValue || !at.relevant || !at.warned) return std::nullopt;
    Violation found = describe(node, ViolationKind::kWarning);
    if (at.overruled) found.reason = paradata_.reason(node);
    return found;
}

const Control* FormSession::State::control_of(NodeId node) const {
    const NodeRef ref = tree_.at(node).ref;
    const ControlIndex index = form_.nodes[ref].control;
    return index == kNoControl ? nullptr : &form_.controls[index];
}

NodeId FormSession::State::resolve(NodeRef ref, NodeId context) const {
    std::vector<NodeRef> chain;  // from `ref` up
    for (NodeRef up = ref; up != kNoRef; up = form_.nodes[up].parent)
        chain.push_back(up);
    NodeId at = context;
    auto step = chain.end();
    for (; at != kNoNodeId; at = tree_.at(at).parent) {
        step = std::find(chain.begin(), chain.end(), tree_.at(at).ref);
        if (step != chain.end()) break;
    }
    while (at != kNoNodeId && step != chain.begin()) {
        if (tree_.at(at).role == NodeRole::kRepeatRange) return kNoNodeId;
        --step;
        at = form_.nodes[*step].is_attribute ? tree_.attribute(at, *step) : tree_.child(at, *step);
    }
    return at;
}

NodeState FormSession::state(NodeId node) const {
    ENSURE(exists(node));
    const State& self = *state_;
    const InstanceNode& at = self.tree_.at(node);
    NodeState out;
    out.id = node;
    out.parent = at.role == NodeRole::kRepeatInstance ? at.range : at.parent;
    for (const NodeId slot : at.slots) {
        if (slot != kNoNodeId) out.children.push_back(slot);
    }
    out.role = at.role;
    out.definition = at.ref;
    out.control = self.form_.nodes[at.ref].control;
    out.ref = self.tree_.path(node);
    out.relevant = at.relevant;
    if (at.role == NodeRole::kRepeatRange) {
        const bool may_add = self.can_change_number(node);
        out.can_add = may_add && at.relevant;
        out.can_remove = may_add && !at.slots.empty();
        // The range's own condition is that of the instance that might be added.
        for (const NodeId instance : at.slots) {
            out.relevant = out.relevant || self.tree_.at(instance).relevant;
        }
    }
    if (at.relevant) out.value = at.value;
    out.readonly = at.readonly;
    out.required = at.required;
    out.violation = self.violation(node);
    out.warning = self.warning(node);
    out.fault = self.recalculation_.fault(node);
    return out;
}

std::vector<NodeId> FormSession::all_nodes() const {
    std::vector<NodeId> out;
    state_->tree_.collect(state_->tree_.root(), out);
    return out;
}

ShownText FormSession::label(NodeId node) const {
    ENSURE(exists(node));
    const State& self = *state_;
    const Control* control = self.control_of(node);
    if (control == nullptr) return {};
    // A repeat mostly has its label on the group around it, which has the same nodeset.
    if (control->kind == ControlKind::kRepeat && control->label.empty() &&
        control->parent != kNoControl) {
        const Control& around = self.form_.controls[control->parent];
        if (around.ref == control->ref) return self.host_.text(around.label, node);
    }
    return self.host_.text(control->label, node);
}

ShownText FormSession::hint(NodeId node) const {
    ENSURE(exists(node));
    const Control* control = state_->control_of(node);
    if (control == nullptr) return {};
    ShownText shown = state_->host_.text(control->hint, node);
    if (shown.guidance.empty()) shown.guidance = state_->host_.text(control->label, node).guidance;
    return shown;
}

Result<std::vector<Choice>> FormSession::choices(NodeId node) const {
    ENSURE(exists(node));
    return state_->host_.choices(node);
}

std::string FormSession::display_value(NodeId node) const {
    ENSURE(exists(node));
    const InstanceNode& at = state_->tree_.at(node);
    const Control* control = state_->control_of(node);
    if (!at.relevant || at.value.empty() || control == nullptr) return at.relevant ? at.value : "";
    const bool one = control->kind == ControlKind::kSelectOne;
    if (!one && control->kind != ControlKind::kSelectMany && control->kind != ControlKind::kRank) {
        return at.value;
    }
    if (one) return state_->host_.choice_text(node, at.value).value_or(at.value);
    std::string out;
    for (std::size_t start = 0; start < at.value.size();) {
        const std::size_t end = std::min(at.value.find(' ', start), at.value.size());
        const std::string value = at.value.substr(start, end - start);
        out += (out.empty() ? "" : ", ") + state_->host_.choice_text(node, value).value_or(value);
        start = end + 1;
    }
    return out;
}

Result<Change> FormSession::set_value(NodeId node, std::string_view lexical) {
    State& self = *state_;
    if (!exists(node)) return fail(ErrorCode::kNotFound, "There is no such node.");
    const InstanceNode& at = self.tree_.at(node);
    if (at.role != NodeRole::kValue || self.control_of(node) == nullptr) {
        return fail(ErrorCode::kForbidden,
                    self.tree_.path(node) + " is not a question and cannot be answered.");
    }
    if (at.readonly) {
        return fail(ErrorCode::kForbidden, self.tree_.path(node) + " cannot be changed.");
    }
    const auto& bind = self.tree_.definition(node).bind;
    if (bind && bind->type == AnswerType::kInt && is_out_of_int_range(lexical)) {
        return fail(ErrorCode::kInvalidInput,
                    self.tree_.path(node) + " takes whole numbers from -2147483648 to 2147483647.");
    }
    std::string answer = self.read(node, lexical);
    if (answer == at.value) return Change{};
    TRY(self.check_targets(node));
    const std::string before = at.value;
    self.begin();
    self.recalculation_.store(node, std::move(answer));
    self.settle();
    if (self.audit_) self.audit_answer(node, before);
    return self.finish();
}

Result<std::optional<Violation>> FormSession::try_value(NodeId node,
                                                        std::string_view lexical) const {
    State& self = *state_;
    if (!exists(node) || self.tree_.at(node).role != NodeRole::kValue) {
        return fail(ErrorCode::kNotFound, "There is no such question.");
    }
    const FormNode& definition = self.tree_.definition(node);
    const std::string answer = self.read(node, lexical);
    const bool is_blank = lexical.find_first_not_of(" \t\r\n") == std::string_view::npos;
    if (answer.empty() && !is_blank) {
        Violation unreadable;
        unreadable.node = node;
        unreadable.ref = self.tree_.path(node);
        unreadable.kind = ViolationKind::kConstraint;
        return std::optional<Violation>(std::move(unreadable));
    }
    if (answer.empty()) {
        if (!self.tree_.at(node).required) return std::optional<Violation>();
        return std::optional<Violation>(self.describe(node, ViolationKind::kRequired));
    }
    if (!definition.bind || !definition.bind->constraint) return std::optional<Violation>();
    // The candidate stands in the tree for as long as its constraint is asked.
    const std::string before = self.tree_.at(node).value;
    self.tree_.set_value(node, answer);
    const auto holds = definition.bind->constraint->evaluate_boolean(self.host_.context(node));
    std::optional<Violation> violation;
    if (holds && !*holds) violation = self.describe(node, ViolationKind::kConstraint);
    self.tree_.set_value(node, before);
    if (!holds) return holds.error();
    return violation;
}

Result<Change> FormSession::overrule(NodeId node, std::string_view reason) {
    State& self = *state_;
    if (!exists(node)) return fail(ErrorCode::kNotFound, "There is no such node.");
    if (!self.warning(node)) {
        return fail(ErrorCode::kForbidden,
                    "Nothing is warned of at " + self.tree_.path(node) + ".");
    }
    if (reason.find_first_not_of(" \t\r\n") == std::string_view::npos) {
        return fail(ErrorCode::kInvalidInput, "A reason is needed to keep the answer.");
    }
    if (reason.size() > kReasonBytesMax || !is_plain_text(reason)) {
        return fail(ErrorCode::kInvalidInput,
                    "A reason is a text of at most " + std::to_string(kReasonBytesMax) + " bytes.");
    }
    self.tree_.at(node).overruled = true;
    self.paradata_.reasons[node] = std::string(reason);
    self.recalculation_.touch(node);
    return self.finish();
}

Result<NodeId> FormSession::add_repeat(NodeId range, NodeId after, Change& change) {
    State& self = *state_;
    if (!exists(range) || self.tree_.at(range).role != NodeRole::kRepeatRange) {
        return fail(ErrorCode::kNotFound, "There is no such repeat.");
    }
    if (!self.can_change_number(range)) {
        return fail(ErrorCode::kForbidden, "The form itself decides how often " +
                                               self.tree_.path(range) + " is repeated.");
    }
    std::size_t index = self.tree_.at(range).slots.size();
    if (after != kNoNodeId) {
        if (!exists(after) || self.tree_.at(after).range != range) {
            return fail(ErrorCode::kNotFound, "The instance to follow is not part of the repeat.");
        }
        index = self.tree_.at(after).position;
    }
    self.begin();
    const NodeId instance = self.add_instance(range, index);
    self.settle();
    self.audit_note("add repeat", instance);
    change = self.finish();
    return instance;
}

Result<Change> FormSession::remove_repeat(NodeId instance) {
    State& self = *state_;
    if (!exists(instance) || self.tree_.at(instance).role != NodeRole::kRepeatInstance) {
        return fail(ErrorCode::kNotFound, "There is no such repeat instance.");
    }
    if (!self.can_change_number(self.tree_.at(instance).range)) {
        return fail(ErrorCode::kForbidden, "The form itself decides how often " +
                                               self.tree_.path(instance) + " is repeated.");
    }
    self.begin();
    self.audit_note("delete repeat", instance);
    self.remove_instance(instance);
    self.settle();
    return self.finish();
}

Result<Change> FormSession::set_language(std::string_view language) {
    State& self = *state_;
    if (language == this->language()) return Change{};
    TRY(self.choose_language(std::string(language)));
    self.begin();
    self.recalculation_.schedule_language();
    for (const NodeId node : all_nodes())
        self.recalculation_.touch(node);
    self.settle();
    return self.finish();
}

const std::vector<HostRequest>& FormSession::requests() const {
    return state_->requests_;
}

Result<Change> FormSession::answer_request(std::string_view request_id, std::string_view value) {
    State& self = *state_;
    const auto found = std::find_if(self.requests_.begin(), self.requests_.end(),
                                    [&](const HostRequest& one) { return one.id == request_id; });
    if (found == self.requests_.end()) {
        return fail(ErrorCode::kNotFound,
                    "There is no open request \"" + std::string(request_id) + "\".");
    }
    const NodeId node = found->node;
    self.requests_.erase(found);
    if (!exists(node)) return Change{};
    self.begin();
    self.recalculation_.store(node, self.read(node, value));
    self.settle();
    return self.finish();
}

Result<expr::Value> FormSession::evaluate(const expr::Expr& expression, NodeId context) const {
    ENSURE(exists(context));
    return expression.evaluate(state_->host_.context(context));
}

}  // namespace survey::forms
