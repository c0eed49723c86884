// Answers that come without a device.

#include <algorithm>

#include "common/codec/envelope.h"
#include "sync-server/store/sqlite_store_internal.h"

namespace survey::server {

Result<std::optional<PushResult>> SqliteStore::known_answer(const RevisionEnvelope& envelope) {
    // A browser that sends again has no memory of its first envelope's times, so the same content
    // for the same instance is the same thing, whenever it was written.
    TRY_ASSIGN(Statement known, db().query("SELECT rev FROM revision WHERE instance = ?1"
                                           " AND body IS NOT NULL",
                                           envelope.instance));
    while (true) {
        TRY_ASSIGN(const bool more, known.step());
        if (!more) return std::optional<PushResult>();
        const auto rev = known.digest<RevisionId>(0);
        TRY_ASSIGN(const RevisionEnvelope before, log_.envelope(rev));
        if (before.content != envelope.content || before.form != envelope.form) continue;
        TRY_ASSIGN(PushResult result, result_of(rev, false));
        return std::optional(std::move(result));
    }
}

Result<std::vector<RevisionId>> SqliteStore::replaceable_heads(const InstanceId& instance) {
    TRY_ASSIGN(Statement row, db().query("SELECT quarantine FROM submission WHERE instance = ?1"
                                         " AND erased = 0",
                                         instance));
    TRY_ASSIGN(const bool found, row.step());
    if (!found) return std::vector<RevisionId>();
    if (row.integer(0) == 0)
        return fail(ErrorCode::kConflict,
                    "This answer was given already, and it counts. Another one needs a sheet of "
                    "its own.");
    TRY_ASSIGN(const RevisionGraph graph, log_.graph(instance));
    std::vector<RevisionId> heads = graph.heads();
    std::ranges::sort(heads);
    if (heads.size() > kParentsMax)
        return fail(ErrorCode::kConflict, "This answer has too many versions to replace them.");
    return heads;
}

Result<void> SqliteStore::take_place(const Intake& intake, bool is_quarantined) {
    if (!intake.takes_new)
        return fail(ErrorCode::kForbidden, "Nothing new is taken here any more.");
    if (is_quarantined && !intake.takes_odd)
        return fail(ErrorCode::kLimit, "Nothing that would be kept apart is taken here now.");
    if (intake.channel.empty() || is_quarantined) return {};
    TRY_ASSIGN(const std::int64_t taken,
               db().run("INSERT INTO channel(name, answers) VALUES(?1, 1)"
                        " ON CONFLICT (name) DO UPDATE SET answers = answers + 1"
                        " WHERE ?2 IS NULL OR answers < ?2",
                        intake.channel, intake.answers_max));
    if (taken == 0 || intake.answers_max == std::uint64_t{0})
        return fail(ErrorCode::kLimit, "All places for answers are taken.");
    return {};
}

Result<PushResult> SqliteStore::submit(const RevisionEnvelope& envelope, const Judgement& judgement,
                                       const Intake& intake) {
    TRY(codec::check_envelope(envelope));
    Result<PushResult> result = writer_.run([&]() -> Result<PushResult> {
        TRY_ASSIGN(std::optional<PushResult> known, known_answer(envelope));
        if (known) return *std::move(known);
        RevisionEnvelope arriving = envelope;
        if (arriving.parents.empty()) {
            TRY_ASSIGN(arriving.parents, replaceable_heads(arriving.instance));
        }
        const std::string bytes = codec::encode_envelope(arriving);
        const RevisionId rev = codec::revision_id(bytes);
        TRY_ASSIGN(const bool is_new, log_.insert(rev, bytes, &arriving));
        if (is_new) {
            TRY(log_.append_own(own_writer_, rev, *key_));
            TRY(arrive(rev, {&arriving, own_writer_.device, judgement, intake.received}));
        }
        TRY_ASSIGN(PushResult stored, result_of(rev, is_new));
        // Last, because arriving may have set it apart; the savepoint takes it all back.
        const bool is_counted = stored.status == ItemStatus::kStored;
        if (is_new && stored.status != ItemStatus::kErased) TRY(take_place(intake, !is_counted));
        return stored;
    });
    if (result) TRY(write_marker(false));
    return result;
}

Result<std::uint64_t> SqliteStore::count_channel(const std::string& channel) {
    return readers_.run([&](Database& db) -> Result<std::uint64_t> {
        TRY_ASSIGN(Statement row, db.query("SELECT answers FROM channel WHERE name = ?1", channel));
        TRY_ASSIGN(const bool found, row.step());
        return found ? row.natural(0) : 0;
    });
}

}  // namespace survey::server
