#include "common/host/record_log.h"

#include <array>
#include <optional>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

#include "common/host/descriptor_internal.h"
#include "common/host/files.h"

namespace survey {

namespace {

constexpr std::size_t kHeaderBytes = 8;
/// The log is read whole; a device that has filled this is due for a new file.
constexpr std::size_t kLogBytesMax = std::size_t{1} << 30;

void put_u32(std::string& out, std::uint32_t number) {
    for (int shift = 0; shift < 32; shift += 8)
        out += static_cast<char>(number >> shift & 0xFF);
}

std::uint32_t get_u32(std::string_view bytes, std::size_t at) {
    std::uint32_t number = 0;
    for (std::size_t i = 4; i-- > 0;) {
        number = number << 8 | static_cast<std::uint8_t>(bytes[at + i]);
    }
    return number;
}

std::string frame(std::string_view record) {
    std::string framed;
    framed.reserve(kHeaderBytes + record.size());
    put_u32(framed, static_cast<std::uint32_t>(record.size()));
    put_u32(framed, crc32c(record));
    framed += record;
    return framed;
}

struct Scan {
    std::vector<std::string> records;
    std::size_t end = 0;      ///< After the last good record.
    bool is_damaged = false;  ///< In front of a good record are bytes that are none.
};

/// The good record whose header is at `at`, if there is one.
std::optional<std::string_view> record_at(std::string_view bytes, std::size_t at,
                                          std::size_t record_bytes_max) {
    if (bytes.size() - at < kHeaderBytes) return std::nullopt;
    const std::size_t length = get_u32(bytes, at);
    const std::size_t left = bytes.size() - at - kHeaderBytes;
    // No record is empty: zeros, whose checksum is right, are what some file systems lengthen a
    // file with before they write its blocks.
    if (length == 0 || length > record_bytes_max || length > left) return std::nullopt;
    const std::string_view record = bytes.substr(at + kHeaderBytes, length);
    if (crc32c(record) != get_u32(bytes, at + 4)) return std::nullopt;
    return record;
}

Scan scan(std::string_view bytes, std::size_t record_bytes_max) {
    Scan found;
    for (std::size_t at = 0; at < bytes.size();) {
        const auto record = record_at(bytes, at, record_bytes_max);
        if (!record) {
            ++at;  // a damaged length hides where the next record begins, so it is looked for
            continue;
        }
        found.is_damaged = found.is_damaged || at != found.end;
        found.records.emplace_back(*record);
        at += kHeaderBytes + record->size();
        found.end = at;
    }
    return found;
}

}  // namespace

std::uint32_t crc32c(std::string_view bytes) {
    static const std::array<std::uint32_t, 256> table = [] {
        std::array<std::uint32_t, 256> made{};
        for (std::uint32_t i = 0; i < 256; ++i) {
            std::uint32_t remainder = i;
            for (int bit = 0; bit < 8; ++bit) {
                remainder = remainder >> 1 ^ ((remainder & 1U) != 0 ? 0x82F63B78U : 0U);
            }
            made[i] = remainder;
        }
        return made;
    }();
    std::uint32_t crc = 0xFFFFFFFFU;
    for (const char c : bytes)
        crc = crc >> 8 ^ table[(crc ^ static_cast<std::uint8_t>(c)) & 0xFFU];
    return ~crc;
}

Result<RecordLog> RecordLog::open(const std::string& path, std::size_t record_bytes_max) {
    Descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!file) return system_failure("opening", path);
    TRY_ASSIGN(const std::string bytes, read_file(path, kLogBytesMax));
    const std::size_t end = scan(bytes, record_bytes_max).end;
    if (end < bytes.size() && ::ftruncate(file.number(), static_cast<off_t>(end)) != 0) {
        return system_failure("mending", path);
    }
    return RecordLog(path, file.release(), record_bytes_max, end);
}

RecordLog::RecordLog(RecordLog&& other) noexcept
    : path_(std::move(other.path_)),
      file_(std::exchange(other.file_, -1)),
      record_bytes_max_(other.record_bytes_max_),
      end_(other.end_) {}

RecordLog::~RecordLog() {
    if (file_ >= 0) ::close(file_);
}

Result<void> RecordLog::append(std::string_view record) {
    if (record.empty()) return fail(ErrorCode::kInvalidInput, "an empty record is none");
    if (record.size() > record_bytes_max_) {
        return fail(ErrorCode::kLimit, "record of " + std::to_string(record.size()) +
                                           " bytes is over the limit of the outbox file");
    }
    const std::string framed = frame(record);
    if (::lseek(file_, static_cast<off_t>(end_), SEEK_SET) < 0) {
        return system_failure("writing", path_);
    }
    Result<void> written = write_all(file_, framed, path_);
    if (written && ::fdatasync(file_) != 0) written = system_failure("writing", path_);
    if (!written) {
        // What is half there is cut now or at the next opening; the record counts as not added.
        if (::ftruncate(file_, static_cast<off_t>(end_)) != 0) {
            return std::move(written).error().during("cutting a torn record");
        }
        return written;
    }
    end_ += framed.size();
    return {};
}

Result<void> RecordLog::replace(const std::vector<std::string>& records) {
    std::string bytes;
    for (const std::string& record : records)
        bytes += frame(record);
    TRY(write_file_atomic(path_, bytes, FileAccess::kOwner));
    // The old file has no name any more; go on with the new one.
    const int file = ::open(path_.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    if (file < 0) return system_failure("opening", path_);
    ::close(std::exchange(file_, file));
    end_ = bytes.size();
    return {};
}

Result<std::vector<std::string>> RecordLog::read_all(const std::string& path,
                                                     std::size_t record_bytes_max) {
    TRY_ASSIGN(const std::string bytes, read_file(path, kLogBytesMax));
    return scan(bytes, record_bytes_max).records;
}

Result<std::vector<std::string>> RecordLog::read_whole(const std::string& path,
                                                       std::size_t record_bytes_max) {
    TRY_ASSIGN(const std::string bytes, read_file(path, kLogBytesMax));
    Scan found = scan(bytes, record_bytes_max);
    if (found.is_damaged) {
        return fail(ErrorCode::kCorrupt,
                    path + " is damaged in the middle. Restore this file from a backup");
    }
    return std::move(found.records);
}

}  // namespace survey
