#include "forms/xlsform/memory_file.h"

#include <utility>

#include <sys/mman.h>
#include <sys/types.h>
#include <unistd.h>

namespace survey::forms {

namespace {

Error no_memory() {
    return fail(ErrorCode::kUnavailable, "there is no memory for the workbook");
}

}  // namespace

Result<MemoryFile> MemoryFile::create(std::string_view bytes) {
    MemoryFile file(memfd_create("workbook", MFD_CLOEXEC));
    if (file.descriptor_ < 0) return no_memory();
    while (!bytes.empty()) {
        const ssize_t written = write(file.descriptor_, bytes.data(), bytes.size());
        if (written <= 0) return no_memory();
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return file;
}

MemoryFile::MemoryFile(MemoryFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

MemoryFile::~MemoryFile() {
    if (descriptor_ >= 0) close(descriptor_);
}

std::string MemoryFile::path() const {
    return "/proc/self/fd/" + std::to_string(descriptor_);
}

Result<std::string> MemoryFile::content() const {
    std::string content;
    char block[32 << 10];
    for (;;) {
        const ssize_t got =
            pread(descriptor_, block, sizeof block, static_cast<off_t>(content.size()));
        if (got < 0) return fail(ErrorCode::kUnavailable, "the workbook cannot be read back");
        if (got == 0) return content;
        content.append(block, static_cast<std::size_t>(got));
    }
}

}  // namespace survey::forms
