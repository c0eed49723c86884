#pragma once

#include <mutex>
#include <optional>
#include <string>

#include "common/crypto/crypto.h"
#include "common/host/record_log.h"
#include "common/store/revision_log.h"
#include "sync-server/store/store.h"
#include "sync-server/store/writer_queue_internal.h"

namespace survey::server {

/// The embedded implementation of Store. Its parts are in several sources by subject.
class SqliteStore final : public Store {
  public:
    SqliteStore(SqliteStoreOptions options, std::unique_ptr<Database> writer,
                std::vector<std::unique_ptr<Database>> readers, const Clock& clock, Random& random)
        : options_(std::move(options)),
          clock_(clock),
          random_(random),
          writer_(std::move(writer)),
          readers_(std::move(readers)),
          log_(writer_.db()) {}
    ~SqliteStore() override;

    /// Identity, marker, ledger; before anybody else uses the store.
    Result<void> start();

    ServerIdentity identity() override;
    Result<void> set_project(const std::string& title) override;

    Result<std::string> create_enrolment_code(const NewEnrolmentCode& code) override;
    Result<std::vector<EnrolmentCode>> enrolment_codes() override;
    Result<void> withdraw_enrolment_code(std::int64_t number) override;
    Result<EnrolReply> enrol(const EnrolRequest& request) override;
    Result<Device> authenticate(std::string_view token) override;
    Result<std::vector<Device>> devices() override;
    Result<void> revoke_device(const DeviceId& device) override;

    Result<HelloReply> hello(const Device& device, const HelloRequest& request) override;
    Result<PushReply> push(const Device& device, const Epoch& epoch, const WriterId& writer,
                           std::span<const CheckedItem> items) override;
    Result<PullReply> pull(const Device& device, const PullRequest& request) override;

    Result<void> publish_form(const PublishedForm& form) override;
    Result<void> withdraw_form(const FormRef& ref, bool withdrawn) override;
    Result<std::vector<PublishedForm>> forms() override;
    Result<PublishedForm> form(const FormRef& ref) override;

    Result<PushResult> submit(const RevisionEnvelope& envelope, const Judgement& judgement,
                              const Intake& intake) override;
    Result<std::uint64_t> count_channel(const std::string& channel) override;
    Result<std::vector<Submission>> submissions(const SubmissionFilter& filter) override;
    Result<std::uint64_t> count_submissions(const SubmissionFilter& filter) override;
    Result<Submission> submission(const InstanceId& instance) override;
    Result<std::vector<RevisionInfo>> history(const InstanceId& instance) override;
    Result<RevisionEnvelope> revision(const RevisionId& rev) override;
    Result<void> review(const Review& review) override;
    Result<void> judge_again(const RevisionId& rev, const Judgement& judgement) override;
    Result<void> erase(const InstanceId& instance) override;

    Result<void> note_file(const StoredFile& file) override;
    Result<std::optional<StoredFile>> file(const BlobHash& hash) override;
    Result<std::optional<StoredFile>> file_by_sha256(const Bytes32& sha256) override;
    Result<bool> names_file(const DeviceId& device, const BlobHash& hash) override;
    Result<std::vector<BlobHash>> forget_unused_files() override;

    Result<std::uint64_t> for_each_answer(
        const std::string& form_id, const std::function<void(const AnswerRecord&)>& each) override;
    Result<std::vector<AnswerChange>> answer_changes(std::uint64_t pos,
                                                     std::uint32_t count_max) override;
    Result<std::uint64_t> position() override;

    Result<std::optional<Record>> record(std::string_view kind, std::string_view key) override;
    Result<std::vector<Record>> records(std::string_view kind) override;
    Result<std::uint64_t> put_record(std::string_view kind, const Record& record) override;
    Result<std::vector<Alarm>> alarms() override;
    Result<void> tidy() override;
    Result<void> back_up(const std::string& path) override;

  private:
    /// What an arriving revision needs besides its bytes.
    struct Arrival {
        const RevisionEnvelope* envelope = nullptr;
        DeviceId device;
        Judgement judgement;
        std::optional<Instant> received = std::nullopt;  ///< Nothing: now.
    };

    // All of these run inside the writer's transaction.
    Database& db() { return writer_.db(); }
    Result<void> load_identity();
    Result<void> create_identity();
    Result<void> check_marker();
    Result<void> apply_ledger();
    Result<void> erase_now(const InstanceId& instance);
    Result<bool> was_erased(const InstanceId& instance);
    Result<void> new_epoch(std::uint32_t above);
    Result<std::uint64_t> announce(ChangeKind kind, const std::optional<DeviceId>& device,
                                   const std::optional<InstanceId>& instance,
                                   const std::optional<FormRef>& form);
    Result<void> arrive(const RevisionId& rev, const Arrival& arrival);
    Result<std::optional<PushResult>> known_answer(const RevisionEnvelope& envelope);
    Result<std::vector<RevisionId>> replaceable_heads(const InstanceId& instance);
    Result<void> take_place(const Intake& intake, bool is_quarantined);
    Result<QuarantineReason> odd_parents(const RevisionEnvelope& envelope);
    Result<void> refresh_submission(const InstanceId& instance, std::uint64_t pos);
    Result<PushResult> push_item(const Device& device, const CheckedItem& checked);
    Result<PushResult> result_of(const RevisionId& rev, bool is_new);
    Result<void> raise(AlarmKind kind, const DeviceId& device);
    Result<void> note(const std::string& fact);

    Result<std::string> change_body(Database& reader, std::uint16_t kind,
                                    const std::string& instance, const FormRef& form);
    Result<void> write_marker(bool always);
    std::int64_t now_ms() const { return clock_.now().time_since_epoch().count(); }

    SqliteStoreOptions options_;
    const Clock& clock_;
    Random& random_;  ///< Used in the writer's transactions only.
    WriterQueue writer_;
    ReaderPool readers_;
    RevisionLog log_;
    std::optional<SigningKey> key_;
    std::optional<RecordLog> ledger_;
    WriterId own_writer_;

    std::mutex mutex_;  ///< Guards the ones below.
    ServerIdentity identity_;
    Steady marker_written_{0};
};

Submission read_submission(const Statement& row);

}  // namespace survey::server
