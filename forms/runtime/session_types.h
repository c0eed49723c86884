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
#include "forms/lists/entity_list.h"
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

/// "required", "constraint", "soft": the words of the session protocol.
std::string_view violation_word(ViolationKind kind);

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
    std::vector<std::pair<std::string, std::string>>
        properties;  ///< Columns of the list but the label.
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

/// Where the device is, as its numbers are written; the host gives it or there is none.
struct AuditPlace {
    std::string latitude;
    std::string longitude;
    std::string accuracy;
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
    /// What records made on this device do to entity lists, oldest first, whether or not the server
    /// has them yet: the lists of this session have it.
    std::vector<EntityChange> entities;
    std::string user;   ///< Who fills in, for the audit log of a form that asks for it.
    std::string audit;  ///< audit.csv of the record to be edited; a draft brings its own.
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
    std::string audit;  ///< Content of the attachment audit.csv, where the form asks for it.
    std::vector<EntityChange> entities;  ///< What this record does to entity lists.
    /// The form wants to know why a record was changed, and nobody has said so.
    bool needs_change_reason = false;
};

}  // namespace survey::forms
