#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/phrase.h"

namespace CLI {
class App;
}

namespace survey {

/// Whether to speak German: what `--lang` says among the words of a command line, else the first
/// of the locale variables' values (LC_ALL, LC_MESSAGES, LANG) that is set.
bool speaks_german(const std::vector<std::string>& words, const std::vector<std::string>& locale);

/// What a program's command line came to.
struct CommandLineOutcome {
    enum class End {
        kRun,            ///< Understood; the chosen command's callback has run.
        kShown,          ///< Help or version was asked for; it is in `text`.
        kNotUnderstood,  ///< What is wrong is in `text`, what to type instead in `advice`.
    };
    End end = End::kRun;
    std::string text;
    std::string advice;  ///< May have several lines.
};

/// The command line of one program, with its help pages and its complaints in one language. The
/// program declares its commands and options in `app()` with phrases said by `say`; `--help`,
/// `--version` and `--lang` are here. One thread.
class CommandLine {
  public:
    CommandLine(std::string_view program, const Phrase& about, bool is_german);
    ~CommandLine();

    CLI::App& app() { return *app_; }
    bool is_german() const { return is_german_; }
    std::string say(const Phrase& phrase) const { return std::string(phrase.in(is_german_)); }
    /// How a placeholder or the name of an argument is called in German.
    void call(std::string_view name, std::string_view in_german);
    /// \param words without the program's name.
    CommandLineOutcome read(std::vector<std::string> words);

  private:
    std::string program_;
    bool is_german_;
    std::unique_ptr<CLI::App> app_;
    std::string language_;
};

}  // namespace survey
