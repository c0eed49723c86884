#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/base/clock.h"
#include "common/model/form.h"
#include "common/model/log_entry.h"
#include "common/model/review.h"
#include "common/model/revision.h"
#include "common/sync/messages.h"

namespace survey::collector {

/// Where this device belongs, from the reply to its enrolment.
struct Enrolment {
    std::string url;  ///< Of the server, without a slash at the end.
    ServerId server;
    PublicKey server_key;
    std::string token;  ///< Secret: goes into requests, never into logs or screens.
    std::string project;
};

/// Who this device is. A device without enrolment has a provisional id of its own making, so that
/// interviews can be finalised before the first contact.
struct Identity {
    WriterId writer;
    std::optional<WriterParent> parent;
    PublicKey device_key;
    std::optional<Enrolment> enrolment;
};

/// What opening the database found. Rotation of the incarnation has been done already where due.
enum class OpenFinding : std::uint8_t {
    kNormal,
    kNew,            ///< The database was made now.
    kMarkerMissing,  ///< The identity file beside it is gone; treated like a copy.
    kCopied,         ///< Another machine, or another life of this database.
    kRestored,       ///< The database is older than the last interview saved on this machine.
};

struct FormSummary {
    FormRef ref;
    FormHash hash;
    std::string title;
    bool withdrawn = false;
    Instant received{};
};

/// An unfinished interview.
struct Draft {
    DraftId id;
    FormRef form;
    FormHash form_hash;
    InstanceId instance;
    std::string xml;              ///< The instance as far as it goes, hidden answers included.
    std::string position;         ///< Where the person was; the interview's own spelling.
    std::string language;         ///< Of the form.
    std::string title;            ///< What the list shows, if the interview offers something.
    std::vector<Remark> remarks;  ///< By `ref`, ascending.
    Instant started{};
    Instant changed{};
    std::optional<RevisionId> corrects;  ///< Set when a finalised interview was opened again.
};

/// What a draft keeps of an interview; saved whole, so that its parts always belong together.
struct DraftState {
    std::string xml;
    std::string position;
    std::string language;
    std::string title;
    /// All of them, by `ref`; they go with the interview when it is finalised. Nothing: unchanged.
    std::optional<std::vector<Remark>> remarks;
};

/// What a new draft starts from.
struct NewDraft {
    FormRef form;
    std::string xml;
    std::string language;
    /// Empty: a new one is made. The interview needs it before for the instance's own metadata.
    InstanceId instance;
};

/// The largest file of an answer: a photograph as a phone takes it, or some minutes of sound. The
/// server takes no larger one.
inline constexpr std::size_t kAnswerFileBytesMax = 16 * 1024 * 1024;
/// As many as one revision may name (common/codec/WIRE.md).
inline constexpr std::int64_t kAnswerFilesMax = 256;

/// A picture or recording of an answer; the answer is its name.
struct AnswerFile {
    std::string name;        ///< No path; at most 255 bytes.
    std::string media_type;  ///< "image/jpeg"
    std::string bytes;
};

/// What the readable log tells about. Stored: never change or reuse a number.
enum class EventKind : std::uint8_t {
    kFinalised = 1,
    kCorrectionBegun = 2,
    kDiscarded = 3,
    kSynced = 4,
    kSyncFailed = 5,
};

/// One line of the log: what happened, and what else is to say of it, but no answer and no label.
struct StoreEvent {
    Instant at{};
    EventKind kind = EventKind::kFinalised;
    std::string detail;  ///< In the spelling of whoever noted it.
};

/// What the person said "finished" to.
struct Finished {
    std::string content;  ///< Instance XML without hidden answers.
    std::string author;
    std::string title;
    /// Files of the draft that the answers name; the others go with the draft.
    std::vector<Attachment> attachments;
};

/// How far a finalised interview has come.
enum class Delivery : std::uint8_t {
    kWaiting,      ///< Saved here and nowhere else that we know of.
    kDelivered,    ///< The server has it.
    kQuarantined,  ///< The server has it and asks a supervisor.
    kErased,       ///< Erased on request; nothing but the number is left.
    kRefused,      ///< Not authentic at the server: kept here, a person must look.
};

/// A finalised interview in a list; the latest revision made here.
struct Interview {
    InstanceId instance;
    RevisionId rev;
    FormRef form;
    std::string title;
    Instant finalised{};
    Delivery delivery = Delivery::kWaiting;
    QuarantineReason reason = QuarantineReason::kNone;
    std::optional<Review> review;
};

/// For the status line and the sync screen.
struct SyncStatus {
    std::uint64_t drafts = 0;
    std::uint64_t waiting = 0;
    std::uint64_t delivered = 0;
    std::uint64_t quarantined = 0;
    std::uint64_t refused = 0;
    std::uint64_t files = 0;              ///< Of finalised interviews, and not at the server yet.
    std::optional<Instant> last_contact;  ///< By this device's clock.
    bool revoked = false;
    bool repair_pending = false;
};

}  // namespace survey::collector
