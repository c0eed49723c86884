#pragma once

#include <memory>
#include <string>

#include "collector/interview/stored_media.h"
#include "collector/store/collector_store.h"
#include "common/base/result.h"
#include "forms/runtime/form_session.h"

namespace survey::collector {

/// What became of an imported record.
struct ImportedRecord {
    RevisionId revision;
    bool is_new = true;  ///< False: the same record is here already; nothing was done.
};

/// Takes in finished records of one form that were filled in elsewhere. Each is opened with the
/// form, checked by its rules and finalised like an interview held here. One thread; store and
/// environment outlive it.
class RecordImport {
  public:
    static Result<RecordImport> open(CollectorStore& store, forms::SessionEnvironment environment,
                                     const FormRef& form);

    /// Importing a record twice equals importing it once. kInvalidInput names the first rule that
    /// the record breaks, kConflict another record of the same name; nothing of it is kept then.
    Result<ImportedRecord> take(const std::string& xml);

  private:
    RecordImport(CollectorStore& store, const forms::SessionEnvironment& environment, FormRef ref,
                 std::unique_ptr<StoredMedia> media,
                 std::shared_ptr<const forms::FormDefinition> form);

    /// The draft that becomes the interview: a new one, or the one that an import left behind when
    /// the program was ended in the middle.
    Result<DraftId> draft_for(const InstanceId& instance, const std::string& xml);

    CollectorStore* store_;
    forms::SessionEnvironment environment_;
    FormRef ref_;
    std::unique_ptr<StoredMedia> media_;
    std::shared_ptr<const forms::FormDefinition> form_;
};

}  // namespace survey::collector
