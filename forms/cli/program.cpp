#include "forms/cli/program.h"

#include <iostream>
#include <string_view>

#include <CLI/CLI.hpp>
#include <unistd.h>

#include "common/command_line/command_line.h"
#include "forms/cli/commands.h"

namespace survey::forms {

namespace {

constexpr Phrase kAbout = {"Tests, converts and fills in XLSForms and ODK XForms.",
                           "Prüft und wandelt XLSForms und ODK-XForms und füllt sie aus."};
constexpr Phrase kFooter = {
    "Examples:\n"
    "  forms validate household.xlsx\n"
    "  forms convert household.xlsx household.xml\n"
    "  forms simulate household.xlsx --count 100\n"
    "\n"
    "Exit status: 0 done; 1 the form was refused, or filling it in broke its rules;\n"
    "2 the command line was not understood; 3 a file could not be read or written;\n"
    "4 and 5 are those of diff.\n"
    "Help on one command: forms COMMAND --help",
    "Beispiele:\n"
    "  forms validate household.xlsx\n"
    "  forms convert household.xlsx household.xml\n"
    "  forms simulate household.xlsx --count 100\n"
    "\n"
    "Ende-Status: 0 erledigt; 1 Formular abgelehnt oder beim Ausfüllen gegen seine\n"
    "eigenen Regeln verstoßen; 2 Aufruf nicht verstanden; 3 Datei nicht lesbar oder\n"
    "nicht schreibbar; 4 und 5 gehören zu diff.\n"
    "Hilfe zu einem Befehl: forms BEFEHL --help"};

std::vector<std::string> locale_values(const char* const* environment) {
    // In their order of precedence (POSIX, "Internationalization Variables").
    constexpr std::string_view kNames[] = {"LC_ALL=", "LC_MESSAGES=", "LANG="};
    std::vector<std::string> values;
    for (const std::string_view name : kNames) {
        for (const char* const* entry = environment; *entry != nullptr; ++entry) {
            const std::string_view text = *entry;
            if (text.substr(0, name.size()) == name) values.emplace_back(text.substr(name.size()));
        }
    }
    return values;
}

bool wants_no_colour(const char* const* environment) {
    // no-color.org: present and not empty.
    constexpr std::string_view kName = "NO_COLOR=";
    for (const char* const* entry = environment; *entry != nullptr; ++entry) {
        const std::string_view text = *entry;
        if (text.size() > kName.size() && text.substr(0, kName.size()) == kName) return true;
    }
    return false;
}

}  // namespace

ExitCode run_program(std::vector<std::string> arguments, Console& console) {
    CommandLine line("forms", kAbout, console.settings().german);
    CLI::App& program = line.app();
    program.footer(line.say(kFooter));
    line.call("form", "formular");
    line.call("input", "quelle");
    line.call("output", "ziel");
    ExitCode status = ExitCode::kOk;
    add_validate(program, console, status);
    add_convert(program, console, status);
    add_diff(program, console, status);
    add_xpath(program, console, status);
    add_session(program, console, status);
    add_simulate(program, console, status);
    const CommandLineOutcome outcome = line.read(std::move(arguments));
    switch (outcome.end) {
        case CommandLineOutcome::End::kShown:
            console.out() << outcome.text;
            return ExitCode::kOk;
        case CommandLineOutcome::End::kNotUnderstood:
            console.error(outcome.text);
            console.err() << outcome.advice << '\n';
            return ExitCode::kUsage;
        case CommandLineOutcome::End::kRun:
            break;
    }
    return status;
}

int run_on_terminal(int count, const char* const* arguments, const char* const* environment) {
    std::ios::sync_with_stdio(false);
    std::cin.tie(nullptr);
    Console::Settings settings;
    std::vector<std::string> rest(arguments + (count > 0 ? 1 : 0), arguments + count);
    settings.german = speaks_german(rest, locale_values(environment));
    settings.err_is_terminal = isatty(STDERR_FILENO) != 0;
    settings.colour = settings.err_is_terminal && !wants_no_colour(environment);
    Console console(std::cin, std::cout, std::cerr, settings);
    const ExitCode code = run_program(std::move(rest), console);
    std::cout.flush();
    if (!std::cout) return static_cast<int>(ExitCode::kEnvironment);  // a full disk, a closed pipe
    return static_cast<int>(code);
}

}  // namespace survey::forms
