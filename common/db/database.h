#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "common/base/result.h"
#include "common/db/statement.h"

struct sqlite3;

namespace survey {

/// The only room that names SQLite. WAL with synchronous=FULL everywhere: the mode in which no
/// acknowledged commit is lost. Exactly one connection of a file writes and checkpoints
/// (SQLite 3.40 can lose commits when two connections checkpoint at once); the others only read.

/// What a connection is for.
enum class DatabaseRole : std::uint8_t {
    kOnly,    ///< The file belongs to this process alone; a second one is refused (EXCLUSIVE).
    kWriter,  ///< Writes and checkpoints; readers may stand beside it.
    kReader,  ///< Reads, never checkpoints. The file exists and its writer has migrated it.
};

/// The steps that bring a file from nothing to today. Never change a released one: append.
struct Schema {
    std::int32_t application_id = 0;  ///< Marks the file as ours (SQLite file header, offset 68).
    std::string_view what;            ///< For messages: "the collector's database".
    std::span<const std::string_view> steps;  ///< SQL of version 1, 2, …; outlives the Database.
};

struct DatabaseOptions {
    DatabaseRole role = DatabaseRole::kOnly;
    std::chrono::milliseconds busy_timeout{5'000};
    /// Upper bound of the file in pages, 0 for SQLite's own; lets a test fill the disk.
    std::int64_t pages_max = 0;
};

/// One connection. One thread at a time; the owner locks.
///
/// After a damaged read, a failed write or a full disk during commit the connection is *broken*:
/// every call fails until `reopen`, which lets SQLite recover and then checks the file. Trying
/// again on the same connection could lose commits.
class Database {
  public:
    /// Opens or creates and migrates `path`. kUnavailable: locked by another process, unreadable,
    /// on a network drive, disk full; kUnsupported: written by a newer version; kCorrupt: damaged;
    /// kInvalidInput: not a database of this kind. The message tells what to do.
    static Result<std::unique_ptr<Database>> open(const std::string& path, const Schema& schema,
                                                  const DatabaseOptions& options);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    /// Binds `args` to ?1, ?2, … `sql` is compiled once and kept; it is always a literal of ours.
    template <typename... Args>
    Result<Statement> query(std::string_view sql, const Args&... args) {
        TRY_ASSIGN(Statement statement, prepare(sql, sizeof...(args)));
        int index = 0;
        (statement.bind(++index, args), ...);
        return statement;
    }
    /// Runs to the end; the number of rows changed.
    template <typename... Args>
    Result<std::int64_t> run(std::string_view sql, const Args&... args) {
        TRY_ASSIGN(Statement statement, query(sql, args...));
        return finish(statement);
    }
    /// A script without parameters.
    Result<void> execute(std::string_view sql);

    std::int64_t last_insert_rowid() const;
    bool in_transaction() const;
    bool is_broken() const { return broken_; }
    /// Closes and opens again, with recovery and a check. Does nothing if the connection is sound.
    Result<void> reopen();
    /// Moves the whole WAL into the file; the writer calls it at quiet times.
    Result<void> checkpoint();
    /// Full check of the file (slow): kCorrupt with SQLite's first finding.
    Result<void> check_integrity();
    /// A consistent, checked copy under a new name, while others go on working (VACUUM INTO).
    Result<void> copy_to(const std::string& path);

    const std::string& path() const { return path_; }
    /// "3.40.1", for the log line at start.
    static std::string library_version();

  private:
    friend class Statement;
    friend class Transaction;
    Database(std::string path, const Schema& schema, const DatabaseOptions& options);

    Result<void> connect();
    Result<void> configure();
    Result<void> check_version();
    Result<void> migrate();
    Result<void> check_after_crash();
    void close();
    Result<Statement> prepare(std::string_view sql, std::size_t parameters);
    Result<std::int64_t> finish(Statement& statement);
    Result<std::int64_t> number(std::string_view sql);
    /// Turns SQLite's code into ours and marks the connection broken where that is due.
    Error failure(int code, bool in_commit = false);

    std::string path_;
    Schema schema_;
    DatabaseOptions options_;
    sqlite3* handle_ = nullptr;
    bool broken_ = false;
    bool marked_open_ = false;
    std::unordered_map<std::string, std::vector<sqlite3_stmt*>> idle_;
};

/// BEGIN IMMEDIATE … COMMIT, or a savepoint when one is open already. Rolls back unless committed.
class Transaction {
  public:
    static Result<Transaction> begin(Database& db);
    Transaction(Transaction&& other) noexcept;
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();

    /// Durable when this returns success (the outermost one).
    Result<void> commit();

  private:
    Transaction(Database& db, bool nested) : db_(&db), nested_(nested) {}

    Database* db_;
    bool nested_;
};

/// Commits exactly when `work` returns a value: one place decides.
template <typename Work>
auto with_transaction(Database& db, Work work) -> decltype(work()) {
    TRY_ASSIGN(Transaction transaction, Transaction::begin(db));
    auto result = work();
    if (!result) return result;
    TRY(transaction.commit());
    return result;
}

}  // namespace survey
