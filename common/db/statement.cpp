#include "common/db/statement.h"

#include <utility>

#include <sqlite3.h>

#include "common/db/database.h"

namespace survey {

Statement::Statement(Statement&& other) noexcept
    : db_(other.db_), statement_(std::exchange(other.statement_, nullptr)) {}

Statement::~Statement() {
    if (statement_ == nullptr) return;
    // The message of a failed step was taken then; reset only repeats it.
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
    if (sqlite3_db_handle(statement_) != db_->handle_) {
        // Lent by a connection that has been closed since.
        sqlite3_finalize(statement_);
        return;
    }
    db_->idle_[sqlite3_sql(statement_)].push_back(statement_);
}

Result<bool> Statement::step() {
    if (db_->broken_) return db_->failure(SQLITE_IOERR);
    // A statement outside a transaction commits by itself, so its failure may be the commit's.
    const bool commits = sqlite3_get_autocommit(db_->handle_) != 0;
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) {
        sqlite3_reset(statement_);
        return false;
    }
    return db_->failure(code, commits && sqlite3_stmt_readonly(statement_) == 0);
}

bool Statement::is_null(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(statement_, column);
}

double Statement::real(int column) const {
    return sqlite3_column_double(statement_, column);
}

std::string_view Statement::bytes(int column) const {
    const void* start = sqlite3_column_blob(statement_, column);
    const int length = sqlite3_column_bytes(statement_, column);
    if (start == nullptr || length <= 0) return {};
    return {static_cast<const char*>(start), static_cast<std::size_t>(length)};
}

// Binding copies: a caller's temporary may be gone before the step. A failure (out of memory, too
// big) leaves NULL behind, which the NOT NULL constraints of our tables turn into an error.
void Statement::bind(int index, std::nullptr_t) {
    sqlite3_bind_null(statement_, index);
}

void Statement::bind(int index, std::int64_t number) {
    sqlite3_bind_int64(statement_, index, number);
}

void Statement::bind(int index, double number) {
    sqlite3_bind_double(statement_, index, number);
}

void Statement::bind(int index, std::string_view text) {
    sqlite3_bind_text64(statement_, index, text.data() == nullptr ? "" : text.data(), text.size(),
                        SQLITE_TRANSIENT, SQLITE_UTF8);
}

void Statement::bind(int index, Blob blob) {
    sqlite3_bind_blob64(statement_, index, blob.bytes.data() == nullptr ? "" : blob.bytes.data(),
                        blob.bytes.size(), SQLITE_TRANSIENT);
}

}  // namespace survey
