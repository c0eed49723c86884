#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "forms/runtime/session_types.h"

namespace survey::forms {

/// One instance of a form being filled in; the only way to change it. Every change recalculates
/// exactly what depends on it, in dependency order, and says what became different.
/// Pure: no file, socket, lock or log. One thread. Errors never leave a half-made change behind.
///
/// Semantics: ODK XForms specification; where the engines in the field differ, the decisions are
/// listed in forms/runtime/SEMANTICS.md.
class FormSession {
  public:
    static Result<FormSession> open(const std::shared_ptr<const FormDefinition>& form,
                                    const SessionEnvironment& environment,
                                    const OpenOptions& options = {});
    FormSession(FormSession&&) noexcept;
    FormSession& operator=(FormSession&&) noexcept;
    ~FormSession();

    const FormDefinition& form() const;
    const std::string& language() const;
    const std::string& instance_id() const;

    // Looking.
    NodeId root() const;
    /// Form notation with or without positions ("/data/person[2]/name"; without: the first).
    Result<NodeId> find(std::string_view ref) const;
    bool exists(NodeId node) const;
    NodeState state(NodeId node) const;     ///< REQUIRES exists(node).
    std::vector<NodeId> all_nodes() const;  ///< Parents before children, document order.
    ShownText label(NodeId node) const;
    ShownText hint(NodeId node) const;
    /// Choices now on offer, in the order to show them. Empty for what is not a select.
    Result<std::vector<Choice>> choices(NodeId node) const;
    /// What the answer reads like: choice labels for selects, the value for the rest.
    std::string display_value(NodeId node) const;

    // Changing. A value that the type cannot hold is stored blank; a value against the constraint
    // is stored and shows as the node's violation. kForbidden: readonly, not a value, no control;
    // kInvalidInput: a whole number beyond 32 bits, or an action that cannot run.
    Result<Change> set_value(NodeId node, std::string_view lexical);
    /// What `set_value` would find wrong with it, without storing. Nothing: acceptable. Also says
    /// when the type cannot hold the text (then with an empty message and kind kConstraint).
    Result<std::optional<Violation>> try_value(NodeId node, std::string_view lexical) const;
    /// Keeps an answer against its warning. The reason goes with draft and record and is void as
    /// soon as the answer changes. kForbidden: nothing is warned of here; kInvalidInput: the reason
    /// is blank, too long or no text.
    Result<Change> overrule(NodeId node, std::string_view reason);
    /// Adds one instance after `after` (an instance of this range; kNoNodeId: after the last).
    Result<NodeId> add_repeat(NodeId range, NodeId after, Change& change);
    Result<Change> remove_repeat(NodeId instance);
    Result<Change> set_language(std::string_view language);
    const std::vector<HostRequest>& requests() const;
    Result<Change> answer_request(std::string_view request_id, std::string_view value);

    // Walking. `next` and `previous` at an end stay there.
    std::vector<FormEvent> events() const;
    FormEvent next(const FormEvent& event) const;
    FormEvent previous(const FormEvent& event) const;

    // The audit log of a form that asks for one (SEMANTICS.md, "Audit log"); else nothing happens.
    /// The person stands here now. What they stood at before is over.
    void audit_stop(const FormEvent& stop);
    /// Something that only the host knows: `is_host_audit_event`. kInvalidInput: no such event.
    Result<void> audit_event(std::string_view event, NodeId node = kNoNodeId);
    void audit_user(std::string_view user);
    void audit_place(const std::optional<AuditPlace>& place);
    /// Why a finished record was changed. kInvalidInput: blank, too long or no text.
    Result<void> give_change_reason(std::string_view reason);
    /// The log so far as CSV; empty where the form asks for none.
    std::string audit_csv() const;

    // Finishing.
    std::vector<Violation> validate() const;  ///< Document order, relevant values only.
    /// What the soft checks found, overruled or not, in document order.
    std::vector<Violation> warnings() const;
    /// What stands against finishing: `validate` and the warnings without a reason.
    std::vector<Violation> unfinished() const;
    /// Fills in timestamp/end, computes once more, validates, and returns the record. May be
    /// repeated.
    Finalised finalise(Change& change);
    std::string serialize(const SerializeOptions& options = {}) const;

    /// Evaluates an expression at a node, as a bind of it would.
    Result<expr::Value> evaluate(const expr::Expr& expression, NodeId context) const;

  private:
    class State;
    class Walk;
    explicit FormSession(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace survey::forms
