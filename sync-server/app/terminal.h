#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/phrase.h"

namespace survey::server {

/// How the program ends. Scripts read these: never change a number's meaning.
enum class ExitCode : int {
    kOk = 0,
    kRefused = 1,      ///< The server said no, or the form has errors.
    kUsage = 2,        ///< The command line or the configuration was not understood.
    kEnvironment = 3,  ///< A file, an address or the server cannot be used.
};

/// Where a command's words go: results to standard output, everything else to standard error.
class Terminal {
  public:
    explicit Terminal(bool german) : german_(german) {}

    bool german() const { return german_; }
    void out(std::string_view text) const;  ///< As it is.
    void line(std::string_view text) const;
    void error(std::string_view message) const;
    /// A message of the rooms below or of the server, in the person's language.
    void failure(std::string_view message) const;
    void warning(std::string_view message) const;
    void note(std::string_view message) const;  ///< To standard error.
    std::string say(const Phrase& phrase,
                    std::initializer_list<std::string_view> values = {}) const;
    /// Rows of cells in aligned columns, two blanks between them. The first row is the head.
    void table(const std::vector<std::vector<std::string>>& rows) const;
    bool error_is_terminal() const;

  private:
    bool german_;
};

}  // namespace survey::server
