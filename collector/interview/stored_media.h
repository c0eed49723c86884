#pragma once

#include <vector>

#include "common/model/form.h"
#include "forms/runtime/media.h"

namespace survey::collector {

/// The files that came with a published form. A `jr://file-csv/x.csv` address means the file x.csv.
class StoredMedia final : public forms::MediaSource {
  public:
    explicit StoredMedia(std::vector<FormMedia> files) : files_(std::move(files)) {}
    Result<std::string> read(std::string_view url) const override;

  private:
    std::vector<FormMedia> files_;
};

}  // namespace survey::collector
