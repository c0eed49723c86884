#include <algorithm>

#include "collector/store/collector_store.h"
#include "collector/store/schema_internal.h"
#include "common/codec/envelope.h"

namespace survey::collector {

namespace {

/// One row per revision, in the order of `read_interview`. The eleventh column: the server has the
/// log entry of this incarnation, though its receipt may be of an older epoch.
#define INTERVIEW_COLUMNS                                                                     \
    "SELECT i.instance, i.rev, i.form_id, i.form_version, i.title, i.finalised,"              \
    " i.receipt_epoch IS d.epoch, i.receipt_status, i.receipt_reason, i.refused,"             \
    " EXISTS (SELECT 1 FROM entry e JOIN writer w ON w.number = e.writer WHERE e.rev = i.rev" \
    " AND w.device = d.device AND w.incarnation = d.incarnation AND e.seq <= d.confirmed),"   \
    " v.state, v.note FROM interview i CROSS JOIN identity d"                                 \
    " LEFT JOIN review v ON v.instance = i.instance"
/// The latest revision of each instance.
#define LATEST " i.number = (SELECT max(number) FROM interview l WHERE l.instance = i.instance)"

Error no_interview() {
    return fail(ErrorCode::kNotFound, "no such interview on this device");
}

}  // namespace

Result<Interview> CollectorStore::read_interview(const Statement& row) {
    Interview found;
    found.instance = InstanceId(row.text(0));
    found.rev = row.digest<RevisionId>(1);
    found.form = {row.text(2), row.text(3)};
    found.title = row.text(4);
    found.finalised = Instant(std::chrono::milliseconds(row.integer(5)));
    const auto status = static_cast<ItemStatus>(row.integer(7));
    const bool is_there = row.integer(6) != 0 || row.integer(10) != 0;
    if (status == ItemStatus::kErased) {
        found.delivery = Delivery::kErased;
    } else if (row.integer(9) != 0) {
        found.delivery = Delivery::kRefused;
    } else if (is_there && status == ItemStatus::kQuarantined) {
        found.delivery = Delivery::kQuarantined;
        found.reason = static_cast<QuarantineReason>(row.integer(8));
    } else if (is_there) {
        found.delivery = Delivery::kDelivered;
    }
    if (!row.is_null(11)) {
        found.review =
            Review{found.instance, static_cast<ReviewState>(row.integer(11)), row.text(12)};
    }
    return found;
}

Result<RevisionId> CollectorStore::store_within(const std::string& bytes,
                                                const RevisionEnvelope& envelope,
                                                const std::string& title) {
    const RevisionId rev = codec::revision_id(bytes);
    TRY(log_->insert(rev, bytes, &envelope));
    TRY(log_->append_own(identity_.writer, rev, *key_));
    TRY(
        db_->run("INSERT INTO interview(rev, instance, form_id, form_version, title, finalised,"
                 " refused) VALUES(?1, ?2, ?3, ?4, ?5, ?6, 0)",
                 rev, envelope.instance, envelope.form.id, envelope.form.version, title,
                 std::int64_t{envelope.wall_clock.time_since_epoch().count()}));
    TRY(db_->run("UPDATE identity SET hlc = max(hlc, ?1)", envelope.hlc.value));
    return rev;
}

Result<RevisionId> CollectorStore::finalise(const DraftId& id, const Finished& finished) {
    TRY(ready());
    TRY_ASSIGN(const Draft source, draft(id));
    TRY_ASSIGN(Statement state, db_->query("SELECT hlc, clock_state FROM identity"));
    TRY(state.step());
    RevisionEnvelope envelope;
    envelope.instance = source.instance;
    envelope.form = source.form;
    envelope.form_hash = source.form_hash;
    if (source.corrects) envelope.parents = {*source.corrects};
    envelope.author = finished.author;
    envelope.wall_clock = clock_.now();
    envelope.hlc = next_hlc(Hlc{state.natural(0)}, envelope.wall_clock);
    envelope.clock_state = static_cast<ClockState>(state.integer(1));
    envelope.attachments = finished.attachments;
    envelope.content = finished.content;
    envelope.remarks = source.remarks;
    TRY(codec::check_envelope(envelope));
    const std::string bytes = codec::encode_envelope(envelope);

    // First the second copy: should the database be lost, the interview is found there.
    TRY(outbox_file_->append(bytes));
    const Result<RevisionId> stored = in_transaction([&]() -> Result<RevisionId> {
        TRY_ASSIGN(const RevisionId rev, store_within(bytes, envelope, finished.title));
        TRY(keep_files_within(id, rev, finished.attachments));
        TRY(db_->run("DELETE FROM draft WHERE id = ?1", id));
        TRY(forget_unused_files_within());
        return rev;
    });
    if (!stored) return stored;
    // The interview is safe whether or not this succeeds: a marker that is behind is normal after a
    // power cut too, and the next one catches up.
    static_cast<void>(write_marker());
    return stored;
}

Result<std::vector<Interview>> CollectorStore::interviews(std::size_t count_max) {
    TRY(ready());
    TRY_ASSIGN(Statement row,
               db_->query(INTERVIEW_COLUMNS " WHERE" LATEST " ORDER BY i.number DESC LIMIT ?1",
                          std::min<std::uint64_t>(count_max, 100'000)));
    std::vector<Interview> found;
    while (true) {
        TRY_ASSIGN(const bool more, row.step());
        if (!more) return found;
        TRY_ASSIGN(Interview each, read_interview(row));
        found.push_back(std::move(each));
    }
}

Result<std::vector<RevisionId>> CollectorStore::revisions() {
    TRY(ready());
    TRY_ASSIGN(Statement row, db_->query("SELECT rev FROM interview ORDER BY number"));
    std::vector<RevisionId> found;
    while (true) {
        TRY_ASSIGN(const bool more, row.step());
        if (!more) return found;
        found.push_back(row.digest<RevisionId>(0));
    }
}

Result<Interview> CollectorStore::interview(const InstanceId& instance) {
    TRY(ready());
    TRY_ASSIGN(Statement row,
               db_->query(INTERVIEW_COLUMNS " WHERE i.instance = ?1 AND" LATEST, instance));
    TRY_ASSIGN(const bool found, row.step());
    if (!found) return no_interview();
    return read_interview(row);
}

Result<std::string> CollectorStore::body(const RevisionId& rev) {
    auto stored = log_->bytes(rev);
    if (stored || stored.error().code != ErrorCode::kCorrupt) return stored;
    // Damaged in the database: the outbox file may still have it.
    TRY_ASSIGN(const auto records,
               RecordLog::read_all(paths_.data + "/outbox.log", kContentBytesMax + 300'000));
    for (const std::string& bytes : records) {
        if (codec::revision_id(bytes) != rev) continue;
        TRY(db_->run("UPDATE revision SET body = ?2 WHERE rev = ?1", rev, Blob{bytes}));
        return bytes;
    }
    return stored;
}

Result<std::string> CollectorStore::content(const InstanceId& instance) {
    TRY_ASSIGN(const Interview latest, interview(instance));
    TRY_ASSIGN(const std::string bytes, body(latest.rev));
    TRY_ASSIGN(RevisionEnvelope envelope, codec::decode_envelope(bytes));
    return std::move(envelope.content);
}

Result<Draft> CollectorStore::reopen(const InstanceId& instance) {
    TRY_ASSIGN(const Interview latest, interview(instance));
    TRY_ASSIGN(const std::string bytes, body(latest.rev));
    TRY_ASSIGN(const RevisionEnvelope envelope, codec::decode_envelope(bytes));
    return in_transaction([&]() -> Result<Draft> {
        TRY_ASSIGN(Statement row,
                   db_->query("SELECT id FROM draft WHERE corrects = ?1", latest.rev));
        TRY_ASSIGN(const bool exists, row.step());
        if (exists) return draft(DraftId(row.text(0)));
        Draft correction;
        correction.form = envelope.form;
        correction.form_hash = envelope.form_hash;
        correction.instance = instance;
        correction.xml = envelope.content;
        correction.title = latest.title;
        correction.remarks = envelope.remarks;
        correction.corrects = latest.rev;
        TRY_ASSIGN(Draft made, insert_draft_within(std::move(correction)));
        TRY(
            db_->run("INSERT INTO draft_file(draft, name, media_type, hash) SELECT ?1, name,"
                     " media_type, hash FROM interview_file WHERE rev = ?2",
                     made.id, latest.rev));
        return made;
    });
}

}  // namespace survey::collector
