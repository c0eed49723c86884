#include <algorithm>

#include "collector/store/collector_store.h"
#include "collector/store/schema_internal.h"
#include "common/codec/envelope.h"
#include "common/codec/wire.h"

namespace survey::collector {

namespace {

/// Clocks that agree this well need no remark.
constexpr std::chrono::minutes kClockTolerance{10};
/// More sizes than fit a batch need not be looked at.
constexpr std::uint64_t kOutboxLookAhead = 1000;

Error not_enrolled() {
    return fail(ErrorCode::kNotEnrolled, "this device is not enrolled at a server yet");
}

}  // namespace

Result<HelloRequest> CollectorStore::hello(const std::string& app_version, std::uint64_t nonce) {
    TRY(ready());
    TRY_ASSIGN(const auto state, log_->writer(identity_.writer));
    TRY_ASSIGN(Statement row, db_->query("SELECT cursor FROM identity"));
    TRY(row.step());
    HelloRequest request;
    request.writer = identity_.writer;
    request.parent = identity_.parent;
    request.head = state->head;
    request.epoch_seen = epoch_;
    request.cursor = {epoch_, row.natural(0)};
    request.app_version = app_version;
    request.wall_clock = clock_.now();
    request.nonce = nonce;
    return request;
}

Result<HelloSituation> CollectorStore::situation(const HelloRequest& sent,
                                                 const HelloReply& reply) {
    if (!identity_.enrolment) return not_enrolled();
    HelloSituation situation;
    situation.sent = sent;
    situation.server = identity_.enrolment->server;
    const std::uint64_t there = reply.writer_known ? reply.head.seq : 0;
    TRY_ASSIGN(situation.own_hash_at, log_->hash_at(sent.writer, std::min(there, sent.head.seq)));
    TRY_ASSIGN(Statement row, db_->query("SELECT confirmed FROM identity"));
    TRY(row.step());
    situation.acknowledged_seq = row.natural(0);
    return situation;
}

Result<void> CollectorStore::apply_hello(const HelloReply& reply, const HelloDecision& decision) {
    const HelloAction action = decision.action;
    if (action == HelloAction::kTouchNothing || action == HelloAction::kIgnore ||
        action == HelloAction::kUpdateNeeded) {
        return {};
    }
    const Result<void> applied = in_transaction([&]() -> Result<void> {
        const bool agrees = std::chrono::abs(clock_.now() - reply.server_time) <= kClockTolerance;
        const ClockState clock = agrees ? ClockState::kAgreed : ClockState::kDiffers;
        TRY(db_->run(
            "UPDATE identity SET last_contact = ?1, revoked = ?2, floor = ?3,"
            " clock_state = ?4",
            now_ms(), reply.revoked, reply.floor, std::int64_t{static_cast<std::uint8_t>(clock)}));
        if (decision.new_epoch) {
            const bool first_meeting = epoch_.counter == 0;
            TRY(
                db_->run("UPDATE identity SET epoch = ?1, cursor = 0, confirmed = 0,"
                         " repair_pending = ?2",
                         epoch_bytes(reply.epoch), !first_meeting));
            TRY(load_identity());
            // The server may have forgotten what older incarnations delivered.
            if (action != HelloAction::kRotate) TRY(log_again_within());
        }
        if (action == HelloAction::kRotate) return rotate_within(identity_.writer.device);
        TRY(db_->run("UPDATE identity SET confirmed = ?1", decision.send_from - 1));
        return {};
    });
    TRY(applied);
    return write_marker();
}

Result<std::vector<PushItem>> CollectorStore::outbox(std::uint64_t from,
                                                     const BatchLimits& limits) {
    TRY(ready());
    TRY_ASSIGN(Statement row,
               db_->query("SELECT e.seq, length(r.body) FROM entry e JOIN writer w"
                          " ON w.number = e.writer JOIN revision r ON r.rev = e.rev"
                          " WHERE w.device = ?1 AND w.incarnation = ?2 AND e.seq >= ?3"
                          " ORDER BY e.seq LIMIT ?4",
                          identity_.writer.device, identity_.writer.incarnation,
                          std::min<std::uint64_t>(from, INT64_MAX), kOutboxLookAhead));
    std::vector<std::size_t> sizes;
    while (true) {
        TRY_ASSIGN(const bool more, row.step());
        if (!more) break;
        sizes.push_back(static_cast<std::size_t>(row.integer(1)));
    }
    std::vector<PushItem> items;
    const std::size_t count = plan_batch(sizes, limits);
    for (std::uint64_t seq = from; seq < from + count; ++seq) {
        PushItem item;
        TRY_ASSIGN(item.entry, log_->entry(identity_.writer, seq));
        auto bytes = body(item.entry.rev);
        if (!bytes && bytes.error().code == ErrorCode::kCorrupt) {
            // Damaged beyond rescue: a person must look. The others go on in a new log without it.
            const Result<void> set_aside = in_transaction([&]() -> Result<void> {
                TRY(db_->run("UPDATE interview SET refused = 1 WHERE rev = ?1", item.entry.rev));
                return rotate_within(identity_.writer.device);
            });
            TRY(set_aside);
            TRY(write_marker());
        }
        if (!bytes) return std::move(bytes).error().during("reading the outbox");
        item.envelope = *std::move(bytes);
        items.push_back(std::move(item));
    }
    return items;
}

Result<void> CollectorStore::apply_push(const PushReply& reply) {
    if (!identity_.enrolment) return not_enrolled();
    if (reply.epoch != epoch_) {
        return fail(ErrorCode::kConflict, "the server was restored since; say hello again");
    }
    for (const PushResult& result : reply.results) {
        if (!result.receipt) continue;
        const Receipt& receipt = *result.receipt;
        const bool is_proof = receipt.server == identity_.enrolment->server &&
                              receipt.epoch == epoch_ && receipt.rev == result.rev &&
                              verify(identity_.enrolment->server_key.bytes,
                                     codec::receipt_bytes(receipt), receipt.signature.bytes);
        if (!is_proof) {
            return fail(ErrorCode::kInvalidInput,
                        "the server's receipt does not verify; nothing was marked as delivered");
        }
    }
    bool must_rotate = false;
    const Result<void> applied = in_transaction([&]() -> Result<void> {
        for (const PushResult& result : reply.results) {
            TRY(apply_receipt_within(result));
            must_rotate = must_rotate || result.status == ItemStatus::kNotAuthentic;
        }
        TRY_ASSIGN(const auto state, log_->writer(identity_.writer));
        TRY_ASSIGN(const auto there,
                   log_->hash_at(identity_.writer, std::min(reply.head.seq, state->head.seq)));
        if (reply.head.seq <= state->head.seq && there == reply.head.hash) {
            TRY(
                db_->run("UPDATE identity SET confirmed = max(confirmed, ?1), last_contact = ?2,"
                         " repair_pending = CASE WHEN ?1 = ?3 THEN 0 ELSE repair_pending END",
                         reply.head.seq, now_ms(), state->head.seq));
        }
        // An item that the server cannot accept would block all after it in this log.
        if (must_rotate) TRY(rotate_within(identity_.writer.device));
        return {};
    });
    TRY(applied);
    return must_rotate ? write_marker() : Result<void>();
}

Result<void> CollectorStore::apply_receipt_within(const PushResult& result) {
    if (result.status == ItemStatus::kNotAuthentic) {
        TRY(db_->run("UPDATE interview SET refused = 1 WHERE rev = ?1", result.rev));
        return {};
    }
    if (!result.receipt) return {};
    const Receipt& receipt = *result.receipt;
    TRY(
        db_->run("UPDATE interview SET receipt_epoch = ?2, receipt_pos = ?3, receipt_status = ?4,"
                 " receipt_reason = ?5, refused = 0 WHERE rev = ?1",
                 receipt.rev, epoch_bytes(receipt.epoch), receipt.pos,
                 std::int64_t{static_cast<std::uint8_t>(receipt.status)},
                 std::int64_t{static_cast<std::uint8_t>(receipt.reason)}));
    return {};
}

Result<PullRequest> CollectorStore::next_pull() {
    TRY(ready());
    TRY_ASSIGN(Statement row, db_->query("SELECT cursor FROM identity"));
    TRY(row.step());
    PullRequest request;
    request.cursor = {epoch_, row.natural(0)};
    return request;
}

Result<bool> CollectorStore::apply_page(const PullReply& page) {
    TRY_ASSIGN(const PullRequest expected, next_pull());
    if (page.epoch != epoch_ || page.from != expected.cursor.pos) return false;
    bool any_erased = false;
    for (const Change& change : page.changes) {
        if (change.kind != static_cast<std::uint16_t>(ChangeKind::kErasure)) continue;
        // Before the cursor passes the order: it comes only once.
        TRY(forget_in_outbox_file(InstanceId(change.body)));
        any_erased = true;
    }
    const Result<void> applied = in_transaction([&]() -> Result<void> {
        for (const Change& change : page.changes)
            TRY(apply_change_within(change));
        TRY(db_->run("UPDATE identity SET cursor = ?1, floor = ?2, last_contact = ?3", page.to,
                     page.floor, now_ms()));
        return {};
    });
    TRY(applied);
    if (any_erased) TRY(db_->checkpoint());
    TRY(write_marker());
    return true;
}

Result<void> CollectorStore::apply_change_within(const Change& change) {
    if (change.kind == static_cast<std::uint16_t>(ChangeKind::kForm)) {
        TRY_ASSIGN(const PublishedForm form, codec::decode<PublishedForm>(change.body));
        return put_form_within(form);
    }
    if (change.kind == static_cast<std::uint16_t>(ChangeKind::kReview)) {
        TRY_ASSIGN(const Review review, codec::decode<Review>(change.body));
        TRY(db_->run(
            "INSERT INTO review(instance, state, note) VALUES(?1, ?2, ?3)"
            " ON CONFLICT (instance) DO UPDATE SET state = excluded.state,"
            " note = excluded.note",
            review.instance, std::int64_t{static_cast<std::uint8_t>(review.state)}, review.note));
        return {};
    }
    if (change.kind == static_cast<std::uint16_t>(ChangeKind::kErasure)) {
        return erase_within(InstanceId(change.body));
    }
    // Of a later version; the cursor passes it.
    return {};
}

Result<void> CollectorStore::erase_within(const InstanceId& instance) {
    TRY_ASSIGN(Statement row,
               db_->query("SELECT rev FROM interview WHERE instance = ?1", instance));
    bool any = false;
    while (true) {
        TRY_ASSIGN(const bool more, row.step());
        if (!more) break;
        any = true;
        TRY(log_->erase(row.digest<RevisionId>(0), clock_.now()));
        TRY(db_->run("DELETE FROM interview_file WHERE rev = ?1", row.digest<RevisionId>(0)));
    }
    TRY(db_->run("DELETE FROM draft WHERE instance = ?1", instance));
    TRY(forget_unused_files_within());
    TRY(db_->run("DELETE FROM review WHERE instance = ?1", instance));
    if (!any) return {};
    TRY(db_->run("UPDATE interview SET title = '', receipt_status = ?2 WHERE instance = ?1",
                 instance, std::int64_t{static_cast<std::uint8_t>(ItemStatus::kErased)}));
    // An entry whose body is gone cannot be sent, and would block all after it in this log.
    TRY_ASSIGN(Statement unsent,
               db_->query("SELECT 1 FROM interview i JOIN entry e ON e.rev = i.rev JOIN writer w"
                          " ON w.number = e.writer JOIN identity d ON w.device = d.device AND"
                          " w.incarnation = d.incarnation WHERE i.instance = ?1"
                          " AND e.seq > d.confirmed LIMIT 1",
                          instance));
    TRY_ASSIGN(const bool blocks, unsent.step());
    return blocks ? rotate_within(identity_.writer.device) : Result<void>();
}

Result<void> CollectorStore::forget_in_outbox_file(const InstanceId& instance) {
    TRY_ASSIGN(auto records,
               RecordLog::read_all(paths_.data + "/outbox.log", kContentBytesMax + 300'000));
    const auto gone = std::remove_if(records.begin(), records.end(), [&](const std::string& bytes) {
        const auto envelope = codec::decode_envelope(bytes);
        return envelope && envelope->instance == instance;
    });
    if (gone == records.end()) return {};
    records.erase(gone, records.end());
    return outbox_file_->replace(records);
}

Result<SyncStatus> CollectorStore::sync_status() {
    SyncStatus status;
    TRY_ASSIGN(const auto found, interviews(100'000));
    for (const Interview& each : found) {
        switch (each.delivery) {
            case Delivery::kWaiting:
                ++status.waiting;
                break;
            case Delivery::kDelivered:
                ++status.delivered;
                break;
            case Delivery::kQuarantined:
                ++status.quarantined;
                break;
            case Delivery::kRefused:
                ++status.refused;
                break;
            case Delivery::kErased:
                break;
        }
    }
    TRY_ASSIGN(const auto files, unsent_files(100'000));
    status.files = files.size();
    TRY_ASSIGN(Statement row, db_->query("SELECT (SELECT count(*) FROM draft), last_contact,"
                                         " revoked, repair_pending FROM identity"));
    TRY(row.step());
    status.drafts = row.natural(0);
    if (!row.is_null(1)) status.last_contact = Instant(std::chrono::milliseconds(row.integer(1)));
    status.revoked = row.integer(2) != 0;
    status.repair_pending = row.integer(3) != 0;
    return status;
}

}  // namespace survey::collector
