#pragma once

#include <memory>
#include <string>

#include "collector/interview/stored_media.h"
#include "collector/store/collector_store.h"
#include "common/base/result.h"
#include "forms/runtime/form_session.h"

namespace survey::collector {

/// Takes in finished records of one form that were filled in elsewhere. Each is opened with the
/// form, checked by its rules and finalised like an interview held here. One thread; store and
/// environment outlive it.
class RecordImport {
  public:
    static Result<RecordImport> open(CollectorStore& store, forms::SessionEnvironment environment,
                                     const FormRef& form);

    /// kInvalidInput names the first rule that the record breaks; nothing of it is kept then.
    Result<RevisionId> take(const std::string& xml);

  private:
    RecordImport(CollectorStore& store, const forms::SessionEnvironment& environment, FormRef ref,
                 std::unique_ptr<StoredMedia> media,
                 std::shared_ptr<const forms::FormDefinition> form);

    CollectorStore* store_;
    forms::SessionEnvironment environment_;
    FormRef ref_;
    std::unique_ptr<StoredMedia> media_;
    std::shared_ptr<const forms::FormDefinition> form_;
};

}  // namespace survey::collector
