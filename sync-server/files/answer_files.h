#pragma once

#include <cstddef>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/clock.h"
#include "common/base/result.h"
#include "sync-server/store/store.h"

namespace survey::server {

/// The largest file of an answer: a photograph as a phone takes it, or some minutes of sound. It is
/// held in memory while it comes in.
inline constexpr std::size_t kFileBytesMax = 16 * 1024 * 1024;
/// Below this share of the disk, files wait and answers are still taken.
inline constexpr double kFreeShareMin = 0.1;
/// On a large disk a tenth is far more than answers need.
inline constexpr std::uint64_t kFreeBytesEnough = 8ULL * 1024 * 1024 * 1024;

/// The bytes of pictures and recordings: one file each, named by the hash of what is in it, beside
/// the database, so that large ones hold up no answer and a copy of the directory needs only what
/// is new. The store says which are here. Any thread.
class AnswerFiles {
  public:
    /// \param directory exists; readable by the owner only.
    AnswerFiles(std::string directory, Store& store, const Clock& clock)
        : directory_(std::move(directory)), store_(store), clock_(clock) {}

    /// Safe on disk when this returns. Bytes that are here already only count as brought again.
    /// kLimit: larger than kFileBytesMax; kUnavailable: the disk is full, or nearly.
    Result<StoredFile> keep(std::string_view bytes);

    /// The bytes, checked against their name. kNotFound: not here (yet, or any more).
    Result<std::string> read(const BlobHash& hash) const;

    /// Removes what no answer names: after a day, and at once after an erasure.
    Result<void> sweep();

    /// Removes what the store knows nothing of: the process may have ended between its word and the
    /// disk's, and then pictures would outlive their erasure. After two days; names that are not
    /// ours stay.
    Result<void> remove_strays();

    /// Whether files wait for room on the disk. kUnavailable: they do.
    Result<void> check_room(std::size_t bytes) const;

    const std::string& directory() const { return directory_; }

  private:
    std::string path_of(const BlobHash& hash) const;
    Result<std::vector<std::string>> old_names() const;

    const std::string directory_;
    Store& store_;
    const Clock& clock_;
    /// Shared by those who bring, held alone by the sweep: it must not remove a file that somebody
    /// is just told to be safe.
    std::shared_mutex mutex_;
};

}  // namespace survey::server
