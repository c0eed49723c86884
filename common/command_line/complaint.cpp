#include "common/command_line/complaint.h"

#include <algorithm>
#include <cstddef>

namespace survey {

namespace {

constexpr Phrase kNoCommand = {"A command is missing.", "Es fehlt ein Befehl."};
constexpr Phrase kUnknownCommand = {"There is no command \"{}\".",
                                    "Den Befehl „{}“ gibt es nicht."};
constexpr Phrase kUnknownOption = {"There is no option \"{}\" here.",
                                   "Die Option „{}“ gibt es hier nicht."};
constexpr Phrase kTooMuch = {"\"{}\" is one word too many.", "„{}“ ist ein Wort zu viel."};
constexpr Phrase kMeant = {" Did you mean \"{}\"?", " Meinten Sie „{}“?"};
constexpr Phrase kMissing = {"\"{}\" is missing.", "Die Angabe „{}“ fehlt."};
constexpr Phrase kAlone = {"{} stands alone, without a value.", "{} steht allein, ohne Wert."};
constexpr Phrase kHelp = {"Help: {} --help", "Hilfe: {} --help"};
constexpr Phrase kUnclear = {"This command line is not understood.",
                             "Dieser Aufruf ist nicht zu verstehen."};

// What the parser says, and what it means to a person. A sentence of it that is not here becomes
// kUnclear, so that none is ever shown as it came.
struct Wording {
    std::string_view message;
    Phrase phrase;
};
constexpr Wording kWordings[] = {
    {"*: Value * not in range * to *",
     {"*: \"*\" is not a number from * to *.", "*: „*“ ist keine Zahl von * bis *."}},
    {"*: * not in {*}",
     {"*: \"*\" is not possible; write one of: *", "*: „*“ geht nicht; möglich sind: *"}},
    {"Could not convert: * = *",
     {"*: \"*\" is not a whole number of the size that is possible here.",
      "*: „*“ ist keine ganze Zahl in der Größe, die hier möglich ist."}},
    {"*: * required *missing", {"* needs a value after it.", "Nach * fehlt ein Wert."}},
    {"*: At Most * required but received *",
     {"* may be given * time(s) only.", "* darf nur *-mal angegeben werden."}},
};

std::string reworded(std::string_view message, bool is_german) {
    std::vector<Translation> table;
    for (const Wording& each : kWordings)
        table.push_back({each.message, each.phrase.in(is_german)});
    table.push_back({"*", kUnclear.in(is_german)});
    return translated(table, message);
}

// Letters to insert, delete or replace to make one word of the other (Levenshtein).
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t i = 0; i <= b.size(); ++i)
        row[i] = i;
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, row[j] + 1, diagonal + 1});
        }
    }
    return row[b.size()];
}

// The candidate that a slip of the finger or a cut end would explain; empty: none.
std::string closest(const std::string& word, const std::vector<std::string>& candidates) {
    constexpr std::size_t kSlipsMax = 2;
    constexpr std::size_t kWordMax = 64;  // a longer one is no slip, and compared in vain
    std::string found;
    std::size_t best = kSlipsMax + 1;
    if (word.size() > kWordMax) return found;
    for (const std::string& candidate : candidates) {
        const bool is_beginning = word.size() > 2 && candidate.rfind(word, 0) == 0;
        const std::size_t slips = is_beginning ? 1 : distance(word, candidate);
        if (slips >= best || slips * 2 > candidate.size()) continue;
        best = slips;
        found = candidate;
    }
    return found;
}

std::vector<std::string> command_names(const CLI::App& program) {
    std::vector<std::string> names;
    for (const CLI::App* command : program.get_subcommands([](const CLI::App*) { return true; }))
        names.push_back(command->get_name());
    return names;
}

std::vector<std::string> option_names(const CLI::App& program, const CLI::App& command) {
    std::vector<std::string> names;
    for (const CLI::App* each : {&program, &command}) {
        for (const CLI::Option* option : each->get_options()) {
            for (const std::string& name : option->get_lnames())
                names.push_back("--" + name);
        }
    }
    return names;
}

// The parser tries to read "--json=yes" as a number; what is wrong is that there is a value at all.
std::string flag_with_value(std::string_view message, const CLI::App& program,
                            const CLI::App& command) {
    constexpr std::string_view kConversion = "Could not convert: ";
    if (message.substr(0, kConversion.size()) != kConversion) return {};
    message.remove_prefix(kConversion.size());
    std::string name(message.substr(0, message.find(" = ")));
    for (const CLI::App* each : {&program, &command}) {
        const CLI::Option* option = each->get_option_no_throw(name);
        if (option != nullptr && option->get_expected_max() == 0) return name;
    }
    return {};
}

std::string unknown(const std::string& word, const CLI::App& program, const CLI::App& command,
                    bool is_german) {
    const bool is_option = word.size() > 1 && word.front() == '-';
    const std::string name = word.substr(0, is_option ? word.find('=') : word.size());
    const bool is_command = !is_option && command.get_require_subcommand_min() > 0;
    const std::string meant = is_option    ? closest(name, option_names(program, command))
                              : is_command ? closest(name, command_names(command))
                                           : std::string();
    const Phrase& phrase = is_option ? kUnknownOption : is_command ? kUnknownCommand : kTooMuch;
    std::string text = fill(phrase.in(is_german), {name});
    if (!meant.empty()) text += fill(kMeant.in(is_german), {meant});
    return text;
}

}  // namespace

CommandLineOutcome complaint(const CLI::App& program, const CLI::ParseError& problem,
                             const HelpPage& page, bool is_german) {
    constexpr std::string_view kIsRequired = " is required";
    const CLI::App* command = &program;
    std::string called = program.get_name();
    // Commands may have commands of their own.
    while (!command->get_subcommands().empty()) {
        command = command->get_subcommands().front();
        called += " " + command->get_name();
    }
    CommandLineOutcome outcome;
    outcome.end = CommandLineOutcome::End::kNotUnderstood;
    outcome.advice = page.usage(*command, called) + "\n" + fill(kHelp.in(is_german), {called});
    const std::string message = problem.what();
    const auto* required = dynamic_cast<const CLI::RequiredError*>(&problem);
    const bool is_extra = dynamic_cast<const CLI::ExtrasError*>(&problem) != nullptr;
    // The parser complains of what is missing first; mostly a slip in the rest is why.
    std::vector<std::string> rest = program.remaining(true);
    std::erase(rest, "--");
    if ((required != nullptr || is_extra) && !rest.empty()) {
        outcome.text = unknown(rest.front(), program, *command, is_german);
    } else if (required != nullptr && message == "A subcommand is required") {
        outcome.text = kNoCommand.in(is_german);
    } else if (required != nullptr && message.ends_with(kIsRequired)) {
        const std::string name = message.substr(0, message.size() - kIsRequired.size());
        outcome.text = fill(kMissing.in(is_german), {page.shown(name)});
    } else if (const std::string flag = flag_with_value(message, program, *command);
               !flag.empty()) {
        outcome.text = fill(kAlone.in(is_german), {flag});
    } else {
        outcome.text = reworded(message, is_german);
    }
    return outcome;
}

}  // namespace survey
