#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/base/result.h"

namespace survey {

/// An append-only file of records: the second copy of what must not be lost, apart from the
/// database. Each record is: length (4 bytes, little-endian), CRC-32C of the bytes (4 bytes,
/// little-endian), bytes. One thread.
class RecordLog {
  public:
    /// Opens or makes the file, for its owner only. A torn tail (power cut during an append) is cut
    /// after the last good record; damage in front of a good record stays as it is.
    static Result<RecordLog> open(const std::string& path, std::size_t record_bytes_max);
    RecordLog(RecordLog&& other) noexcept;
    RecordLog& operator=(RecordLog&&) = delete;
    ~RecordLog();

    /// Durable (fsync) when this returns success. On failure nothing was added. kInvalidInput: an
    /// empty record.
    Result<void> append(std::string_view record);
    /// Puts these records in place of all others, whole or not at all.
    Result<void> replace(const std::vector<std::string>& records);
    /// All good records of the file, oldest first; damaged ones between them are left out.
    static Result<std::vector<std::string>> read_all(const std::string& path,
                                                     std::size_t record_bytes_max);
    /// The same where one missing record would make the others wrong. kCorrupt: one is damaged.
    static Result<std::vector<std::string>> read_whole(const std::string& path,
                                                       std::size_t record_bytes_max);

  private:
    RecordLog(std::string path, int file, std::size_t record_bytes_max, std::size_t end)
        : path_(std::move(path)), file_(file), record_bytes_max_(record_bytes_max), end_(end) {}

    std::string path_;
    int file_;
    std::size_t record_bytes_max_;
    std::size_t end_;
};

/// CRC-32C (Castagnoli, RFC 3720 appendix B.4).
std::uint32_t crc32c(std::string_view bytes);

}  // namespace survey
