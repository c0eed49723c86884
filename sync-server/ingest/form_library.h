#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "common/base/result.h"
#include "common/model/form.h"
#include "forms/definition/form_definition.h"
#include "forms/runtime/media.h"
#include "forms/runtime/session_cache.h"
#include "sync-server/ingest/question_list.h"
#include "sync-server/store/store.h"

namespace survey::server {

/// The files that were published with a form.
class PublishedMedia final : public forms::MediaSource {
  public:
    explicit PublishedMedia(std::vector<FormMedia> files) : files_(std::move(files)) {}
    Result<std::string> read(std::string_view url) const override;

  private:
    std::vector<FormMedia> files_;
};

/// One published version, loaded once and then shared by all threads.
class FormVersion {
  public:
    FormVersion(PublishedForm published, std::shared_ptr<const forms::FormDefinition> form);

    const FormRef& ref() const { return published_.ref; }
    const FormHash& hash() const { return published_.hash; }
    const std::shared_ptr<const forms::FormDefinition>& form() const { return form_; }
    const QuestionList& questions() const { return questions_; }
    const PublishedMedia& media() const { return media_; }
    /// Whether a second calculation may give another value or relevance than the first: it reads
    /// the time or chance, or what does. By NodeRef.
    bool unsteady(forms::NodeRef node) const { return unsteady_[node]; }

    /// What sessions share, lent to one thread at a time.
    std::unique_ptr<forms::SessionCache> borrow_cache() const;
    void give_back(std::unique_ptr<forms::SessionCache> cache) const;

  private:
    PublishedForm published_;  ///< Without XML and media.
    std::shared_ptr<const forms::FormDefinition> form_;
    QuestionList questions_;
    PublishedMedia media_;
    std::vector<bool> unsteady_;
    mutable std::mutex mutex_;
    mutable std::vector<std::unique_ptr<forms::SessionCache>> idle_;
};

/// Published forms, ready for use. Any thread.
class FormLibrary {
  public:
    explicit FormLibrary(Store& store) : store_(store) {}

    /// kNotFound: no such version was published.
    Result<std::shared_ptr<const FormVersion>> find(const FormRef& ref);
    /// All published versions of a form, oldest first; kNotFound if there is none.
    Result<std::vector<FormRef>> versions(const std::string& form_id);

  private:
    Store& store_;
    std::mutex mutex_;
    std::map<FormRef, std::shared_ptr<const FormVersion>> loaded_;
};

}  // namespace survey::server
