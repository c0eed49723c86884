#include "sync-server/app/data_directory.h"

#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "common/base/hex.h"
#include "common/host/files.h"

namespace survey::server {

namespace {

constexpr std::size_t kSecretFileBytesMax = 1024;
constexpr std::size_t kTokenBytes = 32;

std::string without_line_end(std::string text) {
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r'))
        text.pop_back();
    return text;
}

}  // namespace

Result<DataDirectory> DataDirectory::open(const std::string& path) {
    DataDirectory directory(path);
    TRY(make_directory(path));
    TRY(make_directory(directory.results_path()));
    TRY(make_directory(directory.files_path()));
    TRY(directory.lock());
    TRY_ASSIGN(directory.office_token_, directory.secret("office.token", kTokenBytes));
    TRY_ASSIGN(directory.analyst_token_, directory.secret("analyst.token", kTokenBytes));
    TRY_ASSIGN(const std::string key, directory.secret("organisation.key", kTokenBytes));
    // Hashed, so that the file may hold any text of enough chance.
    directory.organisation_key_ = blake2b_256(key);
    return directory;
}

DataDirectory::DataDirectory(DataDirectory&& other) noexcept
    : path_(std::move(other.path_)),
      lock_(std::exchange(other.lock_, -1)),
      announced_(std::exchange(other.announced_, false)),
      is_new_(other.is_new_),
      office_token_(std::move(other.office_token_)),
      analyst_token_(std::move(other.analyst_token_)),
      organisation_key_(other.organisation_key_) {}

DataDirectory::~DataDirectory() {
    if (announced_) ::unlink((path_ + "/server.address").c_str());
    if (lock_ >= 0) ::close(lock_);
}

Result<void> DataDirectory::lock() {
    const std::string file = path_ + "/server.lock";
    lock_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock_ < 0)
        return fail(ErrorCode::kUnavailable, "Cannot write to " + path_ + ". Check its owner.");
    if (::flock(lock_, LOCK_EX | LOCK_NB) != 0) {
        return fail(ErrorCode::kUnavailable,
                    "Another process works on " + path_ + ". Stop it first, or use its address.");
    }
    // A killed server's; somebody else may listen there by now.
    ::unlink((path_ + "/server.address").c_str());
    return {};
}

Result<std::string> DataDirectory::secret(const std::string& name, std::size_t bytes) {
    const std::string file = path_ + "/" + name;
    auto stored = read_file(file, kSecretFileBytesMax);
    if (!stored && stored.error().code == ErrorCode::kNotFound) {
        is_new_ = true;
        std::string made = random_token(bytes);
        TRY(write_file_atomic(file, made + "\n", FileAccess::kOwner));
        return made;
    }
    if (!stored) return std::move(stored).error();
    if (!is_private_file(file)) {
        return fail(ErrorCode::kInvalidInput,
                    "Others can read " + file + ". Make it private: chmod 600 " + file);
    }
    std::string text = without_line_end(*std::move(stored));
    if (text.size() < bytes) {
        return fail(ErrorCode::kInvalidInput,
                    file + " is too short to be a secret. Restore it from a backup.");
    }
    return text;
}

Result<void> DataDirectory::announce(const std::string& url) {
    announced_ = true;
    return write_file_atomic(path_ + "/server.address", url + "\n", FileAccess::kOwner);
}

std::optional<std::string> announced_url(const std::string& path) {
    // Without its lock a server is dead, and whoever answers at its address is a stranger, who
    // must not be shown a token.
    const int lock = ::open((path + "/server.lock").c_str(), O_RDWR | O_CLOEXEC);
    if (lock < 0) return std::nullopt;
    const bool is_free = ::flock(lock, LOCK_SH | LOCK_NB) == 0;
    ::close(lock);
    if (is_free) return std::nullopt;
    auto text = read_file(path + "/server.address", kSecretFileBytesMax);
    if (!text) return std::nullopt;
    return without_line_end(*std::move(text));
}

Result<std::string> stored_token(const std::string& path, const std::string& role) {
    auto text = read_file(path + "/" + role + ".token", kSecretFileBytesMax);
    if (!text && text.error().code == ErrorCode::kNotFound) {
        return fail(ErrorCode::kNotFound,
                    "There is no " + role + " token in " + path + ". Start the server there once.");
    }
    if (!text) return std::move(text).error();
    return without_line_end(*std::move(text));
}

}  // namespace survey::server
