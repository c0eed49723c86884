#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/base/clock.h"
#include "common/crypto/crypto.h"
#include "common/model/form.h"
#include "common/model/log_entry.h"
#include "common/model/review.h"
#include "common/model/revision.h"
#include "common/sync/messages.h"

namespace survey::server {

/// The server itself.
struct ServerIdentity {
    ServerId server;
    Epoch epoch;
    PublicKey key;  ///< Checks receipts.
    std::string project;
};

/// A machine in the field, or the server's own intake for answers from browsers and other clients.
struct Device {
    DeviceId id;
    std::string name;
    PublicKey key;
    std::string app_version;
    Instant enrolled{};
    std::optional<Instant> last_seen;
    std::int64_t clock_skew_ms = 0;  ///< Device minus server at the last hello.
    bool revoked = false;
};

/// Permission to enrol. The code itself is shown once and kept only as a hash.
struct EnrolmentCode {
    std::int64_t number = 0;
    std::string label;
    std::uint32_t devices_max = 1;
    std::uint32_t devices_used = 0;
    Instant created{};
    Instant expires{};
    bool withdrawn = false;
};

struct NewEnrolmentCode {
    std::string label;
    std::uint32_t devices_max = 1;
    std::chrono::hours valid_for{72};
};

/// What ingest thinks of an envelope, made before the transaction.
struct Judgement {
    /// Anything but kNone: stored, kept out of results, shown to a supervisor.
    QuarantineReason quarantine = QuarantineReason::kNone;
    std::string note;  ///< For the supervisor: which rule; no answers.
    std::string
        holding;  ///< Whose answer it is (firm or organisation key), for disclosure control.
    std::string answers;  ///< The compact record that tabulations read; opaque here.
};

/// A pushed item after the checks that need no database: is it what it says, and who signed it.
/// Made by `check_item` only; ingest adds the judgement.
struct CheckedItem {
    PushItem item;
    bool authentic = false;                    ///< Hash and signature are right.
    std::optional<RevisionEnvelope> envelope;  ///< Nothing for a format of the future.
    Judgement judgement;
};

/// Verifies hash and signature, reads the envelope; quarantines unreadable ones. Pure, any thread.
CheckedItem check_item(const PublicKey& device_key, PushItem item);

/// One interview or answer sheet, as lists show it.
struct Submission {
    InstanceId instance;
    FormRef form;
    RevisionId head;          ///< The revision that counts.
    std::uint32_t heads = 1;  ///< More than one: a conflict to settle.
    std::uint32_t revisions = 1;
    std::uint64_t pos = 0;  ///< Of the last change.
    DeviceId device;        ///< That brought the head.
    std::string author;
    Instant received{};
    QuarantineReason quarantine = QuarantineReason::kNone;  ///< Of the head.
    std::string note;
    ReviewState review = ReviewState::kReceived;
    std::string review_note;
};

struct SubmissionFilter {
    std::string form_id = {};       ///< Empty: all.
    std::string form_version = {};  ///< Empty: all.
    bool conflicts_only = false;
    bool quarantined_only = false;
    std::optional<ReviewState> review = std::nullopt;
    std::uint64_t before_pos =
        UINT64_MAX;  ///< Newest first: give the last `pos` for the next page.
    std::uint32_t count_max = 100;
};

/// A revision in the history of a submission.
struct RevisionInfo {
    RevisionId rev;
    std::vector<RevisionId> parents;
    bool is_head = false;
    DeviceId device;
    std::string author;
    Instant wall_clock{};
    Instant received{};
    std::uint64_t pos = 0;
    QuarantineReason quarantine = QuarantineReason::kNone;
    std::string note;
};

/// What tabulations read: the counted revision of one submission that is neither in quarantine nor
/// rejected.
struct AnswerRecord {
    InstanceId instance;
    RevisionId rev;
    FormRef form;
    std::string holding;
    std::string answers;
    Instant received{};
};

/// A step of the change stream for followers on the server.
struct AnswerChange {
    std::uint64_t pos = 0;
    InstanceId instance;
    std::optional<AnswerRecord> record;  ///< Nothing: the submission no longer counts.
};

/// Something a person must look at. Stored: never change or reuse a number.
enum class AlarmKind : std::uint8_t {
    kCloned = 1,        ///< Two copies of a device are at work.
    kFutureCursor = 2,  ///< A device has seen more than there is: an unannounced restore.
    kFork = 3,
};

struct Alarm {
    std::int64_t number = 0;
    AlarmKind kind = AlarmKind::kFork;
    DeviceId device;
    Instant when{};
};

/// The door through which an answer without a device comes.
struct Intake {
    /// Counts its answers: "link:7K3M9QXA". Empty: nobody counts.
    std::string channel = {};
    /// False: only what is here already gets its receipt, again.
    bool takes_new = true;
    /// Of submissions that count. Those kept apart take no place.
    std::optional<std::uint64_t> answers_max = std::nullopt;
    /// False: nothing new that would be kept apart.
    bool takes_odd = true;
    /// What is kept as the time of arrival; nothing: the clock's. A day is enough for answers that
    /// nobody should be found by.
    std::optional<Instant> received = std::nullopt;
};

/// A file of an answer whose bytes are here (sync-server/files).
struct StoredFile {
    BlobHash hash;
    Bytes32 sha256{};  ///< What browsers can compute.
    std::uint64_t size = 0;
};

/// A small record that a room of the server owns: an account, a link, a saved table. Opaque here.
struct Record {
    std::string key;
    std::string value;
    std::uint64_t version = 0;  ///< Grows by one with every write; 0: does not exist.
};

}  // namespace survey::server
