#include "common/host/files.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/host/descriptor_internal.h"

namespace survey {

namespace {

std::string directory_of(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    if (slash == std::string::npos) return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

Result<void> sync_directory(const std::string& directory) {
    const Descriptor opened(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!opened || ::fsync(opened.number()) != 0) return system_failure("writing", directory);
    return {};
}

}  // namespace

Error system_failure(std::string_view doing, const std::string& path) {
    const int cause = errno;
    const ErrorCode code = cause == ENOENT || cause == ENOTDIR ? ErrorCode::kNotFound
                           : cause == EACCES || cause == EPERM ? ErrorCode::kForbidden
                                                               : ErrorCode::kUnavailable;
    std::string message = std::string(doing) + " " + path + ": ";
    message += std::generic_category().message(cause);
    if (cause == ENOSPC || cause == EDQUOT) message += "; free some space and try again";
    return fail(code, std::move(message));
}

Result<void> write_all(int file, std::string_view bytes, const std::string& path) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(file, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return system_failure("writing", path);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

Result<std::string> read_file(const std::string& path, std::size_t bytes_max) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file) return system_failure("reading", path);
    std::string content;
    std::array<char, 65536> block;
    while (true) {
        const ssize_t count = ::read(file.number(), block.data(), block.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return system_failure("reading", path);
        if (count == 0) return content;
        content.append(block.data(), static_cast<std::size_t>(count));
        if (content.size() > bytes_max) {
            return fail(ErrorCode::kLimit, "reading " + path + ": larger than " +
                                               std::to_string(bytes_max) + " bytes");
        }
    }
}

Result<void> write_file_atomic(const std::string& path, std::string_view bytes, FileAccess access) {
    const mode_t mode = access == FileAccess::kOwner ? 0600 : 0644;
    // A name of its own keeps writers apart, threads too; the last rename wins whole.
    std::string temporary = path + ".new-XXXXXX";
    const Descriptor file(::mkostemp(temporary.data(), O_CLOEXEC));
    if (!file) return system_failure("writing", temporary);
    Result<void> written = write_all(file.number(), bytes, temporary);
    if (written && ::fchmod(file.number(), mode) != 0)
        written = system_failure("writing", temporary);
    if (written && ::fsync(file.number()) != 0) written = system_failure("writing", temporary);
    if (written && ::rename(temporary.c_str(), path.c_str()) != 0) {
        written = system_failure("writing", path);
    }
    if (!written) {
        ::unlink(temporary.c_str());
        return written;
    }
    return sync_directory(directory_of(path));
}

Result<void> make_directory(const std::string& path) {
    std::string so_far;
    for (std::size_t from = 0; from <= path.size();) {
        const std::size_t slash = std::min(path.find('/', from), path.size());
        so_far = path.substr(0, slash);
        from = slash + 1;
        if (so_far.empty()) continue;
        if (::mkdir(so_far.c_str(), 0700) != 0 && errno != EEXIST) {
            return system_failure("making directory", so_far);
        }
    }
    struct stat found{};
    if (::stat(path.c_str(), &found) != 0) return system_failure("making directory", path);
    if (!S_ISDIR(found.st_mode)) {
        return fail(ErrorCode::kUnavailable, path + " is a file, not a directory");
    }
    return {};
}

bool is_private_file(const std::string& path) {
    struct stat found{};
    if (::stat(path.c_str(), &found) != 0) return false;
    return S_ISREG(found.st_mode) && (found.st_mode & 077) == 0;
}

}  // namespace survey
