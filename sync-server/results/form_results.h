#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "common/base/clock.h"
#include "common/base/result.h"
#include "sync-server/aggregate/columns.h"
#include "sync-server/aggregate/ledger.h"
#include "sync-server/aggregate/primary_rules.h"
#include "sync-server/aggregate/released_table.h"
#include "sync-server/aggregate/tabulation.h"
#include "sync-server/ingest/form_library.h"
#include "sync-server/results/journal.h"
#include "sync-server/store/store.h"

namespace survey::server {

/// What somebody asks of a form's answers, by question name.
struct TableQuestion {
    std::string row;
    std::optional<std::string> column;
    std::optional<Filter> filter;
    std::optional<std::string> mean_of;
};

/// A table that may be shown, and when its newest numbers were released.
struct TableAnswer {
    ReleasedTable table;
    Instant released{};
};

/// One form's answers in memory, kept up to date from the store, and everything ever shown of them.
/// One thread at a time; see Results.
class FormResults {
  public:
    struct World {
        Store& store;
        FormLibrary& library;
        const Clock& clock;
        Rules rules;
    };

    /// Reads the journal, takes in new versions of the form, catches up with the store.
    /// kNotFound: no such form; kCorrupt: the journal does not fit.
    static Result<std::unique_ptr<FormResults>> open(const World& world, const std::string& form_id,
                                                     const std::string& journal_path);

    /// The table as of now, with numbers that too few new answers would change as they were before.
    /// Written to the journal before it is returned. kNotFound, kInvalidInput, kLimit as `release`.
    Result<TableAnswer> table(const TableQuestion& question);

    /// A new version was published, or the journal could not be written: open again.
    bool stale() const { return stale_; }
    void make_stale() { stale_ = true; }

    /// The newest version's questions, for labels and lists of choices.
    const FormVersion& newest() const { return *newest_; }
    std::string journal_path() const { return path_; }

  private:
    FormResults(const World& world, std::string form_id, std::string path, Journal journal);

    Result<void> declare();
    Result<void> replay_journal();
    Result<void> replay_changes(const ColumnChanges& list);
    Result<void> catch_up();
    Result<void> follow();
    Result<void> take(const AnswerRecord& record);
    void drop(const std::string& instance);
    void forget_missing(const std::vector<std::string>& counted);
    Result<Tabulation> tabulation_for(const TableQuestion& question);
    Result<Dimension> dimension_for(const std::string& question);
    Result<TableAnswer> publish(const Tabulation& tabulation);

    World world_;
    const std::string form_id_;
    const std::string path_;
    Journal journal_;
    std::vector<JournalRecord> records_;  ///< Only while opening.
    std::vector<ColumnQuestion> declared_;
    std::shared_ptr<const FormVersion> newest_;
    std::optional<Columns> columns_;
    Ledger ledger_;
    std::map<std::string, std::string> counted_;         ///< Instance → revision in the columns.
    ColumnChanges pending_;                              ///< Not in the journal yet.
    std::map<std::string, std::vector<double>> breaks_;  ///< Classes once shown stay.
    std::map<std::string, TableAnswer> shown_;           ///< By tabulation id.
    std::uint64_t pos_ = 0;
    bool stale_ = false;
};

}  // namespace survey::server
