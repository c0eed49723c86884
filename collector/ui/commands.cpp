#include "collector/ui/commands.h"

#include <set>

#include "collector/ui/text_layout.h"

namespace survey::collector {

namespace {

struct Spelling {
    std::string_view word;
    Command command;
};

constexpr Spelling kSpellings[] = {
    {"back", Command::kBack},           {"zurück", Command::kBack},
    {"zurueck", Command::kBack},        {"next", Command::kNext},
    {"weiter", Command::kNext},         {"jump", Command::kJump},
    {"springe", Command::kJump},        {"list", Command::kList},
    {"liste", Command::kList},          {"clear", Command::kClear},
    {"leeren", Command::kClear},        {"note", Command::kNote},
    {"notiz", Command::kNote},          {"info", Command::kInfo},
    {"lang", Command::kLanguage},       {"language", Command::kLanguage},
    {"sprache", Command::kLanguage},    {"remove", Command::kRemove},
    {"entfernen", Command::kRemove},    {"quit", Command::kQuit},
    {"exit", Command::kQuit},           {"ende", Command::kQuit},
    {"finish", Command::kFinish},       {"abschließen", Command::kFinish},
    {"abschliessen", Command::kFinish}, {"help", Command::kHelp},
    {"hilfe", Command::kHelp},          {"?", Command::kHelp},
};

}  // namespace

std::variant<AnswerLine, CommandLine, UnknownCommand> read_line_meaning(std::string_view line) {
    const std::string_view text = trimmed(line);
    if (text.substr(0, 2) == "::") return AnswerLine{std::string(text.substr(1))};
    if (text.empty() || text.front() != ':') return AnswerLine{std::string(text)};
    const std::size_t gap = text.find(' ');
    const std::string word = folded(text.substr(1, gap == std::string_view::npos ? gap : gap - 1));
    const std::string argument(gap == std::string_view::npos ? std::string_view()
                                                             : trimmed(text.substr(gap)));
    std::set<Command> fitting;
    for (const Spelling& spelling : kSpellings) {
        if (spelling.word == word) return CommandLine{spelling.command, argument};
        if (!word.empty() && spelling.word.substr(0, word.size()) == word) {
            fitting.insert(spelling.command);
        }
    }
    if (fitting.size() == 1) return CommandLine{*fitting.begin(), argument};
    return UnknownCommand{word, !fitting.empty()};
}

}  // namespace survey::collector
