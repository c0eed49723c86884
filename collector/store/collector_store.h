#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "collector/store/records.h"
#include "common/base/clock.h"
#include "common/base/random.h"
#include "common/base/result.h"
#include "common/db/database.h"
#include "common/host/record_log.h"
#include "common/store/revision_log.h"
#include "common/sync/plan.h"

namespace survey::collector {

/// Where the collector keeps its things. The marker must not lie in `data`: it tells a restored or
/// copied database from the living one.
struct StorePaths {
    std::string data;     ///< Directory of collector.db and outbox.log.
    std::string marker;   ///< The file identity.marker.
    std::string machine;  ///< What tells this machine from others (/etc/machine-id), or empty.
    std::int64_t pages_max = 0;  ///< As in DatabaseOptions.
};

/// Everything a device keeps: identity, forms, drafts, finalised interviews, what the server has
/// confirmed. One SQLite file that belongs to one process.
///
/// Success of a call means that its effect survives a power cut. After a failed disk the next call
/// first reopens the database. One thread: the owner locks.
class CollectorStore {
  public:
    /// kUnavailable with a sentence for the person if another collector has the database open;
    /// kCorrupt if the file is damaged or no database any more.
    static Result<std::unique_ptr<CollectorStore>> open(const StorePaths& paths, const Clock& clock,
                                                        Random& random);
    ~CollectorStore();
    CollectorStore(const CollectorStore&) = delete;
    CollectorStore& operator=(const CollectorStore&) = delete;

    OpenFinding finding() const { return finding_; }
    const Identity& identity() const { return identity_; }

    // --- Enrolment

    /// Takes the server's reply: new device id, new incarnation, and every interview finalised so
    /// far is logged again under it. Also for a second server after the first: nothing is lost.
    Result<void> enrol(const std::string& url, const EnrolReply& reply);

    // --- Forms

    /// Newest first, one line per form and version.
    Result<std::vector<FormSummary>> forms();
    Result<PublishedForm> form(const FormRef& ref);
    /// A form from a file; those from the server come with the pages. kConflict: the reference is
    /// taken by another text.
    Result<void> add_form(const PublishedForm& form);

    // --- Drafts

    /// kNotFound: no such form here.
    Result<Draft> start_draft(const NewDraft& start);
    /// One transaction: all of `state`, or on failure nothing of it.
    Result<void> save_draft(const DraftId& id, const DraftState& state);
    Result<Draft> draft(const DraftId& id);
    /// Last changed first, without `xml` and remarks.
    Result<std::vector<Draft>> drafts();
    Result<void> delete_draft(const DraftId& id);

    // --- Files of answers (answer_files.cpp)

    /// Replaces a file of the same name. kInvalidInput: not a name; kLimit: over
    /// kAnswerFileBytesMax or kAnswerFilesMax; kNotFound: no such draft.
    Result<void> put_draft_file(const DraftId& id, const AnswerFile& file);
    Result<AnswerFile> draft_file(const DraftId& id, const std::string& name);
    /// By name.
    Result<std::vector<Attachment>> draft_files(const DraftId& id);
    Result<void> remove_draft_file(const DraftId& id, const std::string& name);
    /// Files of finalised interviews that the server, in this epoch, is not known to have.
    Result<std::vector<BlobHash>> unsent_files(std::size_t count_max);
    Result<std::string> file_bytes(const BlobHash& hash);
    Result<void> file_delivered(const BlobHash& hash);

    // --- The readable log

    Result<void> note_event(EventKind kind, std::string_view detail);
    /// Latest first.
    Result<std::vector<StoreEvent>> events(std::size_t count_max);

    // --- Finalised interviews

    /// Revision, log entry and outbox in one transaction; the draft goes. Only after success may a
    /// screen say "saved". On failure the draft is unchanged.
    Result<RevisionId> finalise(const DraftId& id, const Finished& finished);
    /// Last finalised first.
    Result<std::vector<Interview>> interviews(std::size_t count_max);
    Result<Interview> interview(const InstanceId& instance);
    /// Every revision made here, corrected ones too, in the order of making.
    Result<std::vector<RevisionId>> revisions();
    /// The instance XML of the latest revision.
    Result<std::string> content(const InstanceId& instance);
    /// A draft that corrects the latest revision, with its files; the one that exists already if
    /// there is one.
    Result<Draft> reopen(const InstanceId& instance);

    // --- Sync, in the order of a session (the agent drives it)

    Result<HelloRequest> hello(const std::string& app_version, std::uint64_t nonce);
    /// What `decide_after_hello` needs to know of us.
    Result<HelloSituation> situation(const HelloRequest& sent, const HelloReply& reply);
    /// Writes down what the hello told: contact, revocation, how far our chain is confirmed. In a
    /// new epoch the cursor returns to 0 and whatever the server may have forgotten is logged
    /// again. Does the rotation that kRotate asks for; say hello again then. Nothing for
    /// kTouchNothing, kIgnore and kUpdateNeeded.
    Result<void> apply_hello(const HelloReply& reply, const HelloDecision& decision);
    /// New incarnation; everything without a receipt of this epoch is logged again under it.
    Result<void> rotate_incarnation();
    /// The next items from entry `from` on, within the limits. Empty: nothing waits.
    Result<std::vector<PushItem>> outbox(std::uint64_t from, const BatchLimits& limits);
    /// Believes what receipts prove. kInvalidInput, and nothing changed, if one does not verify;
    /// kConflict for a reply of another epoch: say hello again.
    Result<void> apply_push(const PushReply& reply);
    Result<PullRequest> next_pull();
    /// Page and cursor in one transaction. False, and nothing changed, for a page that does not
    /// belong to the cursor (late, or of another epoch).
    Result<bool> apply_page(const PullReply& page);
    Result<SyncStatus> sync_status();

  private:
    CollectorStore(StorePaths paths, const Clock& clock, Random& random);

    // --- Identity; those named `…_within` run in the caller's transaction
    Result<void> load_or_create();
    Result<void> load_identity();
    Result<void> check_marker();
    Result<void> write_marker();
    Result<void> rotate_within(const DeviceId& device);
    /// Logs under the present writer what has no receipt of this epoch and no entry in this log.
    Result<void> log_again_within();
    Result<void> rescue_within();

    // --- Interviews
    Result<RevisionId> store_within(const std::string& bytes, const RevisionEnvelope& envelope,
                                    const std::string& title);
    Result<void> put_remarks_within(const DraftId& id, const std::vector<Remark>& remarks);
    Result<Draft> insert_draft_within(Draft draft);
    Result<Interview> read_interview(const Statement& row);
    Result<std::string> body(const RevisionId& rev);
    Result<void> keep_files_within(const DraftId& draft, const RevisionId& rev,
                                   const std::vector<Attachment>& files);
    Result<void> forget_unused_files_within();

    // --- Sync
    Result<void> apply_receipt_within(const PushResult& result);
    Result<void> apply_change_within(const Change& change);
    Result<void> put_form_within(const PublishedForm& form);
    Result<void> erase_within(const InstanceId& instance);
    Result<void> forget_in_outbox_file(const InstanceId& instance);

    /// Opens a connection again that met a failing disk, before it is trusted again.
    Result<void> ready();
    /// What `work` did to the identity in memory is undone with the rest when it fails.
    template <typename Work>
    auto in_transaction(Work work) -> decltype(work()) {
        TRY(ready());
        auto result = with_transaction(*db_, std::move(work));
        if (!result) identity_is_stale_ = true;
        return result;
    }
    std::int64_t now_ms() const { return clock_.now().time_since_epoch().count(); }

    StorePaths paths_;
    const Clock& clock_;
    Random& random_;
    std::unique_ptr<Database> db_;
    std::unique_ptr<RevisionLog> log_;
    std::optional<RecordLog> outbox_file_;
    std::optional<SigningKey> key_;
    Identity identity_;
    bool identity_is_stale_ = false;
    Epoch epoch_;
    std::string file_id_;
    OpenFinding finding_ = OpenFinding::kNormal;
};

}  // namespace survey::collector
