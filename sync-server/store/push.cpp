#include "common/codec/envelope.h"
#include "sync-server/store/sqlite_store_internal.h"

namespace survey::server {

CheckedItem check_item(const PublicKey& device_key, PushItem item) {
    CheckedItem checked;
    checked.item = std::move(item);
    const LogEntry& entry = checked.item.entry;
    checked.authentic = codec::revision_id(checked.item.envelope) == entry.rev &&
                        verify(device_key.bytes, codec::entry_bytes(entry), entry.signature.bytes);
    if (!checked.authentic) return checked;
    auto envelope = codec::decode_envelope(checked.item.envelope);
    if (envelope) {
        checked.envelope = *std::move(envelope);
    } else {
        // Signed by the device, so it is somebody's work: kept until a later version reads it.
        checked.judgement.quarantine = QuarantineReason::kUnknownFormat;
        checked.judgement.note = envelope.error().message;
    }
    return checked;
}

Result<PushReply> SqliteStore::push(const Device& device, const Epoch& epoch,
                                    const WriterId& writer, std::span<const CheckedItem> items) {
    if (writer.device != device.id) {
        return fail(ErrorCode::kForbidden, "this log belongs to another device");
    }
    PushReply reply;
    reply.epoch = identity().epoch;
    if (reply.epoch != epoch) {
        return fail(ErrorCode::kConflict, "the server was restored since; say hello again");
    }
    const Result<void> written = writer_.run([&]() -> Result<void> {
        TRY(log_.add_writer(writer, std::nullopt));
        for (const CheckedItem& checked : items) {
            TRY_ASSIGN(const PushResult result, push_item(device, checked));
            reply.results.push_back(result);
        }
        TRY_ASSIGN(const auto state, log_.writer(writer));
        if (state) reply.head = state->head;
        return {};
    });
    TRY(written);
    TRY(write_marker(false));
    return reply;
}

Result<PushResult> SqliteStore::push_item(const Device& device, const CheckedItem& checked) {
    const LogEntry& entry = checked.item.entry;
    PushResult result{entry.seq, entry.rev, ItemStatus::kNotAuthentic, QuarantineReason::kNone,
                      std::nullopt};
    if (!checked.authentic || entry.writer.device != device.id) return result;

    TRY_ASSIGN(Transaction item, Transaction::begin(db()));
    const RevisionEnvelope* envelope = checked.envelope ? &*checked.envelope : nullptr;
    TRY_ASSIGN(const bool is_new, log_.insert(entry.rev, checked.item.envelope, envelope));
    TRY_ASSIGN(const EntryOutcome outcome, log_.accept(entry));
    if (outcome == EntryOutcome::kFork || outcome == EntryOutcome::kGap) {
        // Not committed: the revision comes again under an entry that fits.
        result.status = outcome == EntryOutcome::kFork ? ItemStatus::kFork : ItemStatus::kGap;
        return result;
    }
    if (is_new) {
        Arrival arrival{envelope, device.id, checked.judgement};
        TRY_ASSIGN(Statement row,
                   db().query("SELECT revoked FROM device WHERE id = ?1", device.id));
        TRY_ASSIGN(const bool found, row.step());
        // Also instead of kUnknownForm, which ends by itself when the form is published.
        const bool would_count = arrival.judgement.quarantine == QuarantineReason::kNone ||
                                 arrival.judgement.quarantine == QuarantineReason::kUnknownForm;
        if ((!found || row.integer(0) != 0) && would_count) {
            arrival.judgement.quarantine = QuarantineReason::kRevoked;
        }
        TRY(arrive(entry.rev, arrival));
    }
    TRY_ASSIGN(result, result_of(entry.rev, is_new));
    result.seq = entry.seq;
    TRY(item.commit());
    return result;
}

Result<PushResult> SqliteStore::result_of(const RevisionId& rev, bool is_new) {
    TRY_ASSIGN(Statement row, db().query("SELECT a.pos, a.quarantine, r.erased_at IS NOT NULL"
                                         " FROM arrival a JOIN revision r USING (rev)"
                                         " WHERE a.rev = ?1",
                                         rev));
    TRY_ASSIGN(const bool found, row.step());
    if (!found) return fail(ErrorCode::kCorrupt, "revision " + rev.hex() + " has no arrival");
    Receipt receipt;
    {
        const std::lock_guard lock(mutex_);
        receipt.server = identity_.server;
        receipt.epoch = identity_.epoch;
    }
    receipt.rev = rev;
    receipt.pos = row.natural(0);
    receipt.reason = static_cast<QuarantineReason>(row.integer(1));
    receipt.status = row.integer(2) != 0                         ? ItemStatus::kErased
                     : receipt.reason != QuarantineReason::kNone ? ItemStatus::kQuarantined
                                                                 : ItemStatus::kStored;
    receipt.signature = Signature{key_->sign(codec::receipt_bytes(receipt))};
    const bool is_duplicate = !is_new && receipt.status != ItemStatus::kErased;
    return PushResult{0, rev, is_duplicate ? ItemStatus::kDuplicate : receipt.status,
                      receipt.reason, receipt};
}

Result<QuarantineReason> SqliteStore::odd_parents(const RevisionEnvelope& envelope) {
    for (const RevisionId& parent : envelope.parents) {
        TRY_ASSIGN(Statement row,
                   db().query("SELECT 1 FROM revision WHERE rev = ?1 AND instance IS NOT ?2",
                              parent, envelope.instance));
        TRY_ASSIGN(const bool is_foreign, row.step());
        if (is_foreign) return QuarantineReason::kOtherInstance;
    }
    return QuarantineReason::kNone;
}

Result<void> SqliteStore::arrive(const RevisionId& rev, const Arrival& arrival) {
    const RevisionEnvelope unread;
    const RevisionEnvelope& envelope = arrival.envelope != nullptr ? *arrival.envelope : unread;
    Judgement judgement = arrival.judgement;
    std::string author = envelope.author;
    TRY_ASSIGN(const bool is_unwanted, was_erased(envelope.instance));
    if (is_unwanted) {
        // Made before the order reached its device: its entry is kept, its content is not.
        TRY(log_.erase(rev, clock_.now()));
        judgement = {};
        author.clear();
    }
    QuarantineReason quarantine = judgement.quarantine;
    if (quarantine == QuarantineReason::kNone) {
        TRY_ASSIGN(quarantine, odd_parents(envelope));
    }
    std::optional<InstanceId> instance;
    std::optional<FormRef> form;
    if (arrival.envelope != nullptr) {
        instance = envelope.instance;
        form = envelope.form;
    }
    TRY_ASSIGN(const std::uint64_t pos,
               announce(ChangeKind::kSubmission, arrival.device, instance, form));
    TRY(db().run(
        "INSERT INTO arrival(rev, pos, received, device, author, wall_clock, form_id,"
        " form_version, quarantine, note, holding, answers)"
        " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        rev, pos, arrival.received ? arrival.received->time_since_epoch().count() : now_ms(),
        arrival.device, author, std::int64_t{envelope.wall_clock.time_since_epoch().count()},
        envelope.form.id, envelope.form.version,
        std::int64_t{static_cast<std::uint8_t>(quarantine)}, judgement.note, judgement.holding,
        Blob{judgement.answers}));
    if (!instance) return {};
    for (const Attachment& file : envelope.attachments) {
        if (is_unwanted) break;
        TRY(
            db().run("INSERT INTO file_use(rev, name, hash) VALUES(?1, ?2, ?3)"
                     " ON CONFLICT DO NOTHING",
                     rev, file.name, file.hash));
    }
    return refresh_submission(*instance, pos);
}

Result<void> SqliteStore::refresh_submission(const InstanceId& instance, std::uint64_t pos) {
    TRY_ASSIGN(const RevisionGraph graph, log_.graph(instance));
    const auto head = graph.policy_head();
    if (!head) return {};
    TRY(
        db().run("INSERT INTO submission(instance, form_id, form_version, head, heads, revisions,"
                 " pos, quarantine, review, review_note, erased)"
                 " SELECT ?1, form_id, form_version, rev, ?3, ?4, ?5, quarantine, 0, '', 0"
                 " FROM arrival WHERE rev = ?2"
                 " ON CONFLICT (instance) DO UPDATE SET form_id = excluded.form_id,"
                 " form_version = excluded.form_version, head = excluded.head,"
                 " heads = excluded.heads, revisions = excluded.revisions, pos = excluded.pos,"
                 " quarantine = excluded.quarantine",
                 instance, *head, graph.heads().size(), graph.size(), pos));
    return {};
}

}  // namespace survey::server
