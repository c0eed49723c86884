#pragma once

#include <optional>
#include <string>

#include "common/base/result.h"
#include "common/crypto/crypto.h"

namespace survey::server {

/// The directory of one server: the store, the secrets, and the proof that only one process uses
/// it. Files: server.db, server.marker, results/, files/, office.token, analyst.token,
/// organisation.key, server.address (while it runs), server.lock.
class DataDirectory {
  public:
    /// Makes what is missing (0700, files 0600). kUnavailable: another process uses it, or it
    /// cannot be written; kInvalidInput: a secret can be read by others, or is damaged.
    static Result<DataDirectory> open(const std::string& path);
    DataDirectory(DataDirectory&& other) noexcept;
    DataDirectory& operator=(DataDirectory&&) = delete;
    ~DataDirectory();

    std::string store_path() const { return path_ + "/server.db"; }
    std::string marker_path() const { return path_ + "/server.marker"; }
    std::string results_path() const { return path_ + "/results"; }
    std::string files_path() const { return path_ + "/files"; }
    const std::string& office_token() const { return office_token_; }
    const std::string& analyst_token() const { return analyst_token_; }
    const Bytes32& organisation_key() const { return organisation_key_; }
    /// The tokens were made just now: somebody has to be told.
    bool is_new() const { return is_new_; }

    /// Where commands find the running server; removed with this object.
    Result<void> announce(const std::string& url);

  private:
    explicit DataDirectory(std::string path) : path_(std::move(path)) {}
    Result<void> lock();
    Result<std::string> secret(const std::string& name, std::size_t bytes);

    std::string path_;
    int lock_ = -1;
    bool announced_ = false;
    bool is_new_ = false;
    std::string office_token_;
    std::string analyst_token_;
    Bytes32 organisation_key_{};
};

/// Address of the server that runs on that directory, as it announced it; nothing if none runs.
std::optional<std::string> announced_url(const std::string& path);
/// The stored token: "office" or "analyst". kNotFound: no server has been started there yet.
Result<std::string> stored_token(const std::string& path, const std::string& role);

}  // namespace survey::server
