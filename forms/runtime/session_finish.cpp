#include <utility>

#include "forms/runtime/session_state_internal.h"

namespace survey::forms {

namespace {

/// The attachment's name (ODK XForms specification, "Audit attributes").
constexpr std::string_view kAuditFile = "audit.csv";

bool names_a_file(const FormDefinition& form, const FormNode& node) {
    if (node.bind && node.bind->type == AnswerType::kBinary) return true;
    return node.control != kNoControl && form.controls[node.control].kind == ControlKind::kUpload;
}

}  // namespace

std::vector<Violation> FormSession::validate() const {
    std::vector<Violation> out;
    for (const NodeId node : all_nodes()) {
        if (auto violation = state_->violation(node)) out.push_back(*std::move(violation));
    }
    return out;
}

std::vector<Violation> FormSession::warnings() const {
    std::vector<Violation> out;
    for (const NodeId node : all_nodes()) {
        if (auto warning = state_->warning(node)) out.push_back(*std::move(warning));
    }
    return out;
}

std::vector<Violation> FormSession::unfinished() const {
    std::vector<Violation> out;
    for (const NodeId node : all_nodes()) {
        if (auto violation = state_->violation(node)) out.push_back(*std::move(violation));
        auto warning = state_->warning(node);
        if (warning && warning->reason.empty()) out.push_back(*std::move(warning));
    }
    return out;
}

Finalised FormSession::finalise(Change& change) {
    State& self = *state_;
    self.begin();
    self.fill_end_timestamps();
    self.run_actions("xforms-revalidate");
    self.settle();

    Finalised out;
    out.violations = unfinished();
    out.warnings = warnings();
    out.needs_change_reason = self.wants_change_reason_;
    if (self.audit_) {
        self.audit_end();
        if (!out.violations.empty()) {
            self.audit_note("constraint error", out.violations.front().node);
        } else if (!out.needs_change_reason) {
            self.audit_note("form finalize", kNoNodeId);
        }
        out.audit = self.audit_->csv();
        const NodeId node = self.resolve(self.audit_->settings().node, self.tree_.root());
        if (node != kNoNodeId) self.recalculation_.store(node, std::string(kAuditFile));
    }
    change = self.finish();
    out.xml = serialize();
    for (const NodeId node : all_nodes()) {
        const InstanceNode& at = self.tree_.at(node);
        const bool is_sent = at.role == NodeRole::kValue && at.relevant && !at.value.empty();
        if (is_sent && names_a_file(self.form_, self.tree_.definition(node))) {
            out.attachments.push_back(at.value);
        }
    }
    out.entities = self.entity_changes();
    out.instance_id = self.instance_id_;
    if (self.form_.instance_name != kNoRef) {
        const NodeId name = self.resolve(self.form_.instance_name, self.tree_.root());
        if (name != kNoNodeId && self.tree_.at(name).relevant) {
            out.instance_name = self.tree_.at(name).value;
        }
    }
    return out;
}

std::string FormSession::serialize(const SerializeOptions& options) const {
    ENSURE(options.subtree == kNoNodeId || exists(options.subtree));
    if (state_->audit_) state_->paradata_.audit = state_->audit_->csv();
    return write_instance(state_->tree_, state_->form_, state_->extras_, state_->paradata_,
                          options);
}

}  // namespace survey::forms
