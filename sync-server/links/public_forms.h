#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "common/base/result.h"
#include "common/model/form.h"
#include "sync-server/ingest/form_library.h"
#include "sync-server/store/store.h"

namespace survey::server {

/// A form version as browsers get it: packed once, sent often.
struct PublicForm {
    struct File {
        std::string url;   ///< As the form names it: "jr://images/logo.png".
        std::string name;  ///< "logo.png"
        std::string bytes;
        std::string packed;  ///< gzip; empty where that gains nothing.
    };

    FormRef ref;
    FormHash hash;
    std::string title;
    std::string xml;
    std::string packed_xml;  ///< gzip
    std::vector<File> files;
    std::vector<std::string> no_prefill;  ///< Refs that no address may fill in.

    const File* file(std::string_view name) const;
};

/// Forms for browsers, kept ready in memory. Any thread.
class PublicForms {
  public:
    PublicForms(Store& store, FormLibrary& library) : store_(store), library_(library) {}

    /// The version to begin with: the newest that is not withdrawn. kNotFound: there is none.
    Result<std::shared_ptr<const PublicForm>> newest(const std::string& form_id);
    /// That text of that form, also when withdrawn: what was begun can be finished. kNotFound.
    Result<std::shared_ptr<const PublicForm>> find(const std::string& form_id,
                                                   const FormHash& hash);
    /// A version was published or withdrawn.
    void form_changed(const std::string& form_id);

  private:
    Result<std::shared_ptr<const PublicForm>> load(const FormRef& ref);

    Store& store_;
    FormLibrary& library_;
    std::mutex mutex_;
    std::uint64_t changes_ = 0;
    std::map<std::string, std::shared_ptr<const PublicForm>> newest_;
    std::map<std::pair<std::string, FormHash>, std::shared_ptr<const PublicForm>> known_;
};

}  // namespace survey::server
