#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/base/clock.h"
#include "common/base/random.h"
#include "common/base/result.h"
#include "forms/definition/form_definition.h"
#include "forms/runtime/media.h"

namespace survey::forms {

class SessionCache;  // forms/runtime/session_cache.h

/// A node of one instance being filled in. Stable as long as the node exists, not reused.
using NodeId = std::uint32_t;
inline constexpr NodeId kNoNodeId = 0xFFFFFFFF;

enum class NodeRole : std::uint8_t { kRoot, kGroup, kRepeatRange, kRepeatInstance, kValue };

/// `required` only on blank, `constraint` only on not blank: at most one violation a node. A
/// warning is the finding of a soft check and may stand beside either.
enum class ViolationKind : std::uint8_t { kRequired, kConstraint, kWarning };

/// Longest reason for which a warning is overruled: a sentence or two, no second interview.
inline constexpr std::size_t kReasonBytesMax = 2000;

struct Violation {
    NodeId node = kNoNodeId;
    std::string ref;  ///< Form notation with positions: "/data/person[2]/age".
    ViolationKind kind = ViolationKind::kRequired;
    std::string message;  ///< In the active language; empty where the form has none.
    std::string reason;   ///< Of a warning: why it was overruled. Empty: it is open.
};

/// Text in the active language with outputs filled in, markup as written, and media addresses.
struct ShownText {
    std::string text;
    std::string guidance;
    std::string image, audio, video;  ///< jr:// addresses or empty.
};

struct Choice {
    std::string value;
    ShownText label;
    std::vector<std::pair<std::string, std::string>> properties;  ///< Further columns of the list.
};

/// Everything a screen needs to know of a node. A copy: valid for ever, true when it was taken.
struct NodeState {
    NodeId id = kNoNodeId;
    NodeId parent = kNoNodeId;
    std::vector<NodeId> children;
    NodeRole role = NodeRole::kValue;
    NodeRef definition = kNoRef;
    ControlIndex control = kNoControl;
    std::string ref;
    std::string value;  ///< As expressions see it: blank while not relevant.
    bool relevant = true;
    bool readonly = false;
    bool required = false;
    bool can_add = false;                ///< Repeat range: the user may add.
    bool can_remove = false;             ///< Repeat range: the user may remove.
    std::optional<Violation> violation;  ///< Only of relevant values; never a warning.
    std::optional<Violation> warning;    ///< Of a soft check, overruled or not.
    std::string fault;  ///< An expression of this node failed to evaluate; says which and why.
};

/// What one change did. Nodes whose state differs from before, parents first, new ones included.
struct Change {
    std::vector<NodeId> changed;
    std::vector<NodeId> removed;
};

/// Something only the host can find out; answered by `answer_request`.
struct HostRequest {
    std::string id;
    std::string kind;  ///< "geopoint", "audio"
    NodeId node = kNoNodeId;
    std::string quality;
};

/// A stop of the form, in document order, as JavaRosa walks it.
struct FormEvent {
    enum class Kind : std::uint8_t {
        kBeginning,
        kGroup,
        kRepeat,
        kQuestion,
        kPromptNewRepeat,
        kEnd,
    };
    Kind kind = Kind::kBeginning;
    NodeId node = kNoNodeId;  ///< The repeat range for kPromptNewRepeat; none for the two ends.

    friend bool operator==(const FormEvent&, const FormEvent&) = default;
};

/// The world as a session sees it. All references outlive the session.
struct SessionEnvironment {
    const Clock* clock = nullptr;
    const TimeZone* time_zone = nullptr;
    Random* random = nullptr;
    const MediaSource* media = nullptr;  ///< Null: no files.
    /// A missing file of the form: an error (false) or an empty list (true).
    bool missing_media_is_blank = false;
    /// Shared by the sessions of one form, so that plan and lists are made once; null: none.
    SessionCache* cache = nullptr;
};

struct OpenOptions {
    enum class Mode : std::uint8_t {
        kNew,      ///< From the form: defaults, preloads, first-load actions.
        kRestore,  ///< A draft: no first-load, no preloads.
        kEdit,     ///< A revision of a sent record: instanceID moves to deprecatedID, a new one is
                   ///< made.
    };
    Mode mode = Mode::kNew;
    std::string xml;         ///< The instance, for kRestore and kEdit.
    std::string language;    ///< Empty: the form's default.
    std::string last_saved;  ///< XML of the last saved record, for jr://instance/last-saved.
    std::vector<std::pair<std::string, std::string>> properties;  ///< deviceid, username, email, …
    std::vector<std::pair<std::string, std::string>> defaults;    ///< Path → value, kNew only.
};

struct SerializeOptions {
    /// Drafts keep the values of nodes that are not relevant; submissions leave them out.
    bool include_non_relevant = false;
    /// This node and what is below it only; kNoNodeId: the whole record. REQUIRES that it exists.
    NodeId subtree = kNoNodeId;
};

struct Finalised {
    std::vector<Violation> violations;     ///< Open warnings included. Empty: ready to send.
    std::vector<Violation> warnings;       ///< All of them, overruled or not.
    std::string xml;                       ///< The record as it would be sent.
    std::vector<std::string> attachments;  ///< File names that it refers to.
    std::string instance_id;
    std::string instance_name;
};

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
    // is stored and shows as the node's violation. kForbidden: readonly, not a value, no control.
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
