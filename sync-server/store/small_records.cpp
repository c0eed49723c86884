#include "sync-server/store/sqlite_store_internal.h"

namespace survey::server {

Result<std::optional<Record>> SqliteStore::record(std::string_view kind, std::string_view key) {
    return readers_.run([&](Database& db) -> Result<std::optional<Record>> {
        TRY_ASSIGN(Statement row, db.query("SELECT value, version FROM record WHERE kind = ?1"
                                           " AND key = ?2",
                                           kind, key));
        TRY_ASSIGN(const bool found, row.step());
        if (!found) return std::optional<Record>();
        return std::optional(Record{std::string(key), row.text(0), row.natural(1)});
    });
}

Result<std::vector<Record>> SqliteStore::records(std::string_view kind) {
    return readers_.run([&](Database& db) -> Result<std::vector<Record>> {
        TRY_ASSIGN(Statement row, db.query("SELECT key, value, version FROM record WHERE kind = ?1"
                                           " ORDER BY key",
                                           kind));
        std::vector<Record> found;
        while (true) {
            TRY_ASSIGN(const bool more, row.step());
            if (!more) return found;
            found.push_back({row.text(0), row.text(1), row.natural(2)});
        }
    });
}

Result<std::uint64_t> SqliteStore::put_record(std::string_view kind, const Record& record) {
    return writer_.run([&]() -> Result<std::uint64_t> {
        // Compare and write are one statement; its count of rows tells who was first.
        std::int64_t written = 0;
        if (record.value.empty()) {
            TRY_ASSIGN(written, db().run("DELETE FROM record WHERE kind = ?1 AND key = ?2"
                                         " AND version = ?3",
                                         kind, record.key, record.version));
        } else if (record.version == 0) {
            TRY_ASSIGN(written, db().run("INSERT INTO record(kind, key, version, value)"
                                         " VALUES(?1, ?2, 1, ?3) ON CONFLICT DO NOTHING",
                                         kind, record.key, Blob{record.value}));
        } else {
            TRY_ASSIGN(written, db().run("UPDATE record SET value = ?4, version = version + 1"
                                         " WHERE kind = ?1 AND key = ?2 AND version = ?3",
                                         kind, record.key, record.version, Blob{record.value}));
        }
        if (written == 0) {
            return fail(ErrorCode::kConflict, "somebody else changed this in the meantime");
        }
        return record.value.empty() ? 0 : record.version + 1;
    });
}

}  // namespace survey::server
