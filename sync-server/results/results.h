#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "sync-server/results/form_results.h"

namespace survey::server {

/// The results of all forms. Any thread; one form's tables are made one after the other, those of
/// different forms side by side.
class Results {
  public:
    /// \param directory for the journals; exists, its owner's alone.
    Results(Store& store, FormLibrary& library, const Clock& clock, std::string directory,
            const Rules& rules)
        : world_{store, library, clock, rules}, directory_(std::move(directory)) {}

    /// See FormResults::table.
    Result<TableAnswer> table(const std::string& form_id, const TableQuestion& question);

    /// The newest version's questions. kNotFound.
    Result<std::shared_ptr<const FormVersion>> newest(const std::string& form_id);

    /// To be called after a version was published.
    void form_changed(const std::string& form_id);
    /// Opens the results of every form that has been published, so that the first reader need not
    /// wait. Failures come again at the first use.
    void warm_up();

  private:
    struct Entry {
        std::mutex mutex;
        std::unique_ptr<FormResults> results;
    };

    std::shared_ptr<Entry> entry(const std::string& form_id);
    Result<FormResults*> opened(Entry& entry, const std::string& form_id);

    FormResults::World world_;
    const std::string directory_;
    std::mutex mutex_;
    std::map<std::string, std::shared_ptr<Entry>> entries_;
};

}  // namespace survey::server
