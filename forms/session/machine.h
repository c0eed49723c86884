#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "common/base/clock.h"
#include "common/base/result.h"
#include "forms/xform/load.h"

namespace survey::forms {

/// A form file larger than this is not a form that anyone fills in.
inline constexpr std::size_t kFormBytesMax = std::size_t{64} << 20;

/// What the line protocols need of the machine they run on, and what a browser has less of than a
/// program: time zones, files that a request names, workbooks. One thread.
class Machine {
  public:
    virtual ~Machine() = default;

    /// A zone of the tz database; the machine's own for "". kNotFound: there is none of that name.
    virtual Result<std::unique_ptr<TimeZone>> time_zone(const std::string& name) const = 0;

    /// The whole file. Fails with a sentence for people where there is none or there are no files.
    virtual Result<std::string> read_file(const std::string& path, std::size_t bytes_max) const = 0;

    /// A form from any kind of file that the machine can read; at least an ODK XForm.
    /// \param file its path, by which a workbook is called that names no id; empty where unknown.
    virtual LoadedForm open_form(std::string_view bytes, const std::string& file) const = 0;
};

}  // namespace survey::forms
