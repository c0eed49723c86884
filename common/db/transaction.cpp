#include <utility>

#include <sqlite3.h>

#include "common/db/database.h"

namespace survey {

Result<Transaction> Transaction::begin(Database& db) {
    const bool nested = db.in_transaction();
    // IMMEDIATE: a transaction that starts by reading and then writes would get SQLITE_BUSY at
    // once, without waiting (SQLite: "Transactions", section 2.2). Savepoints of one name nest.
    TRY(db.run(nested ? "SAVEPOINT inner_transaction" : "BEGIN IMMEDIATE"));
    return Transaction(db, nested);
}

Transaction::Transaction(Transaction&& other) noexcept
    : db_(std::exchange(other.db_, nullptr)), nested_(other.nested_) {}

Transaction::~Transaction() {
    // Some failures roll back by themselves, and a broken connection does so when it is closed.
    if (db_ == nullptr || db_->broken_ || !db_->in_transaction()) return;
    if (nested_) {
        static_cast<void>(db_->run("ROLLBACK TO inner_transaction"));
        static_cast<void>(db_->run("RELEASE inner_transaction"));
    } else {
        static_cast<void>(db_->run("ROLLBACK"));
    }
}

Result<void> Transaction::commit() {
    ENSURE(db_ != nullptr);
    if (nested_) {
        TRY(db_->run("RELEASE inner_transaction"));
        db_ = nullptr;
        return {};
    }
    if (db_->broken_) return db_->failure(SQLITE_IOERR);
    const int code = sqlite3_exec(db_->handle_, "COMMIT", nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) {
        const Error error = db_->failure(code, true);
        if (!db_->broken_) return error;
        // The rollback belongs to the connection that failed; reopening recovers the file.
        sqlite3_exec(db_->handle_, "ROLLBACK", nullptr, nullptr, nullptr);
        return error;
    }
    db_ = nullptr;
    return {};
}

}  // namespace survey
