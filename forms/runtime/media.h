#pragma once

#include <string>
#include <string_view>

#include "common/base/result.h"

namespace survey::forms {

/// Files that came with a form: CSV, GeoJSON and XML lists behind `jr://` addresses.
class MediaSource {
  public:
    virtual ~MediaSource() = default;
    /// The bytes behind a `jr://…` address; kNotFound names the file that is missing.
    virtual Result<std::string> read(std::string_view url) const = 0;
    /// What kind of file it is ("text/csv"), where the host knows better than its name says; else
    /// empty.
    virtual std::string content_type(std::string_view url) const;
};

/// A form without files.
class NoMedia final : public MediaSource {
  public:
    Result<std::string> read(std::string_view url) const override;
};

}  // namespace survey::forms
