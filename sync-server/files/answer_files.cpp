#include "sync-server/files/answer_files.h"

#include <algorithm>
#include <filesystem>
#include <mutex>
#include <optional>
#include <system_error>

#include "common/crypto/crypto.h"
#include "common/host/files.h"

namespace survey::server {

namespace {

/// By full days, as in the store: a file of yesterday evening still has a whole one.
constexpr std::chrono::days kStrayAge{2};
constexpr std::size_t kHashDigits = 64;

/// The hash that a file of ours is named by, also one that was not written to its end.
std::optional<BlobHash> hash_named(std::string_view name) {
    const std::string_view rest = name.substr(std::min(name.size(), kHashDigits));
    if (!rest.empty() && !rest.starts_with(".new-")) return std::nullopt;
    return BlobHash::from_hex(name.substr(0, kHashDigits));
}

/// The file's own times would tell when its answer was given.
void forget_time(const std::string& path, Instant now) {
    const auto day = std::chrono::floor<std::chrono::days>(now);
    std::error_code ignored;
    std::filesystem::last_write_time(
        path, std::chrono::file_clock::from_sys(std::chrono::sys_time<std::chrono::seconds>(day)),
        ignored);
}

}  // namespace

std::string AnswerFiles::path_of(const BlobHash& hash) const {
    return directory_ + "/" + hash.hex();
}

Result<void> AnswerFiles::check_room(std::size_t bytes) const {
    std::error_code error;
    const auto space = std::filesystem::space(directory_, error);
    if (error) return fail(ErrorCode::kUnavailable, directory_ + ": " + error.message());
    const double share = static_cast<double>(space.available) / static_cast<double>(space.capacity);
    const bool enough = share >= kFreeShareMin || space.available >= kFreeBytesEnough + bytes;
    if (!enough)
        return fail(ErrorCode::kUnavailable, directory_ +
                                                 ": the disk is nearly full; answers are "
                                                 "taken, their files have to wait");
    return {};
}

Result<StoredFile> AnswerFiles::keep(std::string_view bytes) {
    if (bytes.size() > kFileBytesMax)
        return fail(ErrorCode::kLimit, "A file of an answer may have 16 MiB at most.");
    StoredFile file{BlobHash{blake2b_256(bytes)}, sha256(bytes), bytes.size()};
    const std::shared_lock lock(mutex_);
    TRY_ASSIGN(const auto known, store_.file(file.hash));
    std::error_code ignored;
    // Known and missing happens after a restore of the database alone.
    if (!known || !std::filesystem::exists(path_of(file.hash), ignored)) {
        TRY(check_room(bytes.size()));
        TRY(write_file_atomic(path_of(file.hash), bytes, FileAccess::kOwner));
        forget_time(path_of(file.hash), clock_.now());
    }
    TRY(store_.note_file(file));
    return file;
}

Result<std::string> AnswerFiles::read(const BlobHash& hash) const {
    TRY_ASSIGN(std::string bytes, read_file(path_of(hash), kFileBytesMax));
    if (BlobHash{blake2b_256(bytes)} != hash)
        return fail(ErrorCode::kCorrupt, path_of(hash) + " is damaged: restore it from a backup");
    return bytes;
}

Result<void> AnswerFiles::sweep() {
    for (;;) {
        const std::unique_lock lock(mutex_);
        TRY_ASSIGN(const std::vector<BlobHash> forgotten, store_.forget_unused_files());
        if (forgotten.empty()) return {};
        for (const BlobHash& hash : forgotten) {
            std::error_code error;
            std::filesystem::remove(path_of(hash), error);
            if (error) return fail(ErrorCode::kUnavailable, path_of(hash) + ": " + error.message());
        }
    }
}

Result<std::vector<std::string>> AnswerFiles::old_names() const {
    const auto before = std::chrono::file_clock::from_sys(clock_.now() - kStrayAge);
    std::vector<std::string> names;
    std::error_code error;
    std::filesystem::directory_iterator entry(directory_, error);
    for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
        std::error_code gone;  // somebody else's erasure may be quicker
        const auto written = entry->last_write_time(gone);
        if (!gone && written <= before) names.push_back(entry->path().filename().string());
    }
    if (error) return fail(ErrorCode::kUnavailable, directory_ + ": " + error.message());
    return names;
}

Result<void> AnswerFiles::remove_strays() {
    TRY_ASSIGN(const std::vector<std::string> names, old_names());
    for (const std::string& name : names) {
        const auto hash = hash_named(name);
        if (!hash) continue;
        // Held for one file at a time: whoever brings files does not wait for the whole directory.
        const std::unique_lock lock(mutex_);
        if (name.size() == kHashDigits) {
            TRY_ASSIGN(const auto known, store_.file(*hash));
            if (known) continue;
        }
        std::error_code error;
        std::filesystem::remove(directory_ + "/" + name, error);
        if (error)
            return fail(ErrorCode::kUnavailable, directory_ + "/" + name + ": " + error.message());
    }
    return {};
}

}  // namespace survey::server
