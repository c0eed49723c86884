// What a session tells the audit log of its form.

#include <utility>

#include "common/base/plain_text.h"
#include "forms/runtime/session_state_internal.h"

namespace survey::forms {

void FormSession::State::start_audit(const OpenOptions& options) {
    is_edit_ = options.mode == OpenOptions::Mode::kEdit;
    const AuditSettings settings = audit_settings(form_);
    std::string earlier = std::exchange(paradata_.audit, {});
    if (settings.node == kNoRef) return;
    if (earlier.empty()) earlier = options.audit;
    audit_.emplace(settings, *environment_.clock);
    if (!earlier.empty()) audit_->continue_from(earlier);
    if (settings.user) audit_->set_user(options.user);
    const bool is_new = options.mode == OpenOptions::Mode::kNew;
    audit_->note(is_new ? "form start" : "form resume");
}

void FormSession::State::audit_end() {
    if (!audit_ || !audit_->is_open()) return;
    const NodeId node = audit_->open_node();
    const bool has_value = node != kNoNodeId && tree_.at(node).role == NodeRole::kValue;
    audit_->end(has_value ? std::string_view(tree_.at(node).value) : std::string_view());
}

void FormSession::State::audit_note(std::string_view event, NodeId node) {
    if (!audit_) return;
    audit_end();
    audit_->note(event, node == kNoNodeId ? std::string() : tree_.path(node));
}

void FormSession::State::audit_answer(NodeId node, const std::string& before) {
    if (is_edit_ && audit_->settings().reasons) wants_change_reason_ = true;
    if (audit_->open_node() == node) return;  // told when the person leaves it
    audit_->answer(tree_.path(node), before, tree_.at(node).value);
}

void FormSession::audit_stop(const FormEvent& stop) {
    State& self = *state_;
    if (!self.audit_) return;
    if (self.audit_->is_open() && self.audit_->open_node() == stop.node && stop.node != kNoNodeId) {
        return;
    }
    self.audit_end();
    const bool is_there = stop.node != kNoNodeId && exists(stop.node);
    const std::string path = is_there ? self.tree_.path(stop.node) : std::string();
    switch (stop.kind) {
        case FormEvent::Kind::kQuestion:
            if (!is_there) break;
            self.audit_->begin("question", stop.node, path, self.tree_.at(stop.node).value);
            break;
        case FormEvent::Kind::kGroup:
            self.audit_->begin("group questions", stop.node, path, {});
            break;
        case FormEvent::Kind::kPromptNewRepeat:
            self.audit_->begin("add repeat", stop.node, path, {});
            break;
        case FormEvent::Kind::kEnd:
            self.audit_->begin("end screen", kNoNodeId, {}, {});
            break;
        case FormEvent::Kind::kBeginning:
        case FormEvent::Kind::kRepeat:
            break;
    }
}

Result<void> FormSession::audit_event(std::string_view event, NodeId node) {
    if (!is_host_audit_event(event)) {
        return fail(ErrorCode::kInvalidInput,
                    "\"" + std::string(event) + "\" is no event that a host notes.");
    }
    state_->audit_note(event, exists(node) ? node : kNoNodeId);
    return {};
}

void FormSession::audit_user(std::string_view user) {
    if (state_->audit_ && state_->audit_->settings().user) state_->audit_->set_user(user);
}

void FormSession::audit_place(const std::optional<AuditPlace>& place) {
    if (state_->audit_ && state_->audit_->settings().place) state_->audit_->set_place(place);
}

Result<void> FormSession::give_change_reason(std::string_view reason) {
    const bool is_blank = reason.find_first_not_of(" \t\r\n") == std::string_view::npos;
    if (is_blank || reason.size() > kReasonBytesMax || !is_plain_text(reason)) {
        return fail(ErrorCode::kInvalidInput,
                    "A reason is a text of at most " + std::to_string(kReasonBytesMax) + " bytes.");
    }
    if (!state_->audit_) return {};
    state_->audit_end();
    const bool is_asked = state_->audit_->settings().reasons;
    state_->audit_->note("change reason", {}, is_asked ? reason : std::string_view());
    state_->wants_change_reason_ = false;
    return {};
}

std::string FormSession::audit_csv() const {
    return state_->audit_ ? state_->audit_->csv() : std::string();
}

}  // namespace survey::forms
