// Which files of answers are here. Their bytes lie beside the database.

#include "sync-server/store/sqlite_store_internal.h"

namespace survey::server {

namespace {

constexpr std::int64_t kMsPerDay = 24 * 60 * 60 * 1000;
/// By full days, so a file that was noted just before midnight still has a whole one.
constexpr std::int64_t kDaysUnused = 2;
constexpr std::uint32_t kForgottenAtOnce = 1'000;

Result<std::optional<StoredFile>> read_file_row(Statement& row) {
    TRY_ASSIGN(const bool found, row.step());
    if (!found) return std::optional<StoredFile>();
    return std::optional(StoredFile{row.digest<BlobHash>(0), row.array<32>(1), row.natural(2)});
}

}  // namespace

Result<void> SqliteStore::note_file(const StoredFile& file) {
    return writer_.run([&]() -> Result<void> {
        // The day only: with the exact time, a picture would tell when its answer was given.
        TRY(
            db().run("INSERT INTO file(hash, sha256, size, day) VALUES(?1, ?2, ?3, ?4)"
                     " ON CONFLICT (hash) DO UPDATE SET day = excluded.day",
                     file.hash, file.sha256, file.size, now_ms() / kMsPerDay));
        return {};
    });
}

Result<std::optional<StoredFile>> SqliteStore::file(const BlobHash& hash) {
    return readers_.run([&](Database& db) -> Result<std::optional<StoredFile>> {
        TRY_ASSIGN(Statement row,
                   db.query("SELECT hash, sha256, size FROM file WHERE hash = ?1", hash));
        return read_file_row(row);
    });
}

Result<std::optional<StoredFile>> SqliteStore::file_by_sha256(const Bytes32& sha256) {
    return readers_.run([&](Database& db) -> Result<std::optional<StoredFile>> {
        TRY_ASSIGN(Statement row,
                   db.query("SELECT hash, sha256, size FROM file WHERE sha256 = ?1", sha256));
        return read_file_row(row);
    });
}

Result<bool> SqliteStore::names_file(const DeviceId& device, const BlobHash& hash) {
    return readers_.run([&](Database& db) -> Result<bool> {
        TRY_ASSIGN(Statement row, db.query("SELECT 1 FROM file_use u JOIN arrival a USING (rev)"
                                           " WHERE u.hash = ?1 AND a.device = ?2",
                                           hash, device));
        return row.step();
    });
}

Result<std::vector<BlobHash>> SqliteStore::forget_unused_files() {
    return writer_.run([&]() -> Result<std::vector<BlobHash>> {
        TRY_ASSIGN(Statement row,
                   db().query("DELETE FROM file WHERE hash IN (SELECT f.hash FROM file f"
                              " WHERE f.day <= ?1 AND NOT EXISTS"
                              " (SELECT 1 FROM file_use u WHERE u.hash = f.hash) LIMIT ?2)"
                              " RETURNING hash",
                              now_ms() / kMsPerDay - kDaysUnused, kForgottenAtOnce));
        std::vector<BlobHash> forgotten;
        while (true) {
            TRY_ASSIGN(const bool more, row.step());
            if (!more) return forgotten;
            forgotten.push_back(row.digest<BlobHash>(0));
        }
    });
}

}  // namespace survey::server
