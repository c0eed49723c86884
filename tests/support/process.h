#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace survey::tests {

/// What a program left behind.
struct ProcessResult {
    int status = -1;         ///< Exit status; 128 + signal where a signal ended it.
    bool timed_out = false;  ///< It was ended because it took too long.
    std::string out;
    std::string err;
};

struct ProcessOptions {
    std::string input;                     ///< All of standard input.
    std::vector<std::string> environment;  ///< "NAME=value", instead of the ones inherited.
    std::string directory;                 ///< Working directory; empty: this process's.
    std::chrono::seconds timeout{60};
};

/// Runs a program to its end, feeding and reading its pipes at the same time so that neither side
/// can block the other. Ends it, and only it, when the time is up.
ProcessResult run_process(const std::vector<std::string>& command,
                          const ProcessOptions& options = {});

/// A directory of its own for one test, removed with all that is in it.
class TemporaryDirectory {
  public:
    TemporaryDirectory();
    ~TemporaryDirectory();
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

    const std::string& path() const { return path_; }
    std::string file(std::string_view name) const { return path_ + "/" + std::string(name); }
    /// Writes a file and returns its path.
    std::string write(std::string_view name, std::string_view content) const;

  private:
    std::string path_;
};

/// The whole file; empty where there is none.
std::string file_content(const std::string& path);
bool file_exists(const std::string& path);

}  // namespace survey::tests
