#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace survey::collector {

/// What a person can ask of the terminal besides answering.
enum class Command {
    kBack,
    kNext,
    kJump,
    kList,
    kClear,
    kNote,
    kInfo,
    kLanguage,
    kRemove,
    kFinish,
    kQuit,
    kHelp
};

struct CommandLine {
    Command command = Command::kHelp;
    std::string argument;  ///< What stands behind the word, without blanks at the ends.
};

/// A line that begins with one colon but names no command, or several.
struct UnknownCommand {
    std::string word;
    bool ambiguous = false;
};

/// An answer; a leading "::" has become ":".
struct AnswerLine {
    std::string text;
};

/// Tells commands from answers. Words are English or German, in full or as far as they are unique
/// (":b", ":zur").
std::variant<AnswerLine, CommandLine, UnknownCommand> read_line_meaning(std::string_view line);

}  // namespace survey::collector
