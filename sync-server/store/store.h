#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/clock.h"
#include "common/base/random.h"
#include "common/base/result.h"
#include "common/model/form.h"
#include "common/sync/messages.h"
#include "sync-server/store/records.h"

namespace survey::server {

/// Everything the server keeps. Any thread. A call that changes something is one transaction, and
/// its effect survives a power cut when it returns success.
///
/// Failures of all calls: kUnavailable (disk, lock: try later), kCorrupt (stored bytes are
/// damaged).
class Store {
  public:
    virtual ~Store() = default;

    virtual ServerIdentity identity() = 0;
    virtual Result<void> set_project(const std::string& title) = 0;

    // --- Devices

    /// The code to give away: shown now and never again.
    virtual Result<std::string> create_enrolment_code(const NewEnrolmentCode& code) = 0;
    virtual Result<std::vector<EnrolmentCode>> enrolment_codes() = 0;
    virtual Result<void> withdraw_enrolment_code(std::int64_t number) = 0;
    /// kNotEnrolled: unknown, used up, expired or withdrawn code; which one is not told.
    virtual Result<EnrolReply> enrol(const EnrolRequest& request) = 0;
    /// Whose token it is; revoked devices too, since they may still deliver. kNotEnrolled
    /// otherwise.
    virtual Result<Device> authenticate(std::string_view token) = 0;
    virtual Result<std::vector<Device>> devices() = 0;
    virtual Result<void> revoke_device(const DeviceId& device) = 0;

    // --- Sync

    /// Remembers the writer at first contact and raises the clone alarm. kForbidden: the writer is
    /// not the device's.
    virtual Result<HelloReply> hello(const Device& device, const HelloRequest& request) = 0;
    /// Stores everything that is authentic, item by item; one odd item stops no other. Concurrent
    /// calls share a commit. kConflict: the epoch is not ours.
    virtual Result<PushReply> push(const Device& device, const Epoch& epoch, const WriterId& writer,
                                   std::span<const CheckedItem> items) = 0;
    /// kConflict and an alarm: the cursor is ahead of this server. kForbidden: revoked.
    virtual Result<PullReply> pull(const Device& device, const PullRequest& request) = 0;

    // --- Forms

    /// Keeps the version for ever and announces it. Publishing the same again changes nothing.
    /// kConflict: the reference belongs to another text.
    virtual Result<void> publish_form(const PublishedForm& form) = 0;
    virtual Result<void> withdraw_form(const FormRef& ref, bool withdrawn) = 0;
    /// Without XML and media, newest first.
    virtual Result<std::vector<PublishedForm>> forms() = 0;
    virtual Result<PublishedForm> form(const FormRef& ref) = 0;

    // --- Submissions

    /// Answers that come without a device (browser, other clients): logged under the server's own
    /// writer. The same content for the same instance gives the same receipt with kDuplicate in the
    /// result, whatever the intake says. Counting and storing are one transaction. Another content
    /// without parents replaces one that was kept apart. kConflict: it would replace one that
    /// counts; kForbidden: the intake takes nothing new; kLimit: it is full, or
    /// takes nothing odd.
    virtual Result<PushResult> submit(const RevisionEnvelope& envelope, const Judgement& judgement,
                                      const Intake& intake) = 0;
    /// How many answers of that channel count.
    virtual Result<std::uint64_t> count_channel(const std::string& channel) = 0;
    virtual Result<std::vector<Submission>> submissions(const SubmissionFilter& filter) = 0;
    virtual Result<std::uint64_t> count_submissions(const SubmissionFilter& filter) = 0;
    virtual Result<Submission> submission(const InstanceId& instance) = 0;
    virtual Result<std::vector<RevisionInfo>> history(const InstanceId& instance) = 0;
    /// Verified against its name. kNotFound, also after erasure.
    virtual Result<RevisionEnvelope> revision(const RevisionId& rev) = 0;
    /// The device that brought the interview learns of it.
    virtual Result<void> review(const Review& review) = 0;
    /// Lets an item out of quarantine, or puts it there, with a new judgement.
    virtual Result<void> judge_again(const RevisionId& rev, const Judgement& judgement) = 0;
    /// Deletes all bodies and answers of the submission, keeps stubs, orders devices to delete.
    /// What comes for it later is taken without its content, also after a restore.
    virtual Result<void> erase(const InstanceId& instance) = 0;

    // --- Files of answers: which bytes are here, and who names them

    /// The bytes are safe on disk. Again: they are not swept for another day.
    virtual Result<void> note_file(const StoredFile& file) = 0;
    virtual Result<std::optional<StoredFile>> file(const BlobHash& hash) = 0;
    virtual Result<std::optional<StoredFile>> file_by_sha256(const Bytes32& sha256) = 0;
    /// Whether a revision that this device brought names the file.
    virtual Result<bool> names_file(const DeviceId& device, const BlobHash& hash) = 0;
    /// Forgets the files that no revision names: those noted two days ago or earlier, and those
    /// whose last revision was erased. At most a thousand at once; nothing: done.
    virtual Result<std::vector<BlobHash>> forget_unused_files() = 0;

    // --- For tabulations

    /// Every counted answer of a form id (all versions), for warm-up. Returns the position that the
    /// set corresponds to; follow from there. `each` runs on this thread; it must not call the
    /// store.
    virtual Result<std::uint64_t> for_each_answer(
        const std::string& form_id, const std::function<void(const AnswerRecord&)>& each) = 0;
    /// What changed after `pos`, in order, at most `count_max` steps (each submission as it is
    /// now).
    virtual Result<std::vector<AnswerChange>> answer_changes(std::uint64_t pos,
                                                             std::uint32_t count_max) = 0;
    /// Position of the last change.
    virtual Result<std::uint64_t> position() = 0;

    // --- Small records of other rooms; `kind` names the room's collection

    virtual Result<std::optional<Record>> record(std::string_view kind, std::string_view key) = 0;
    /// In the order of keys.
    virtual Result<std::vector<Record>> records(std::string_view kind) = 0;
    /// Writes if the stored version is still `record.version` (0: must not exist yet); an empty
    /// value deletes. Returns the new version. kConflict: somebody else was faster.
    virtual Result<std::uint64_t> put_record(std::string_view kind, const Record& record) = 0;

    virtual Result<std::vector<Alarm>> alarms() = 0;
    /// Moves the write-ahead log into the file; call at quiet times.
    virtual Result<void> tidy() = 0;
    /// A checked copy of the whole store while it runs.
    virtual Result<void> back_up(const std::string& path) = 0;
};

struct SqliteStoreOptions {
    std::string path;    ///< Of the database; its directory exists.
    std::string marker;  ///< server.marker on another volume if there is one: proves a restore.
    std::uint32_t readers = 2;
    std::int64_t pages_max = 0;  ///< As in DatabaseOptions.
    /// The operator says: this is a restored backup, go on with it in a new epoch.
    bool adopt = false;
};

/// The embedded store: one writing connection, several that only read. Makes the file at first use.
/// kConflict: the database is older than the marker (restored) and `adopt` was not given.
Result<std::unique_ptr<Store>> open_sqlite_store(const SqliteStoreOptions& options,
                                                 const Clock& clock, Random& random);

}  // namespace survey::server
