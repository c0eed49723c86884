#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "forms/runtime/audit_log.h"
#include "forms/runtime/form_session.h"
#include "forms/runtime/instance_builder.h"
#include "forms/runtime/instance_tree.h"
#include "forms/runtime/instance_writer.h"
#include "forms/runtime/paradata.h"
#include "forms/runtime/recalculation.h"
#include "forms/runtime/recalculation_plan.h"
#include "forms/runtime/session_cache.h"
#include "forms/runtime/session_host.h"

namespace survey::forms {

/// The parts of a session and what they do together. Public members: only FormSession sees it.
class FormSession::State {
  public:
    State(std::shared_ptr<const RecalculationPlan> plan, const SessionEnvironment& environment);

    // Opening, in this order (session_open.cpp).
    Result<void> choose_language(const std::string& name);
    Result<void> load_lists(const OpenOptions& options);
    Result<xml::Document> read_list(const SecondaryInstance& instance, const OpenOptions& options,
                                    bool& is_placeholder) const;
    Result<void> build(const OpenOptions& options);
    Result<void> start(OpenOptions::Mode mode);
    void start_audit(const OpenOptions& options);

    // Changing (session_change.cpp).
    void begin() { recalculation_.schedule_clock(); }
    /// Evaluates, meets repeat counts, takes back answers no longer offered and runs the actions of
    /// changed values, until nothing is left.
    void settle();
    Change finish();
    std::string read(NodeId node, std::string_view lexical) const;
    Result<void> check_targets(NodeId node) const;  ///< Of its value-changed actions.
    void run_actions(std::string_view event);
    NodeId add_instance(NodeId range, std::size_t index);
    void remove_instance(NodeId instance) { recalculation_.remove_instance(instance, removed_); }
    void fill_end_timestamps();

    /// What the instance as it is does to entity lists (session_entities.cpp).
    std::vector<EntityChange> entity_changes() const;

    // The audit log (session_audit.cpp).
    void audit_answer(NodeId node, const std::string& before);
    void audit_end();
    void audit_note(std::string_view event, NodeId node);

    // Looking (form_session.cpp).
    bool can_change_number(NodeId range) const;
    std::optional<ViolationKind> violation_kind(NodeId node) const;
    std::optional<Violation> violation(NodeId node) const;
    std::optional<Violation> warning(NodeId node) const;
    Violation describe(NodeId node, ViolationKind kind) const;
    const Control* control_of(NodeId node) const;
    NodeId resolve(NodeRef ref, NodeId context) const;  ///< A range where `ref` is a repeat.

    std::shared_ptr<const RecalculationPlan> plan_;
    const FormDefinition& form_;
    SessionEnvironment environment_;
    InstanceTree tree_;
    SessionHost host_;
    Recalculation recalculation_;
    RecordExtras extras_;
    Paradata paradata_;
    std::optional<AuditLog> audit_;     // only where the form asks for it
    bool wants_change_reason_ = false;  // a finished record was changed, and the form asks why
    bool is_edit_ = false;
    std::string instance_id_;
    std::vector<HostRequest> requests_;

  private:
    void preload(NodeId below);
    void apply_defaults(NodeId below);
    InstanceBuilder builder() { return {*plan_, tree_, paradata_, host_.moment()}; }
    void keep_record_extras(const xml::Document& document, xml::Node root);
    void move_instance_id();
    void ensure_instance_id();
    void bring_back_hidden_repeats();
    void meet_fixed_numbers();
    Result<void> check_load_targets() const;

    bool meet_count(NodeId range);
    bool check_choices(NodeId node);
    void run_action(const Action& action, NodeId origin);
    void run_new_repeat_actions(NodeId instance);
    std::vector<NodeId> origins(const Action& action) const;
    std::vector<NodeId> targets(const Action& action, NodeId origin) const;

    std::vector<std::pair<std::string, std::string>> properties_;
    std::vector<std::pair<std::string, std::string>> defaults_;
    std::vector<NodeId> removed_;
    std::uint32_t next_request_ = 1;
    bool is_loading_ = false;
};

}  // namespace survey::forms
