#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.h"

namespace survey {

/// Files with their world's failures as values. Paths are given, never built from what peers send.

/// Who may read a file that we make.
enum class FileAccess : std::uint8_t {
    kOwner,     ///< 0600: keys, databases, answers.
    kEverybody  ///< 0644
};

/// The whole file. kNotFound; kLimit over `bytes_max`; kUnavailable.
Result<std::string> read_file(const std::string& path, std::size_t bytes_max);

/// Replaces the file whole or not at all, durably: temporary name, fsync, rename, fsync of the
/// directory. After success the new content survives a power cut.
Result<void> write_file_atomic(const std::string& path, std::string_view bytes, FileAccess access);

/// Makes the directory and its parents, readable by the owner only. Existing ones stay as they are.
Result<void> make_directory(const std::string& path);

/// Whether the file exists and nobody but its owner may read or write it.
bool is_private_file(const std::string& path);

}  // namespace survey
