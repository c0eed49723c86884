#include "common/store/revision_log.h"

#include "common/codec/envelope.h"

namespace survey {

namespace {

Error no_writer() {
    return fail(ErrorCode::kNotFound, "this writer has no log here");
}

LogEntry read_entry(const Statement& row, const WriterId& writer) {
    LogEntry entry;
    entry.writer = writer;
    entry.seq = row.natural(0);
    entry.prev = row.digest<EntryHash>(1);
    entry.rev = row.digest<RevisionId>(2);
    entry.signature = row.digest<Signature>(3);
    return entry;
}

}  // namespace

std::string_view RevisionLog::schema_v1() {
    return R"sql(
CREATE TABLE revision(
    rev BLOB PRIMARY KEY CHECK (length(rev) = 32),
    instance TEXT,      -- NULL: of a format that could not be read
    hlc INTEGER NOT NULL,
    body BLOB,          -- NULL: erased
    erased_at INTEGER
) STRICT;
CREATE INDEX revision_by_instance ON revision(instance);
CREATE TABLE parent(
    rev BLOB NOT NULL REFERENCES revision,
    parent BLOB NOT NULL CHECK (length(parent) = 32),
    PRIMARY KEY (rev, parent)
) STRICT, WITHOUT ROWID;
CREATE TABLE writer(
    number INTEGER PRIMARY KEY,
    device TEXT NOT NULL,
    incarnation BLOB NOT NULL CHECK (length(incarnation) = 16),
    parent_incarnation BLOB,
    parent_seq INTEGER,
    parent_hash BLOB,
    head INTEGER NOT NULL,
    head_hash BLOB NOT NULL,
    UNIQUE (device, incarnation)
) STRICT;
CREATE TABLE entry(
    writer INTEGER NOT NULL REFERENCES writer,
    seq INTEGER NOT NULL CHECK (seq > 0),
    prev BLOB NOT NULL,
    rev BLOB NOT NULL REFERENCES revision,
    signature BLOB NOT NULL CHECK (length(signature) = 64),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (writer, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_by_rev ON entry(rev);
)sql";
}

Result<bool> RevisionLog::insert(const RevisionId& rev, std::string_view bytes,
                                 const RevisionEnvelope* envelope) {
    std::optional<std::string> instance;
    std::uint64_t hlc = 0;
    if (envelope != nullptr) {
        instance = envelope->instance.text();
        hlc = envelope->hlc.value;
    }
    TRY_ASSIGN(const std::int64_t added,
               db_.run("INSERT INTO revision(rev, instance, hlc, body) VALUES(?1, ?2, ?3, ?4)"
                       " ON CONFLICT DO NOTHING",
                       rev, instance, hlc, Blob{bytes}));
    if (added == 0) return false;
    if (envelope != nullptr) {
        for (const RevisionId& parent : envelope->parents) {
            TRY(db_.run("INSERT INTO parent(rev, parent) VALUES(?1, ?2)", rev, parent));
        }
    }
    return true;
}

Result<bool> RevisionLog::contains(const RevisionId& rev) const {
    TRY_ASSIGN(Statement row, db_.query("SELECT 1 FROM revision WHERE rev = ?1", rev));
    return row.step();
}

Result<std::string> RevisionLog::bytes(const RevisionId& rev) const {
    TRY_ASSIGN(Statement row, db_.query("SELECT body FROM revision WHERE rev = ?1", rev));
    TRY_ASSIGN(const bool found, row.step());
    if (!found) return fail(ErrorCode::kNotFound, "no revision " + rev.hex());
    if (row.is_null(0)) return fail(ErrorCode::kNotFound, "revision " + rev.hex() + " was erased");
    std::string body = row.text(0);
    // A name can outlive its content on a bad disk, so it is checked where it is read.
    if (codec::revision_id(body) != rev) {
        return fail(ErrorCode::kCorrupt,
                    "the stored bytes of revision " + rev.hex() + " are damaged; restore a backup");
    }
    return body;
}

Result<RevisionEnvelope> RevisionLog::envelope(const RevisionId& rev) const {
    TRY_ASSIGN(const std::string body, bytes(rev));
    return codec::decode_envelope(body);
}

Result<void> RevisionLog::erase(const RevisionId& rev, Instant when) {
    TRY(
        db_.run("UPDATE revision SET body = NULL, erased_at = coalesce(erased_at, ?2)"
                " WHERE rev = ?1",
                rev, std::int64_t{when.time_since_epoch().count()}));
    return {};
}

Result<bool> RevisionLog::is_erased(const RevisionId& rev) const {
    TRY_ASSIGN(Statement row,
               db_.query("SELECT 1 FROM revision WHERE rev = ?1 AND erased_at IS NOT NULL", rev));
    return row.step();
}

Result<RevisionGraph> RevisionLog::graph(const InstanceId& instance) const {
    RevisionGraph graph;
    TRY_ASSIGN(
        Statement row,
        db_.query("SELECT rev, hlc FROM revision WHERE instance = ?1 ORDER BY rev", instance));
    while (true) {
        TRY_ASSIGN(const bool found, row.step());
        if (!found) return graph;
        RevisionGraph::Node node{row.digest<RevisionId>(0), {}, Hlc{row.natural(1)}};
        TRY_ASSIGN(Statement parent,
                   db_.query("SELECT parent FROM parent WHERE rev = ?1 ORDER BY parent", node.rev));
        while (true) {
            TRY_ASSIGN(const bool has_parent, parent.step());
            if (!has_parent) break;
            node.parents.push_back(parent.digest<RevisionId>(0));
        }
        graph.add(std::move(node));
    }
}

Result<std::optional<WriterState>> RevisionLog::writer(const WriterId& writer) const {
    TRY_ASSIGN(Statement row,
               db_.query("SELECT parent_incarnation, parent_seq, parent_hash, head, head_hash"
                         " FROM writer WHERE device = ?1 AND incarnation = ?2",
                         writer.device, writer.incarnation));
    TRY_ASSIGN(const bool found, row.step());
    if (!found) return std::optional<WriterState>();
    WriterState state{writer, std::nullopt, {row.natural(3), row.digest<EntryHash>(4)}};
    if (!row.is_null(0)) {
        state.parent =
            WriterParent{row.digest<Incarnation>(0), {row.natural(1), row.digest<EntryHash>(2)}};
    }
    return std::optional(state);
}

Result<bool> RevisionLog::add_writer(const WriterId& writer,
                                     const std::optional<WriterParent>& parent) {
    std::optional<Incarnation> incarnation;
    std::optional<std::uint64_t> seq;
    std::optional<EntryHash> hash;
    if (parent) {
        incarnation = parent->incarnation;
        seq = parent->head.seq;
        hash = parent->head.hash;
    }
    TRY(
        db_.run("INSERT INTO writer(device, incarnation, parent_incarnation, parent_seq,"
                " parent_hash, head, head_hash) VALUES(?1, ?2, ?3, ?4, ?5, 0, ?6)"
                " ON CONFLICT DO NOTHING",
                writer.device, writer.incarnation, incarnation, seq, hash, EntryHash{}));
    if (!parent) return false;
    TRY_ASSIGN(Statement sibling,
               db_.query("SELECT 1 FROM writer WHERE device = ?1 AND incarnation <> ?2"
                         " AND parent_incarnation = ?3",
                         writer.device, writer.incarnation, parent->incarnation));
    return sibling.step();
}

Result<LogEntry> RevisionLog::append_own(const WriterId& writer_id, const RevisionId& rev,
                                         const SigningKey& key) {
    TRY_ASSIGN(const std::optional<WriterState> state, writer(writer_id));
    if (!state) return no_writer();
    LogEntry entry{writer_id, state->head.seq + 1, state->head.hash, rev, {}};
    entry.signature = Signature{key.sign(codec::entry_bytes(entry))};
    TRY_ASSIGN(const EntryOutcome outcome, accept(entry));
    ENSURE(outcome == EntryOutcome::kAppended);
    return entry;
}

Result<EntryOutcome> RevisionLog::accept(const LogEntry& entry) {
    TRY_ASSIGN(const std::optional<WriterState> state, writer(entry.writer));
    if (!state) return no_writer();
    const EntryHash hash = codec::entry_hash(entry);
    if (entry.seq == 0) return EntryOutcome::kFork;
    if (entry.seq <= state->head.seq) {
        TRY_ASSIGN(const EntryHash known, hash_at(entry.writer, entry.seq));
        return known == hash ? EntryOutcome::kDuplicate : EntryOutcome::kFork;
    }
    if (entry.seq > state->head.seq + 1) return EntryOutcome::kGap;
    if (entry.prev != state->head.hash) return EntryOutcome::kFork;
    TRY(
        db_.run("INSERT INTO entry(writer, seq, prev, rev, signature, hash)"
                " SELECT number, ?3, ?4, ?5, ?6, ?7 FROM writer"
                " WHERE device = ?1 AND incarnation = ?2",
                entry.writer.device, entry.writer.incarnation, entry.seq, entry.prev, entry.rev,
                entry.signature, hash));
    TRY(
        db_.run("UPDATE writer SET head = ?3, head_hash = ?4 WHERE device = ?1"
                " AND incarnation = ?2",
                entry.writer.device, entry.writer.incarnation, entry.seq, hash));
    return EntryOutcome::kAppended;
}

Result<LogEntry> RevisionLog::entry(const WriterId& writer, std::uint64_t seq) const {
    TRY_ASSIGN(Statement row,
               db_.query("SELECT seq, prev, rev, signature FROM entry WHERE seq = ?3 AND writer ="
                         " (SELECT number FROM writer WHERE device = ?1 AND incarnation = ?2)",
                         writer.device, writer.incarnation, seq));
    TRY_ASSIGN(const bool found, row.step());
    if (!found) {
        return fail(ErrorCode::kNotFound, "no entry " + std::to_string(seq) + " in this log");
    }
    return read_entry(row, writer);
}

Result<EntryHash> RevisionLog::hash_at(const WriterId& writer, std::uint64_t seq) const {
    if (seq == 0) return EntryHash{};
    TRY_ASSIGN(Statement row,
               db_.query("SELECT hash FROM entry WHERE seq = ?3 AND writer ="
                         " (SELECT number FROM writer WHERE device = ?1 AND incarnation = ?2)",
                         writer.device, writer.incarnation, seq));
    TRY_ASSIGN(const bool found, row.step());
    if (!found) {
        return fail(ErrorCode::kNotFound, "no entry " + std::to_string(seq) + " in this log");
    }
    return row.digest<EntryHash>(0);
}

Result<void> RevisionLog::verify_chain(const WriterId& writer_id) const {
    TRY_ASSIGN(const std::optional<WriterState> state, writer(writer_id));
    if (!state) return no_writer();
    TRY_ASSIGN(Statement row,
               db_.query("SELECT seq, prev, rev, signature, hash FROM entry WHERE writer ="
                         " (SELECT number FROM writer WHERE device = ?1 AND incarnation = ?2)"
                         " ORDER BY seq",
                         writer_id.device, writer_id.incarnation));
    ChainHead reached;
    while (true) {
        TRY_ASSIGN(const bool found, row.step());
        if (!found) break;
        const LogEntry entry = read_entry(row, writer_id);
        const EntryHash hash = codec::entry_hash(entry);
        if (entry.seq != reached.seq + 1 || entry.prev != reached.hash ||
            hash != row.digest<EntryHash>(4)) {
            return fail(ErrorCode::kCorrupt,
                        "the log is damaged at entry " + std::to_string(reached.seq + 1));
        }
        reached = {entry.seq, hash};
    }
    if (reached != state->head) {
        return fail(ErrorCode::kCorrupt, "the log ends at entry " + std::to_string(reached.seq) +
                                             " instead of " + std::to_string(state->head.seq));
    }
    return {};
}

}  // namespace survey
