#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "common/base/result.h"
#include "forms/xlsform/workbook.h"

namespace survey::forms {

/// A zip archive in memory, read with limits: what an entry says about its size is not believed.
/// Names of entries are only compared, never used as paths. One thread.
class ZipArchive {
  public:
    /// \param bytes Must outlive the archive.
    static Result<ZipArchive> open(std::string_view bytes, const WorkbookLimits& limits);
    ZipArchive(ZipArchive&&) noexcept;
    ZipArchive& operator=(ZipArchive&&) noexcept;
    ~ZipArchive();

    bool has(const std::string& name) const;
    /// The unpacked entry. kNotFound where there is none, kLimit over a limit, kCorrupt if damaged.
    Result<std::string> read(const std::string& name);

  private:
    struct State;
    explicit ZipArchive(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace survey::forms
