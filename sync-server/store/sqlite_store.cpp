#include <algorithm>
#include <map>

#include "common/base/number.h"
#include "common/host/files.h"
#include "sync-server/store/schema_internal.h"
#include "sync-server/store/sqlite_store_internal.h"

namespace survey::server {

namespace {

/// One fact of the ledger is short: a verb and an id.
constexpr std::size_t kFactBytesMax = 256;
constexpr std::size_t kMarkerBytesMax = 4096;
/// The marker may be this far behind; a crash within it only makes the check less sharp.
constexpr Steady kMarkerEvery = std::chrono::seconds(1);

struct Marker {
    std::string server;
    std::uint32_t epoch_counter = 0;
    std::string epoch_random;
    std::uint64_t pos = 0;
};

std::string format_marker(const ServerIdentity& identity, std::uint64_t pos) {
    return "werkstatt-server-marker 1\n" + identity.server.hex() + "\n" +
           std::to_string(identity.epoch.counter) + "\n" + identity.epoch.random.hex() + "\n" +
           std::to_string(pos) + "\n";
}

std::optional<Marker> parse_marker(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    if (lines.size() != 5 || lines[0] != "werkstatt-server-marker 1") return std::nullopt;
    const auto counter = parse_int(lines[2]);
    const auto pos = parse_int(lines[4]);
    if (!counter || !pos || *counter < 0 || *counter > INT32_MAX || *pos < 0) return std::nullopt;
    return Marker{lines[1], static_cast<std::uint32_t>(*counter), lines[3],
                  static_cast<std::uint64_t>(*pos)};
}

}  // namespace

Result<std::unique_ptr<Store>> open_sqlite_store(const SqliteStoreOptions& options,
                                                 const Clock& clock, Random& random) {
    DatabaseOptions writing;
    writing.role = DatabaseRole::kWriter;
    writing.pages_max = options.pages_max;
    TRY_ASSIGN(auto writer, Database::open(options.path, server_schema(), writing));
    DatabaseOptions reading;
    reading.role = DatabaseRole::kReader;
    std::vector<std::unique_ptr<Database>> readers;
    for (std::uint32_t i = 0; i < std::max(options.readers, 1U); ++i) {
        TRY_ASSIGN(auto reader, Database::open(options.path, server_schema(), reading));
        readers.push_back(std::move(reader));
    }
    auto store = std::make_unique<SqliteStore>(options, std::move(writer), std::move(readers),
                                               clock, random);
    TRY(store->start());
    return std::unique_ptr<Store>(std::move(store));
}

SqliteStore::~SqliteStore() {
    static_cast<void>(write_marker(true));
}

Result<void> SqliteStore::start() {
    if (!options_.marker.empty()) {
        TRY_ASSIGN(RecordLog ledger, RecordLog::open(options_.marker + ".ledger", kFactBytesMax));
        ledger_.emplace(std::move(ledger));
    }
    const Result<void> written = writer_.run([&]() -> Result<void> {
        TRY_ASSIGN(Statement row, db().query("SELECT count(*) FROM server"));
        TRY_ASSIGN(const bool found, row.step());
        if (found && row.integer(0) == 0) TRY(create_identity());
        TRY(load_identity());
        TRY(check_marker());
        // Always: a backup can be older than the ledger without being behind the marker, because
        // revocations and enrolments do not move the position.
        return apply_ledger();
    });
    TRY(written);
    return write_marker(true);
}

Result<void> SqliteStore::create_identity() {
    const auto id128 = [] {
        Id128<struct AnyTag> id;
        const std::string bytes = random_bytes(16);
        std::copy(bytes.begin(), bytes.end(), id.bytes.begin());
        return id;
    };
    const WriterId own{DeviceId(make_ulid(now_ms(), random_)), make_incarnation(random_)};
    TRY(db().run("INSERT INTO server VALUES(1, ?1, 1, ?2, ?3, '', ?4, ?5, 0, 0)", id128(), id128(),
                 SigningKey::generate().seed(), own.device, own.incarnation));
    TRY(log_.add_writer(own, std::nullopt));
    return {};
}

Result<void> SqliteStore::load_identity() {
    TRY_ASSIGN(Statement row, db().query("SELECT server_id, epoch_counter, epoch_random, key_seed,"
                                         " project, device, incarnation FROM server"));
    TRY_ASSIGN(const bool found, row.step());
    if (!found) return fail(ErrorCode::kCorrupt, "the server's database has no identity");
    key_ = SigningKey::from_seed(row.array<32>(3));
    own_writer_ = {DeviceId(row.text(5)), row.digest<Incarnation>(6)};
    const std::lock_guard lock(mutex_);
    identity_.server = row.digest<ServerId>(0);
    identity_.epoch.counter = static_cast<std::uint32_t>(row.integer(1));
    identity_.epoch.random.bytes = row.array<16>(2);
    identity_.key = PublicKey{key_->public_key()};
    identity_.project = row.text(4);
    return {};
}

Result<void> SqliteStore::check_marker() {
    if (options_.marker.empty()) return {};
    const auto text = read_file(options_.marker, kMarkerBytesMax);
    if (!text && text.error().code == ErrorCode::kNotFound) {
        return options_.adopt ? new_epoch(identity_.epoch.counter) : Result<void>();
    }
    if (!text) return text.error();
    const std::optional<Marker> marker = parse_marker(*text);
    if (!marker) {
        return fail(ErrorCode::kCorrupt, options_.marker + " is not a server marker");
    }
    TRY_ASSIGN(Statement row, db().query("SELECT pos FROM server"));
    TRY_ASSIGN(const bool found, row.step());
    const bool is_older = !found || row.natural(0) < marker->pos ||
                          marker->server != identity_.server.hex() ||
                          marker->epoch_counter != identity_.epoch.counter ||
                          marker->epoch_random != identity_.epoch.random.hex();
    if (!is_older && !options_.adopt) return {};
    if (!options_.adopt) {
        return fail(ErrorCode::kConflict,
                    options_.path + " is older than " + options_.marker +
                        " says: it was restored from a backup. If that is so, start once with "
                        "--adopt; devices then send again what is missing");
    }
    return new_epoch(std::max(marker->epoch_counter, identity_.epoch.counter));
}

Result<void> SqliteStore::new_epoch(std::uint32_t above) {
    TRY(db().run("UPDATE server SET epoch_counter = ?1, epoch_random = ?2, incarnation = ?3",
                 above + 1, Blob{random_bytes(16)}, make_incarnation(random_)));
    const WriterId before = own_writer_;
    TRY(load_identity());
    // The server's own log may have gone on after the backup, so it gets a new incarnation too.
    TRY_ASSIGN(const auto state, log_.writer(before));
    std::optional<WriterParent> parent;
    if (state) parent = WriterParent{before.incarnation, state->head};
    TRY(log_.add_writer(own_writer_, parent));
    return {};
}

Result<void> SqliteStore::apply_ledger() {
    if (!ledger_) return {};
    TRY_ASSIGN(const auto facts, RecordLog::read_all(options_.marker + ".ledger", kFactBytesMax));
    std::map<std::string, std::int64_t> used;
    for (const std::string& fact : facts) {
        const std::size_t blank = std::min(fact.find(' '), fact.size());
        const std::string verb = fact.substr(0, blank);
        const std::string object = fact.substr(std::min(blank + 1, fact.size()));
        if (verb == "revoke") {
            TRY(db().run("UPDATE device SET revoked = 1 WHERE id = ?1", object));
        } else if (verb == "withdraw") {
            TRY(db().run("UPDATE enrolment_code SET withdrawn = 1 WHERE hex(hash) = upper(?1)",
                         object));
        } else if (verb == "enrol") {
            ++used[object];
        } else if (verb == "erase") {
            TRY(erase_now(InstanceId(object)));
        }
    }
    for (const auto& [code, times] : used) {
        TRY(
            db().run("UPDATE enrolment_code SET devices_used = max(devices_used, ?2)"
                     " WHERE hex(hash) = upper(?1)",
                     code, times));
    }
    return {};
}

Result<void> SqliteStore::note(const std::string& fact) {
    if (!ledger_) return {};
    return ledger_->append(fact);
}

Result<void> SqliteStore::write_marker(bool always) {
    if (options_.marker.empty()) return {};
    ServerIdentity identity;
    {
        const std::lock_guard lock(mutex_);
        const Steady now = clock_.steady();
        if (!always && now - marker_written_ < kMarkerEvery) return {};
        marker_written_ = now;
        identity = identity_;
    }
    TRY_ASSIGN(const std::uint64_t pos, position());
    return write_file_atomic(options_.marker, format_marker(identity, pos), FileAccess::kOwner);
}

ServerIdentity SqliteStore::identity() {
    const std::lock_guard lock(mutex_);
    return identity_;
}

Result<void> SqliteStore::set_project(const std::string& title) {
    const Result<void> written = writer_.run([&]() -> Result<void> {
        TRY(db().run("UPDATE server SET project = ?1", title));
        return {};
    });
    TRY(written);
    const std::lock_guard lock(mutex_);
    identity_.project = title;
    return {};
}

Result<std::uint64_t> SqliteStore::position() {
    return readers_.run([](Database& db) -> Result<std::uint64_t> {
        TRY_ASSIGN(Statement row, db.query("SELECT pos FROM server"));
        TRY_ASSIGN(const bool found, row.step());
        return found ? row.natural(0) : 0;
    });
}

Result<void> SqliteStore::tidy() {
    TRY(write_marker(true));
    return writer_.alone([](Database& db) { return db.checkpoint(); });
}

Result<void> SqliteStore::back_up(const std::string& path) {
    return writer_.alone([&path](Database& db) { return db.copy_to(path); });
}

Result<std::uint64_t> SqliteStore::announce(ChangeKind kind, const std::optional<DeviceId>& device,
                                            const std::optional<InstanceId>& instance,
                                            const std::optional<FormRef>& form) {
    // The single writer commits in order, so positions become visible in order and without a gap.
    TRY_ASSIGN(Statement next, db().query("UPDATE server SET pos = pos + 1 RETURNING pos"));
    TRY_ASSIGN(const bool found, next.step());
    if (!found) return fail(ErrorCode::kCorrupt, "the server's database has no identity");
    const std::uint64_t pos = next.natural(0);
    TRY(next.step());
    std::optional<std::string> form_id;
    std::optional<std::string> form_version;
    if (form) {
        form_id = form->id;
        form_version = form->version;
    }
    TRY(
        db().run("INSERT INTO change(pos, kind, device, instance, form_id, form_version)"
                 " VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
                 pos, std::int64_t{static_cast<std::uint16_t>(kind)}, device, instance, form_id,
                 form_version));
    return pos;
}

Result<void> SqliteStore::raise(AlarmKind kind, const DeviceId& device) {
    TRY(db().run("INSERT INTO alarm(kind, device, at) VALUES(?1, ?2, ?3)",
                 std::int64_t{static_cast<std::uint8_t>(kind)}, device, now_ms()));
    return {};
}

Result<std::vector<Alarm>> SqliteStore::alarms() {
    return readers_.run([](Database& db) -> Result<std::vector<Alarm>> {
        TRY_ASSIGN(Statement row, db.query("SELECT number, kind, device, at FROM alarm"
                                           " ORDER BY number DESC LIMIT 1000"));
        std::vector<Alarm> found;
        while (true) {
            TRY_ASSIGN(const bool more, row.step());
            if (!more) return found;
            found.push_back({row.integer(0), static_cast<AlarmKind>(row.integer(1)),
                             DeviceId(row.text(2)),
                             Instant(std::chrono::milliseconds(row.integer(3)))});
        }
    });
}

}  // namespace survey::server
