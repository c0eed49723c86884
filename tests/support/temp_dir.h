#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

namespace survey::test {

/// A directory of its own that goes away with everything in it.
class TempDir {
  public:
    TempDir() : TempDir(std::filesystem::temp_directory_path()) {}
    explicit TempDir(const std::filesystem::path& base) {
        std::string pattern = (base / "werkstatt-XXXXXX").string();
        if (mkdtemp(pattern.data()) == nullptr) std::abort();
        path_ = pattern;
    }
    /// Where sync costs nothing, for tests that are about order and not about disks.
    static std::filesystem::path memory() {
        const std::filesystem::path shared = "/dev/shm";
        std::error_code ignored;
        return std::filesystem::is_directory(shared, ignored)
                   ? shared
                   : std::filesystem::temp_directory_path();
    }
    TempDir(const TempDir&) = delete;
    TempDir& operator=(const TempDir&) = delete;
    ~TempDir() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    const std::string& path() const { return path_; }
    std::string operator/(const std::string& name) const { return path_ + "/" + name; }

  private:
    std::string path_;
};

}  // namespace survey::test
