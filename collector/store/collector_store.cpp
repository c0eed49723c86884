#include "collector/store/collector_store.h"

#include <algorithm>

#include "collector/store/schema_internal.h"
#include "common/base/number.h"
#include "common/codec/envelope.h"
#include "common/host/files.h"

namespace survey::collector {

namespace {

/// An envelope is its content and at most this much around it.
constexpr std::size_t kRecordBytesMax = kContentBytesMax + 300'000;
constexpr std::size_t kMarkerBytesMax = 4096;
constexpr std::string_view kMarkerTitle = "werkstatt-device-marker 1";

struct Marker {
    std::string incarnation;
    std::uint64_t seq = 0;
    std::string machine;
    std::string file_id;
};

std::optional<Marker> parse_marker(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty() && lines.size() < 6) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    if (lines.size() != 5 || lines[0] != kMarkerTitle) return std::nullopt;
    const auto seq = parse_int(lines[2]);
    if (!seq || *seq < 0) return std::nullopt;
    return Marker{lines[1], static_cast<std::uint64_t>(*seq), lines[3], lines[4]};
}

std::string outbox_path(const StorePaths& paths) {
    return paths.data + "/outbox.log";
}

}  // namespace

CollectorStore::CollectorStore(StorePaths paths, const Clock& clock, Random& random)
    : paths_(std::move(paths)), clock_(clock), random_(random) {}

CollectorStore::~CollectorStore() = default;

Result<std::unique_ptr<CollectorStore>> CollectorStore::open(const StorePaths& paths,
                                                             const Clock& clock, Random& random) {
    std::unique_ptr<CollectorStore> store(new CollectorStore(paths, clock, random));
    TRY(make_directory(paths.data));
    const std::size_t slash = paths.marker.rfind('/');
    if (slash != std::string::npos && slash > 0) TRY(make_directory(paths.marker.substr(0, slash)));
    DatabaseOptions options;
    options.role = DatabaseRole::kOnly;
    // Whoever has the file keeps it; waiting only helps against one that is just closing.
    options.busy_timeout = std::chrono::milliseconds(500);
    options.pages_max = paths.pages_max;
    auto db = Database::open(paths.data + "/collector.db", collector_schema(), options);
    if (!db && db.error().code == ErrorCode::kInvalidInput) {
        // Nobody chose this file: what was our database is no longer one.
        return fail(ErrorCode::kCorrupt, db.error().message);
    }
    TRY_ASSIGN(store->db_, std::move(db));
    store->log_ = std::make_unique<RevisionLog>(*store->db_);
    TRY_ASSIGN(RecordLog outbox, RecordLog::open(outbox_path(paths), kRecordBytesMax));
    store->outbox_file_.emplace(std::move(outbox));
    TRY(store->load_or_create());
    TRY(store->check_marker());
    TRY(store->write_marker());
    return store;
}

Result<void> CollectorStore::load_or_create() {
    return in_transaction([&]() -> Result<void> {
        TRY_ASSIGN(Statement row, db_->query("SELECT 1 FROM identity"));
        TRY_ASSIGN(const bool found, row.step());
        if (found) return load_identity();
        finding_ = OpenFinding::kNew;
        // The id is provisional until enrolment gives one; interviews need a writer before.
        const WriterId writer{DeviceId(make_ulid(now_ms(), random_)), make_incarnation(random_)};
        TRY(log_->add_writer(writer, std::nullopt));
        TRY(
            db_->run("INSERT INTO identity(one, device, incarnation, key_seed, file_id, hlc, epoch,"
                     " cursor, confirmed, floor, clock_state, revoked, repair_pending)"
                     " VALUES(1, ?1, ?2, ?3, ?4, 0, ?5, 0, 0, 0, 0, 0, 0)",
                     writer.device, writer.incarnation, SigningKey::generate().seed(),
                     make_incarnation(random_), epoch_bytes(Epoch{})));
        TRY(load_identity());
        return rescue_within();
    });
}

Result<void> CollectorStore::ready() {
    const bool was_broken = db_->is_broken();
    TRY(db_->reopen());
    if ((was_broken || identity_is_stale_) && key_) {
        TRY(load_identity());
        identity_is_stale_ = false;
    }
    return {};
}

Result<void> CollectorStore::load_identity() {
    TRY_ASSIGN(Statement row,
               db_->query("SELECT i.device, i.incarnation, i.key_seed, i.file_id, i.epoch, i.url,"
                          " i.server_id, i.server_key, i.token, i.project FROM identity i"));
    TRY_ASSIGN(const bool found, row.step());
    if (!found) return fail(ErrorCode::kCorrupt, "the collector's database has no identity");
    Identity identity;
    identity.writer = {DeviceId(row.text(0)), row.digest<Incarnation>(1)};
    key_ = SigningKey::from_seed(row.array<32>(2));
    identity.device_key = PublicKey{key_->public_key()};
    file_id_ = to_hex(row.array<16>(3));
    epoch_ = epoch_from(row.array<20>(4));
    if (!row.is_null(5)) {
        identity.enrolment = Enrolment{row.text(5), row.digest<ServerId>(6),
                                       row.digest<PublicKey>(7), row.text(8), row.text(9)};
    }
    TRY_ASSIGN(const auto state, log_->writer(identity.writer));
    if (!state) return fail(ErrorCode::kCorrupt, "the collector's database has no log of its own");
    identity.parent = state->parent;
    identity_ = std::move(identity);
    return {};
}

Result<void> CollectorStore::check_marker() {
    if (finding_ == OpenFinding::kNew) return {};
    const auto text = read_file(paths_.marker, kMarkerBytesMax);
    if (!text && text.error().code != ErrorCode::kNotFound) return text.error();
    const std::optional<Marker> marker =
        text ? parse_marker(*text) : std::optional<Marker>(std::nullopt);
    TRY_ASSIGN(const auto state, log_->writer(identity_.writer));
    if (!marker) {
        finding_ = OpenFinding::kMarkerMissing;
    } else if (marker->machine != to_hex(sha256(paths_.machine)) || marker->file_id != file_id_ ||
               marker->incarnation != identity_.writer.incarnation.hex()) {
        finding_ = OpenFinding::kCopied;
    } else if (marker->seq > state->head.seq) {
        finding_ = OpenFinding::kRestored;
    }
    // Rotating is cheap and always safe, so every doubt is a reason.
    return finding_ == OpenFinding::kNormal ? Result<void>() : rotate_incarnation();
}

Result<void> CollectorStore::write_marker() {
    TRY_ASSIGN(const auto state, log_->writer(identity_.writer));
    const std::string text = std::string(kMarkerTitle) + "\n" + identity_.writer.incarnation.hex() +
                             "\n" + std::to_string(state->head.seq) + "\n" +
                             to_hex(sha256(paths_.machine)) + "\n" + file_id_ + "\n";
    return write_file_atomic(paths_.marker, text, FileAccess::kOwner);
}

Result<void> CollectorStore::rotate_incarnation() {
    const Result<void> rotated =
        in_transaction([&]() -> Result<void> { return rotate_within(identity_.writer.device); });
    TRY(rotated);
    return write_marker();
}

Result<void> CollectorStore::rotate_within(const DeviceId& device) {
    const WriterId before = identity_.writer;
    const WriterId next{device, make_incarnation(random_)};
    std::optional<WriterParent> parent;
    if (device == before.device) {
        TRY_ASSIGN(const auto state, log_->writer(before));
        parent = WriterParent{before.incarnation, state->head};
    }
    TRY(log_->add_writer(next, parent));
    TRY(db_->run("UPDATE identity SET device = ?1, incarnation = ?2, file_id = ?3, confirmed = 0",
                 next.device, next.incarnation, make_incarnation(random_)));
    TRY(load_identity());
    return log_again_within();
}

Result<void> CollectorStore::log_again_within() {
    TRY_ASSIGN(
        Statement row,
        db_->query("SELECT i.rev FROM interview i JOIN revision r ON r.rev = i.rev"
                   " WHERE r.body IS NOT NULL AND i.refused = 0"
                   " AND i.receipt_epoch IS NOT ?1"
                   " AND NOT EXISTS (SELECT 1 FROM entry e JOIN writer w"
                   " ON w.number = e.writer WHERE e.rev = i.rev AND w.device = ?2"
                   " AND w.incarnation = ?3) ORDER BY i.number",
                   epoch_bytes(epoch_), identity_.writer.device, identity_.writer.incarnation));
    std::vector<RevisionId> missing;
    while (true) {
        TRY_ASSIGN(const bool more, row.step());
        if (!more) break;
        missing.push_back(row.digest<RevisionId>(0));
    }
    for (const RevisionId& rev : missing) {
        TRY(log_->append_own(identity_.writer, rev, *key_));
    }
    return {};
}

Result<void> CollectorStore::rescue_within() {
    // The database is new. If an older one was lost, its interviews are still in the outbox file.
    TRY_ASSIGN(const auto records, RecordLog::read_all(outbox_path(paths_), kRecordBytesMax));
    for (const std::string& bytes : records) {
        const auto envelope = codec::decode_envelope(bytes);
        if (!envelope) continue;
        TRY_ASSIGN(const bool known, log_->contains(codec::revision_id(bytes)));
        if (!known) TRY(store_within(bytes, *envelope, ""));
    }
    return {};
}

Result<void> CollectorStore::enrol(const std::string& url, const EnrolReply& reply) {
    const Result<void> enrolled = in_transaction([&]() -> Result<void> {
        // Nothing that another server said counts here: all interviews go to this one.
        epoch_ = Epoch{};
        TRY(db_->run(
            "UPDATE identity SET url = ?1, server_id = ?2, server_key = ?3, token = ?4,"
            " project = ?5, epoch = ?6, cursor = 0, floor = 0, revoked = 0,"
            " repair_pending = 0",
            url, reply.server, reply.server_key, reply.token, reply.project, epoch_bytes(epoch_)));
        return rotate_within(reply.device);
    });
    TRY(enrolled);
    return write_marker();
}

}  // namespace survey::collector
