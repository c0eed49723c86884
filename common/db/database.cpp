#include "common/db/database.h"

#include <utility>

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/vfs.h>
#include <unistd.h>

namespace survey {

namespace {

/// The lowest byte of an extended result code is the plain one.
int plain(int code) {
    return code & 0xFF;
}

/// statfs(2), f_type: NFS, SMB, CIFS, SMB2, AFS, Coda, NCP, 9P, Ceph, FUSE.
bool is_on_network(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    const std::string directory = slash == std::string::npos ? "." : path.substr(0, slash + 1);
    struct statfs found{};
    if (::statfs(directory.c_str(), &found) != 0) return false;
    switch (static_cast<std::uint32_t>(found.f_type)) {
        case 0x6969U:
        case 0x517BU:
        case 0xFF534D42U:
        case 0xFE534D42U:
        case 0x5346414FU:
        case 0x73757245U:
        case 0x564CU:
        case 0x01021997U:
        case 0x00C36400U:
        case 0x65735546U:
            return true;
        default:
            return false;
    }
}

}  // namespace

Database::Database(std::string path, const Schema& schema, const DatabaseOptions& options)
    : path_(std::move(path)), schema_(schema), options_(options) {}

Database::~Database() {
    close();
}

std::string Database::library_version() {
    return sqlite3_libversion();
}

Result<std::unique_ptr<Database>> Database::open(const std::string& path, const Schema& schema,
                                                 const DatabaseOptions& options) {
    // WAL keeps its index in shared memory of one machine; locks and sync over a network are not
    // to be trusted (SQLite: "Use of a database over a network").
    if (is_on_network(path)) {
        return fail(ErrorCode::kUnavailable,
                    path +
                        " lies on a network drive, where a database can be damaged; choose a "
                        "directory on a disk of this machine");
    }
    std::unique_ptr<Database> db(new Database(path, schema, options));
    TRY(db->connect());
    return db;
}

Result<void> Database::connect() {
    const bool reads = options_.role == DatabaseRole::kReader;
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    flags |= reads ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    if (!reads) {
        // SQLite gives the WAL the permissions of the file, so the file comes first and private.
        const int file = ::open(path_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (file >= 0) ::close(file);
    }
    const int code = sqlite3_open_v2(path_.c_str(), &handle_, flags, nullptr);
    if (code != SQLITE_OK) {
        const Error error = failure(code);
        close();
        return error;
    }
    broken_ = false;
    Result<void> ready = configure();
    if (ready && !reads) ready = migrate();
    if (!ready) close();
    return ready;
}

void Database::close() {
    for (auto& [sql, statements] : idle_) {
        for (sqlite3_stmt* statement : statements)
            sqlite3_finalize(statement);
    }
    idle_.clear();
    if (handle_ != nullptr) {
        // The last word of a sound writer: no crash check is needed next time.
        if (marked_open_ && !broken_ && sqlite3_get_autocommit(handle_) != 0) {
            sqlite3_exec(handle_, "UPDATE open_mark SET is_open = 0", nullptr, nullptr, nullptr);
        }
        // v2 waits for statements that somebody still holds.
        sqlite3_close_v2(handle_);
    }
    handle_ = nullptr;
    marked_open_ = false;
}

Result<void> Database::configure() {
    sqlite3_busy_timeout(handle_, static_cast<int>(options_.busy_timeout.count()));
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    if (options_.role == DatabaseRole::kReader) {
        sqlite3_db_config(handle_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
        TRY(execute("PRAGMA query_only=ON; PRAGMA mmap_size=0; PRAGMA cell_size_check=ON"));
        return check_version();
    }
    if (options_.role == DatabaseRole::kOnly) TRY(execute("PRAGMA locking_mode=EXCLUSIVE"));
    TRY(check_version());
    TRY_ASSIGN(Statement mode, query("PRAGMA journal_mode=WAL"));
    TRY_ASSIGN(const bool row, mode.step());
    if (!row || mode.bytes(0) != "wal") {
        return fail(ErrorCode::kUnavailable,
                    path_ + " cannot use write-ahead logging here; choose another disk");
    }
    TRY(execute(
        "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA mmap_size=0;"
        "PRAGMA cell_size_check=ON; PRAGMA secure_delete=ON; PRAGMA wal_autocheckpoint=1000"));
    if (options_.pages_max > 0) {
        TRY(number("PRAGMA max_page_count=" + std::to_string(options_.pages_max)));
    }
    return {};
}

Result<void> Database::check_version() {
    TRY_ASSIGN(const std::int64_t application, number("PRAGMA application_id"));
    TRY_ASSIGN(const std::int64_t version, number("PRAGMA user_version"));
    TRY_ASSIGN(const std::int64_t tables, number("SELECT count(*) FROM sqlite_schema"));
    const bool is_new = application == 0 && version == 0 && tables == 0;
    if (is_new && options_.role != DatabaseRole::kReader) return {};
    if (application != schema_.application_id) {
        return fail(ErrorCode::kInvalidInput,
                    path_ + " is a database, but not " + std::string(schema_.what));
    }
    if (version > std::ssize(schema_.steps)) {
        return fail(ErrorCode::kUnsupported,
                    path_ + " was written by a newer version of this program (format " +
                        std::to_string(version) + ", this one knows " +
                        std::to_string(schema_.steps.size()) + "); please update");
    }
    return {};
}

Result<void> Database::migrate() {
    TRY_ASSIGN(const std::int64_t version, number("PRAGMA user_version"));
    const auto known = static_cast<std::int64_t>(schema_.steps.size());
    if (version > 0 && version < known) {
        // What a failed upgrade could spoil is kept beside it until the next one.
        TRY(copy_to(path_ + ".before-format-" + std::to_string(known)));
    }
    if (version < known) {
        TRY_ASSIGN(Transaction transaction, Transaction::begin(*this));
        if (version == 0) {
            TRY(
                execute("CREATE TABLE open_mark(one INTEGER PRIMARY KEY CHECK (one = 1),"
                        " is_open INTEGER NOT NULL) STRICT; INSERT INTO open_mark VALUES(1, 0);"));
        }
        for (std::int64_t step = version; step < known; ++step) {
            TRY(execute(schema_.steps[static_cast<std::size_t>(step)]));
        }
        // Both numbers live in the first page, so they commit together with the tables.
        TRY(execute("PRAGMA application_id=" + std::to_string(schema_.application_id) +
                    "; PRAGMA user_version=" + std::to_string(known)));
        TRY(transaction.commit());
    }
    return check_after_crash();
}

Result<void> Database::check_after_crash() {
    TRY_ASSIGN(const std::int64_t was_open, number("SELECT is_open FROM open_mark"));
    if (was_open != 0) {
        TRY_ASSIGN(Statement check, query("PRAGMA quick_check(1)"));
        TRY_ASSIGN(const bool row, check.step());
        if (!row || check.bytes(0) != "ok") {
            broken_ = true;
            return fail(ErrorCode::kCorrupt,
                        path_ + " is damaged: " + check.text(0) +
                            ". Do not delete it; keep a copy and ask for help");
        }
    } else {
        TRY(run("UPDATE open_mark SET is_open = 1"));
    }
    marked_open_ = true;
    return {};
}

Result<void> Database::reopen() {
    if (!broken_) return {};
    close();
    return connect();
}

Result<void> Database::execute(std::string_view sql) {
    if (handle_ == nullptr || broken_) return failure(SQLITE_IOERR);
    const int code = sqlite3_exec(handle_, std::string(sql).c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return failure(code);
    return {};
}

Result<std::int64_t> Database::number(std::string_view sql) {
    TRY_ASSIGN(Statement statement, query(sql));
    TRY_ASSIGN(const bool row, statement.step());
    return row ? statement.integer(0) : 0;
}

Result<Statement> Database::prepare(std::string_view sql, std::size_t parameters) {
    if (handle_ == nullptr || broken_) return failure(SQLITE_IOERR);
    const auto cached = idle_.find(std::string(sql));
    if (cached != idle_.end() && !cached->second.empty()) {
        sqlite3_stmt* statement = cached->second.back();
        cached->second.pop_back();
        return Statement(*this, statement);
    }
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) return failure(code);
    ENSURE(static_cast<std::size_t>(sqlite3_bind_parameter_count(statement)) == parameters);
    return Statement(*this, statement);
}

Result<std::int64_t> Database::finish(Statement& statement) {
    while (true) {
        TRY_ASSIGN(const bool row, statement.step());
        if (!row) return sqlite3_changes64(handle_);
    }
}

std::int64_t Database::last_insert_rowid() const {
    return sqlite3_last_insert_rowid(handle_);
}

bool Database::in_transaction() const {
    return handle_ != nullptr && sqlite3_get_autocommit(handle_) == 0;
}

Result<void> Database::checkpoint() {
    if (handle_ == nullptr || broken_) return failure(SQLITE_IOERR);
    const int code =
        sqlite3_wal_checkpoint_v2(handle_, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    // A reader that is still at work only delays it.
    if (code != SQLITE_OK && plain(code) != SQLITE_BUSY) return failure(code);
    return {};
}

Result<void> Database::check_integrity() {
    TRY_ASSIGN(Statement check, query("PRAGMA integrity_check(1)"));
    TRY_ASSIGN(const bool row, check.step());
    if (row && check.bytes(0) == "ok") return {};
    broken_ = true;
    return fail(ErrorCode::kCorrupt, path_ + " is damaged: " + check.text(0));
}

Error Database::failure(int code, bool in_commit) {
    const std::string where = path_ + ": ";
    const char* detail = handle_ != nullptr ? sqlite3_errmsg(handle_) : "";
    if (broken_) {
        return fail(ErrorCode::kUnavailable,
                    where + "the database has to be opened again after a failure of the disk");
    }
    switch (plain(code)) {
        case SQLITE_FULL:
            if (in_commit) broken_ = true;
            return fail(
                ErrorCode::kUnavailable,
                where + "the disk is full; nothing was saved. Free some space and try again");
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return fail(ErrorCode::kUnavailable,
                        where + "another program is using the database; close it and try again");
        case SQLITE_CORRUPT:
            broken_ = true;
            return fail(ErrorCode::kCorrupt,
                        where +
                            "the database is damaged. Do not delete it; keep a copy and ask for "
                            "help");
        case SQLITE_NOTADB:
            broken_ = true;
            return fail(ErrorCode::kInvalidInput, where + "this file is not a database");
        case SQLITE_IOERR:
            broken_ = true;
            return fail(ErrorCode::kUnavailable,
                        where + "the disk failed (" + std::to_string(code) +
                            "); nothing was saved. Check the disk and start again");
        case SQLITE_CANTOPEN:
            return fail(
                ErrorCode::kUnavailable,
                where + "cannot be opened; does the directory exist, and may you write to it?");
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_AUTH:
            return fail(ErrorCode::kForbidden, where + "may not be written");
        case SQLITE_CONSTRAINT:
            return fail(ErrorCode::kConflict, where + detail);
        case SQLITE_NOMEM:
        case SQLITE_TOOBIG:
            return fail(ErrorCode::kLimit, where + detail);
        default:
            return fail(ErrorCode::kUnavailable, where + detail);
    }
}

}  // namespace survey
