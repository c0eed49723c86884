#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "common/base/clock.h"
#include "common/base/result.h"
#include "common/host/record_log.h"
#include "sync-server/aggregate/columns.h"
#include "sync-server/aggregate/ledger.h"
#include "sync-server/aggregate/primary_rules.h"
#include "sync-server/aggregate/tabulation.h"

namespace survey::server {

/// The questions of a form's columns from here on; replaces an earlier declaration, to which it
/// only ever adds.
struct DeclaredQuestions {
    std::vector<ColumnQuestion> questions;

    friend bool operator==(const DeclaredQuestions&, const DeclaredQuestions&);
};

/// What happened to the columns, in order.
struct ColumnChange {
    std::string instance;
    /// Nothing: the instance no longer counts.
    struct Put {
        std::string revision;
        std::string organisation;
        std::string row;  ///< See ingest/answer_row.h.
    };
    std::optional<Put> put;
};
struct ColumnChanges {
    std::vector<ColumnChange> changes;
};

/// Numbers that left the house.
struct ReleaseRecord {
    Instant when{};
    Version as_of = 0;
    Rules rules;
    std::vector<Tabulation> tabulations;
    std::vector<LedgerEntry> entries;
};

using JournalRecord = std::variant<DeclaredQuestions, ColumnChanges, ReleaseRecord>;

/// Everything that a form's tables were made from and all that was ever shown, in order: what the
/// ledger of disclosure control is made again from after a restart. A file beside the database, for
/// a release must not be forgotten when the database is restored from a backup.
///
/// One record of the file (common/host/record_log.h) is: kind (1 questions, 2 changes, 3 release),
/// then its fields in the order of the structs above, packed as in ingest/packed_bytes.h. Stored:
/// never change a kind's layout, add a kind. One thread.
class Journal {
  public:
    static Result<Journal> open(const std::string& path);

    /// All records, oldest first. kCorrupt: damaged; kUnsupported: written by a later version.
    static Result<std::vector<JournalRecord>> read(const std::string& path);
    /// Durable when it returns success. Long lists of changes become several records.
    Result<void> append(const JournalRecord& record);

  private:
    explicit Journal(RecordLog log) : log_(std::move(log)) {}
    Result<void> append_changes(const ColumnChanges& changes);

    RecordLog log_;
};

/// For tests and for whoever reads the file otherwise.
std::string encode_record(const JournalRecord& record);
Result<JournalRecord> decode_record(std::string_view bytes);

}  // namespace survey::server
