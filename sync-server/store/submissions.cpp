#include <algorithm>

#include "sync-server/store/sqlite_store_internal.h"

namespace survey::server {

namespace {

constexpr std::uint32_t kPageMax = 10'000;

/// One row per submission with the arrival of its head, in the order of `read_submission`.
#define SUBMISSION_COLUMNS                                                               \
    "SELECT s.instance, s.form_id, s.form_version, s.head, s.heads, s.revisions, s.pos," \
    " a.device, a.author, a.received, s.quarantine, a.note, s.review, s.review_note"     \
    " FROM submission s JOIN arrival a ON a.rev = s.head"
#define SUBMISSION_FILTER                                                \
    " WHERE s.erased = 0 AND s.pos < ?1 AND (?2 = '' OR s.form_id = ?2)" \
    " AND (?3 = '' OR s.form_version = ?3) AND (?4 = 0 OR s.heads > 1)"  \
    " AND (?5 = 0 OR s.quarantine <> 0) AND (?6 IS NULL OR s.review = ?6)"
/// Which submissions tabulations count.
#define COUNTED " s.erased = 0 AND s.quarantine = 0 AND s.review <> 3"

std::optional<std::int64_t> review_number(const SubmissionFilter& filter) {
    if (!filter.review) return std::nullopt;
    return static_cast<std::int64_t>(*filter.review);
}

/// SQLite's integers are signed.
std::int64_t position_bound(std::uint64_t pos) {
    return static_cast<std::int64_t>(std::min<std::uint64_t>(pos, INT64_MAX));
}

AnswerRecord read_answer(const Statement& row) {
    return {InstanceId(row.text(0)),
            row.digest<RevisionId>(1),
            {row.text(2), row.text(3)},
            row.text(4),
            row.text(5),
            Instant(std::chrono::milliseconds(row.integer(6)))};
}

#define ANSWER_COLUMNS                                                                       \
    "SELECT s.instance, s.head, s.form_id, s.form_version, a.holding, a.answers, a.received" \
    " FROM submission s JOIN arrival a ON a.rev = s.head WHERE" COUNTED

Error no_submission() {
    return fail(ErrorCode::kNotFound, "no such submission");
}

}  // namespace

Submission read_submission(const Statement& row) {
    Submission found;
    found.instance = InstanceId(row.text(0));
    found.form = {row.text(1), row.text(2)};
    found.head = row.digest<RevisionId>(3);
    found.heads = static_cast<std::uint32_t>(row.integer(4));
    found.revisions = static_cast<std::uint32_t>(row.integer(5));
    found.pos = row.natural(6);
    found.device = DeviceId(row.text(7));
    found.author = row.text(8);
    found.received = Instant(std::chrono::milliseconds(row.integer(9)));
    found.quarantine = static_cast<QuarantineReason>(row.integer(10));
    found.note = row.text(11);
    found.review = static_cast<ReviewState>(row.integer(12));
    found.review_note = row.text(13);
    return found;
}

Result<std::vector<Submission>> SqliteStore::submissions(const SubmissionFilter& filter) {
    return readers_.run([&](Database& db) -> Result<std::vector<Submission>> {
        TRY_ASSIGN(Statement row,
                   db.query(SUBMISSION_COLUMNS SUBMISSION_FILTER " ORDER BY s.pos DESC LIMIT ?7",
                            position_bound(filter.before_pos), filter.form_id, filter.form_version,
                            filter.conflicts_only, filter.quarantined_only, review_number(filter),
                            std::min(filter.count_max, kPageMax)));
        std::vector<Submission> found;
        while (true) {
            TRY_ASSIGN(const bool more, row.step());
            if (!more) return found;
            found.push_back(read_submission(row));
        }
    });
}

Result<std::uint64_t> SqliteStore::count_submissions(const SubmissionFilter& filter) {
    return readers_.run([&](Database& db) -> Result<std::uint64_t> {
        TRY_ASSIGN(Statement row,
                   db.query("SELECT count(*) FROM submission s" SUBMISSION_FILTER,
                            position_bound(filter.before_pos), filter.form_id, filter.form_version,
                            filter.conflicts_only, filter.quarantined_only, review_number(filter)));
        TRY_ASSIGN(const bool found, row.step());
        return found ? row.natural(0) : 0;
    });
}

Result<Submission> SqliteStore::submission(const InstanceId& instance) {
    return readers_.run([&](Database& db) -> Result<Submission> {
        TRY_ASSIGN(
            Statement row,
            db.query(SUBMISSION_COLUMNS " WHERE s.erased = 0 AND s.instance = ?1", instance));
        TRY_ASSIGN(const bool found, row.step());
        if (!found) return no_submission();
        return read_submission(row);
    });
}

Result<std::vector<RevisionInfo>> SqliteStore::history(const InstanceId& instance) {
    return readers_.run([&](Database& db) -> Result<std::vector<RevisionInfo>> {
        TRY_ASSIGN(const RevisionGraph graph, RevisionLog(db).graph(instance));
        if (graph.size() == 0) return no_submission();
        const std::vector<RevisionId> heads = graph.heads();
        TRY_ASSIGN(Statement row,
                   db.query("SELECT a.rev, a.device, a.author, a.wall_clock, a.received, a.pos,"
                            " a.quarantine, a.note FROM arrival a JOIN revision r USING (rev)"
                            " WHERE r.instance = ?1 ORDER BY a.pos",
                            instance));
        std::vector<RevisionInfo> history;
        while (true) {
            TRY_ASSIGN(const bool more, row.step());
            if (!more) return history;
            RevisionInfo info;
            info.rev = row.digest<RevisionId>(0);
            info.parents = graph.parents(info.rev);
            info.is_head = std::ranges::find(heads, info.rev) != heads.end();
            info.device = DeviceId(row.text(1));
            info.author = row.text(2);
            info.wall_clock = Instant(std::chrono::milliseconds(row.integer(3)));
            info.received = Instant(std::chrono::milliseconds(row.integer(4)));
            info.pos = row.natural(5);
            info.quarantine = static_cast<QuarantineReason>(row.integer(6));
            info.note = row.text(7);
            history.push_back(std::move(info));
        }
    });
}

Result<RevisionEnvelope> SqliteStore::revision(const RevisionId& rev) {
    return readers_.run([&](Database& db) { return RevisionLog(db).envelope(rev); });
}

Result<void> SqliteStore::review(const Review& review) {
    return writer_.run([&]() -> Result<void> {
        TRY_ASSIGN(Statement row, db().query("SELECT a.device, s.form_id, s.form_version"
                                             " FROM submission s JOIN arrival a ON a.rev = s.head"
                                             " WHERE s.instance = ?1 AND s.erased = 0",
                                             review.instance));
        TRY_ASSIGN(const bool found, row.step());
        if (!found) return no_submission();
        TRY_ASSIGN(const std::uint64_t pos,
                   announce(ChangeKind::kReview, DeviceId(row.text(0)), review.instance,
                            FormRef{row.text(1), row.text(2)}));
        TRY(
            db().run("UPDATE submission SET review = ?2, review_note = ?3, pos = ?4"
                     " WHERE instance = ?1",
                     review.instance, std::int64_t{static_cast<std::uint8_t>(review.state)},
                     review.note, pos));
        return {};
    });
}

Result<void> SqliteStore::judge_again(const RevisionId& rev, const Judgement& judgement) {
    return writer_.run([&]() -> Result<void> {
        TRY_ASSIGN(Statement row, db().query("SELECT r.instance, a.device, a.form_id,"
                                             " a.form_version FROM revision r JOIN arrival a"
                                             " USING (rev) WHERE r.rev = ?1",
                                             rev));
        TRY_ASSIGN(const bool found, row.step());
        if (!found || row.is_null(0)) return no_submission();
        TRY(
            db().run("UPDATE arrival SET quarantine = ?2, note = ?3, holding = ?4, answers = ?5"
                     " WHERE rev = ?1",
                     rev, std::int64_t{static_cast<std::uint8_t>(judgement.quarantine)},
                     judgement.note, judgement.holding, Blob{judgement.answers}));
        const InstanceId instance(row.text(0));
        TRY_ASSIGN(const std::uint64_t pos, announce(ChangeKind::kSubmission, DeviceId(row.text(1)),
                                                     instance, FormRef{row.text(2), row.text(3)}));
        return refresh_submission(instance, pos);
    });
}

Result<void> SqliteStore::erase(const InstanceId& instance) {
    const Result<void> written = writer_.run([&]() -> Result<void> {
        // First where no backup can undo it; doing it twice is harmless.
        TRY(note("erase " + instance.text()));
        return erase_now(instance);
    });
    TRY(written);
    // The old pages are overwritten (secure_delete); now they also leave the write-ahead log.
    return tidy();
}

Result<bool> SqliteStore::was_erased(const InstanceId& instance) {
    TRY_ASSIGN(Statement row,
               db().query("SELECT 1 FROM submission WHERE instance = ?1 AND erased = 1", instance));
    return row.step();
}

Result<void> SqliteStore::erase_now(const InstanceId& instance) {
    TRY_ASSIGN(Statement row, db().query("SELECT rev FROM revision WHERE instance = ?1"
                                         " AND body IS NOT NULL",
                                         instance));
    bool any = false;
    while (true) {
        TRY_ASSIGN(const bool more, row.step());
        if (!more) break;
        any = true;
        const auto rev = row.digest<RevisionId>(0);
        TRY(log_.erase(rev, clock_.now()));
        TRY(
            db().run("UPDATE arrival SET author = '', note = '', holding = '', answers = x''"
                     " WHERE rev = ?1",
                     rev));
        // Nobody will bring them again: the next sweep takes them, unless others name them too.
        TRY(
            db().run("UPDATE file SET day = 0 WHERE hash IN"
                     " (SELECT hash FROM file_use WHERE rev = ?1)",
                     rev));
        TRY(db().run("DELETE FROM file_use WHERE rev = ?1", rev));
    }
    TRY_ASSIGN(const bool known, was_erased(instance));
    if (known && !any) return {};
    TRY_ASSIGN(const std::uint64_t pos,
               announce(ChangeKind::kErasure, std::nullopt, instance, std::nullopt));
    // The row also stands for what has not come yet, or comes again after a restore.
    TRY(
        db().run("INSERT INTO submission(instance, form_id, form_version, head, heads, revisions,"
                 " pos, quarantine, review, review_note, erased)"
                 " VALUES(?1, '', '', x'', 0, 0, ?2, 0, 0, '', 1)"
                 " ON CONFLICT (instance) DO UPDATE SET erased = 1, review_note = '',"
                 " pos = excluded.pos",
                 instance, pos));
    return {};
}

Result<std::uint64_t> SqliteStore::for_each_answer(
    const std::string& form_id, const std::function<void(const AnswerRecord&)>& each) {
    return readers_.run([&](Database& db) -> Result<std::uint64_t> {
        TRY_ASSIGN(Statement head, db.query("SELECT pos FROM server"));
        TRY_ASSIGN(const bool found, head.step());
        const std::uint64_t pos = found ? head.natural(0) : 0;
        TRY_ASSIGN(Statement row,
                   db.query(ANSWER_COLUMNS " AND s.form_id = ?1 ORDER BY s.pos", form_id));
        while (true) {
            TRY_ASSIGN(const bool more, row.step());
            if (!more) return pos;
            each(read_answer(row));
        }
    });
}

Result<std::vector<AnswerChange>> SqliteStore::answer_changes(std::uint64_t pos,
                                                              std::uint32_t count_max) {
    return readers_.run([&](Database& db) -> Result<std::vector<AnswerChange>> {
        TRY_ASSIGN(Statement row, db.query("SELECT pos, instance FROM change WHERE pos > ?1"
                                           " AND instance IS NOT NULL ORDER BY pos LIMIT ?2",
                                           position_bound(pos), std::min(count_max, kPageMax)));
        std::vector<AnswerChange> changes;
        while (true) {
            TRY_ASSIGN(const bool more, row.step());
            if (!more) return changes;
            AnswerChange change{row.natural(0), InstanceId(row.text(1)), std::nullopt};
            TRY_ASSIGN(Statement answer,
                       db.query(ANSWER_COLUMNS " AND s.instance = ?1", change.instance));
            TRY_ASSIGN(const bool counts, answer.step());
            if (counts) change.record = read_answer(answer);
            changes.push_back(std::move(change));
        }
    });
}

}  // namespace survey::server
