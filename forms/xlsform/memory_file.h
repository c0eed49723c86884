#pragma once

#include <string>
#include <string_view>

#include "common/base/result.h"

namespace survey::forms {

/// A file in memory, for libraries that read and write only files: no other process sees it and no
/// crash leaves it behind. Linux.
class MemoryFile {
  public:
    /// An empty file, or one that holds `bytes`. kUnavailable without memory.
    static Result<MemoryFile> create(std::string_view bytes = {});
    MemoryFile(MemoryFile&& other) noexcept;
    MemoryFile& operator=(MemoryFile&&) = delete;
    ~MemoryFile();

    /// A path that opens it, as long as it lives.
    std::string path() const;
    /// Everything that stands in it now.
    Result<std::string> content() const;

  private:
    explicit MemoryFile(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

}  // namespace survey::forms
