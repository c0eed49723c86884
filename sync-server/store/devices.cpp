#include <algorithm>

#include "common/crypto/crypto.h"
#include "sync-server/store/sqlite_store_internal.h"

namespace survey::server {

namespace {

constexpr std::string_view kCrockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// 16 digits are 80 bits: out of reach for guessing, also against a stolen hash, within the days
/// that a code lives.
constexpr std::size_t kCodeDigits = 16;

/// Groups of four, for reading aloud.
std::string make_code(const std::string& random) {
    std::string code;
    for (std::size_t i = 0; i < kCodeDigits; ++i) {
        if (i > 0 && i % 4 == 0) code += '-';
        code += kCrockford[static_cast<std::uint8_t>(random[i]) & 31U];
    }
    return code;
}

/// As a person may type it: any case, blanks or hyphens anywhere, O for 0, I and L for 1
/// (Crockford's rules for base 32).
std::string plain_code(std::string_view typed) {
    std::string code;
    for (const char c : typed) {
        if (c == '-' || c == ' ') continue;
        const char upper = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        code += upper == 'O' ? '0' : upper == 'I' || upper == 'L' ? '1' : upper;
    }
    return code;
}

Device read_device(const Statement& row) {
    Device device;
    device.id = DeviceId(row.text(0));
    device.name = row.text(1);
    device.key = row.digest<PublicKey>(2);
    device.app_version = row.text(3);
    device.enrolled = Instant(std::chrono::milliseconds(row.integer(4)));
    if (!row.is_null(5)) device.last_seen = Instant(std::chrono::milliseconds(row.integer(5)));
    device.clock_skew_ms = row.integer(6);
    device.revoked = row.integer(7) != 0;
    return device;
}

Error not_enrolled() {
    return fail(ErrorCode::kNotEnrolled, "this device is not enrolled here");
}

Error bad_code() {
    return fail(
        ErrorCode::kNotEnrolled,
        "this enrolment code is not valid (any more); ask the project office for a new one");
}

}  // namespace

Result<std::string> SqliteStore::create_enrolment_code(const NewEnrolmentCode& code) {
    const std::string shown = make_code(random_bytes(kCodeDigits));
    const std::int64_t now = now_ms();
    const std::int64_t life = std::chrono::milliseconds(code.valid_for).count();
    const Result<void> written = writer_.run([&]() -> Result<void> {
        TRY(
            db().run("INSERT INTO enrolment_code(hash, label, devices_max, devices_used, created,"
                     " expires, withdrawn) VALUES(?1, ?2, ?3, 0, ?4, ?5, 0)",
                     sha256(plain_code(shown)), code.label, code.devices_max, now, now + life));
        return {};
    });
    TRY(written);
    return shown;
}

Result<std::vector<EnrolmentCode>> SqliteStore::enrolment_codes() {
    return readers_.run([](Database& db) -> Result<std::vector<EnrolmentCode>> {
        TRY_ASSIGN(Statement row,
                   db.query("SELECT number, label, devices_max, devices_used, created, expires,"
                            " withdrawn FROM enrolment_code ORDER BY number DESC LIMIT 10000"));
        std::vector<EnrolmentCode> found;
        while (true) {
            TRY_ASSIGN(const bool more, row.step());
            if (!more) return found;
            EnrolmentCode code;
            code.number = row.integer(0);
            code.label = row.text(1);
            code.devices_max = static_cast<std::uint32_t>(row.integer(2));
            code.devices_used = static_cast<std::uint32_t>(row.integer(3));
            code.created = Instant(std::chrono::milliseconds(row.integer(4)));
            code.expires = Instant(std::chrono::milliseconds(row.integer(5)));
            code.withdrawn = row.integer(6) != 0;
            found.push_back(code);
        }
    });
}

Result<void> SqliteStore::withdraw_enrolment_code(std::int64_t number) {
    return writer_.run([&]() -> Result<void> {
        TRY_ASSIGN(Statement row, db().query("UPDATE enrolment_code SET withdrawn = 1"
                                             " WHERE number = ?1 RETURNING hash",
                                             number));
        TRY_ASSIGN(const bool found, row.step());
        if (!found) return fail(ErrorCode::kNotFound, "no such enrolment code");
        const auto hash = row.array<32>(0);
        TRY(row.step());
        return note("withdraw " + to_hex(hash));
    });
}

Result<EnrolReply> SqliteStore::enrol(const EnrolRequest& request) {
    const Bytes32 code_hash = sha256(plain_code(request.code));
    EnrolReply reply;
    reply.token = random_token(32);
    const ServerIdentity server = identity();
    reply.server = server.server;
    reply.server_key = server.key;
    reply.epoch = server.epoch;
    reply.project = server.project;
    const Result<void> written = writer_.run([&]() -> Result<void> {
        const std::int64_t now = now_ms();
        // One statement finds and uses the code up, so two devices cannot share the last place.
        TRY_ASSIGN(const std::int64_t used,
                   db().run("UPDATE enrolment_code SET devices_used = devices_used + 1"
                            " WHERE hash = ?1 AND withdrawn = 0 AND expires > ?2"
                            " AND devices_used < devices_max",
                            code_hash, now));
        if (used == 0) return bad_code();
        reply.device = DeviceId(make_ulid(now, random_));
        TRY(
            db().run("INSERT INTO device(id, name, key, token_hash, app_version, enrolled,"
                     " last_seen, clock_skew_ms, revoked) VALUES(?1, ?2, ?3, ?4, ?5, ?6, NULL, 0,"
                     " 0)",
                     reply.device, request.device_name, request.device_key, sha256(reply.token),
                     request.app_version, now));
        return note("enrol " + to_hex(code_hash));
    });
    TRY(written);
    return reply;
}

Result<Device> SqliteStore::authenticate(std::string_view token) {
    return readers_.run([&](Database& db) -> Result<Device> {
        TRY_ASSIGN(Statement row,
                   db.query("SELECT id, name, key, app_version, enrolled, last_seen,"
                            " clock_skew_ms, revoked FROM device WHERE token_hash = ?1",
                            sha256(token)));
        TRY_ASSIGN(const bool found, row.step());
        if (!found) return not_enrolled();
        return read_device(row);
    });
}

Result<std::vector<Device>> SqliteStore::devices() {
    return readers_.run([](Database& db) -> Result<std::vector<Device>> {
        TRY_ASSIGN(Statement row, db.query("SELECT id, name, key, app_version, enrolled, last_seen,"
                                           " clock_skew_ms, revoked FROM device ORDER BY id"));
        std::vector<Device> found;
        while (true) {
            TRY_ASSIGN(const bool more, row.step());
            if (!more) return found;
            found.push_back(read_device(row));
        }
    });
}

Result<void> SqliteStore::revoke_device(const DeviceId& device) {
    return writer_.run([&]() -> Result<void> {
        TRY_ASSIGN(const std::int64_t found,
                   db().run("UPDATE device SET revoked = 1 WHERE id = ?1", device));
        if (found == 0) return fail(ErrorCode::kNotFound, "no such device");
        // Outside the database: a restored backup must not let a stolen laptop in again.
        return note("revoke " + device.text());
    });
}

Result<HelloReply> SqliteStore::hello(const Device& device, const HelloRequest& request) {
    if (request.writer.device != device.id) {
        return fail(ErrorCode::kForbidden, "this log belongs to another device");
    }
    HelloReply reply;
    const ServerIdentity server = identity();
    reply.server = server.server;
    reply.epoch = server.epoch;
    reply.server_time = clock_.now();
    reply.nonce = request.nonce;
    const Result<void> written = writer_.run([&]() -> Result<void> {
        TRY_ASSIGN(const auto state, log_.writer(request.writer));
        reply.writer_known = state.has_value();
        if (state) {
            reply.head = state->head;
        } else {
            TRY_ASSIGN(const bool has_sibling, log_.add_writer(request.writer, request.parent));
            if (has_sibling) TRY(raise(AlarmKind::kCloned, device.id));
        }
        const std::uint64_t at = std::min(request.head.seq, reply.head.seq);
        TRY_ASSIGN(reply.hash_at, log_.hash_at(request.writer, at));
        const std::int64_t skew = (request.wall_clock - reply.server_time).count();
        TRY(
            db().run("UPDATE device SET last_seen = ?2, clock_skew_ms = ?3, app_version = ?4"
                     " WHERE id = ?1",
                     device.id, now_ms(), skew, request.app_version));
        TRY_ASSIGN(Statement row,
                   db().query("SELECT revoked FROM device WHERE id = ?1", device.id));
        TRY_ASSIGN(const bool found, row.step());
        if (!found) return not_enrolled();
        reply.revoked = row.integer(0) != 0;
        return {};
    });
    TRY(written);
    return reply;
}

}  // namespace survey::server
