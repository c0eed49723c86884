#include "forms/cli/program.h"

#include <algorithm>
#include <iostream>
#include <string_view>

#include <CLI/CLI.hpp>
#include <unistd.h>

#include "common/host/host.h"
#include "forms/cli/commands.h"

namespace survey::forms {

namespace {

constexpr Phrase kAbout = {"Tests, converts and fills in XLSForms and ODK XForms.",
                           "Prüft und wandelt XLSForms und ODK-XForms und füllt sie aus."};
constexpr Phrase kOptions = {"Options", "Optionen"};
constexpr Phrase kFooter = {
    "Examples:\n"
    "  forms validate household.xlsx\n"
    "  forms convert household.xlsx household.xml\n"
    "  forms simulate household.xlsx --count 100\n"
    "\n"
    "Exit status: 0 done; 1 the form was refused, or filling it in broke its rules;\n"
    "2 the command line was not understood; 3 a file could not be read or written.\n"
    "Help on one command: forms COMMAND --help",
    "Beispiele:\n"
    "  forms validate household.xlsx\n"
    "  forms convert household.xlsx household.xml\n"
    "  forms simulate household.xlsx --count 100\n"
    "\n"
    "Ende-Status: 0 erledigt; 1 Formular abgelehnt oder beim Ausfüllen gegen seine\n"
    "eigenen Regeln verstoßen; 2 Aufruf nicht verstanden; 3 Datei nicht lesbar oder\n"
    "nicht schreibbar. Hilfe zu einem Befehl: forms BEFEHL --help"};

/// `--lang` must be known before the help texts are made. Nothing: not given, or not a language.
std::optional<bool> asked_for_german(const std::vector<std::string>& arguments) {
    std::optional<bool> german;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const bool apart = arguments[i] == "--lang" && i + 1 < arguments.size();
        const bool joined = arguments[i].rfind("--lang=", 0) == 0;
        if (!apart && !joined) continue;
        const std::string value = apart ? arguments[i + 1] : arguments[i].substr(7);
        if (value == "de") german = true;
        if (value == "en") german = false;
    }
    return german;
}

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

void label_help(CLI::App& program, const Console& console) {
    const auto formatter = program.get_formatter();
    formatter->column_width(20);  // with descriptions of up to 60, the 80 columns of a terminal
    if (!console.settings().german) return;
    formatter->label("Usage", "Aufruf");
    formatter->label("OPTIONS", "OPTIONEN");
    formatter->label("SUBCOMMAND", "BEFEHL");
    formatter->label("SUBCOMMANDS", "BEFEHLE");
    formatter->label("Subcommands", "Befehle");
    formatter->label("Positionals", "Angaben");
    formatter->label("REQUIRED", "(nötig)");
}

}  // namespace

ExitCode run_program(std::vector<std::string> arguments, Console& console) {
    if (const auto german = asked_for_german(arguments)) console.speak_german(*german);
    CLI::App program(std::string(console.say(kAbout)), "forms");
    label_help(program, console);
    program.footer(std::string(console.say(kFooter)));
    program.option_defaults()->group(std::string(console.say(kOptions)));
    program.set_help_flag("-h,--help",
                          std::string(console.say({"Print this help", "Diese Hilfe"})));
    program.set_version_flag("--version", "forms " SURVEY_VERSION,
                             std::string(console.say({"Print the version", "Die Version"})));
    std::string language;
    program
        .add_option("--lang", language,
                    std::string(console.say(
                        {"Language of messages: de or en", "Sprache der Meldungen: de oder en"})))
        ->check(CLI::IsMember({"de", "en"}));
    program.require_subcommand(1);
    program.fallthrough();  // `forms validate --lang de x.xlsx` too

    ExitCode status = ExitCode::kOk;
    add_validate(program, console, status);
    add_convert(program, console, status);
    add_xpath(program, console, status);
    add_session(program, console, status);
    add_simulate(program, console, status);
    // Help options are made before the defaults reach a subcommand.
    for (CLI::App* command : program.get_subcommands([](CLI::App*) { return true; }))
        command->get_help_ptr()->group(std::string(console.say(kOptions)));

    std::reverse(arguments.begin(), arguments.end());  // CLI11 takes them from the back
    try {
        program.parse(std::move(arguments));
    } catch (const CLI::Success& wanted) {
        program.exit(wanted, console.out(), console.err());
        return ExitCode::kOk;
    } catch (const CLI::RequiredError& problem) {
        // A command that does not exist counts as none for the parser.
        const std::vector<std::string> unknown = program.remaining();
        const std::string what =
            unknown.empty()
                ? std::string(problem.what())
                : console.say({"There is no command \"{}\".", "Den Befehl „{}“ gibt es nicht."},
                              {unknown.front()});
        console.error(what, console.say({"See: forms --help", "Siehe: forms --help"}));
        return ExitCode::kUsage;
    } catch (const CLI::ParseError& problem) {
        console.error(problem.what(), console.say({"See: forms --help", "Siehe: forms --help"}));
        return ExitCode::kUsage;
    }
    return status;
}

int run_on_terminal(int count, const char* const* arguments, const char* const* environment) {
    std::ios::sync_with_stdio(false);
    std::cin.tie(nullptr);
    Console::Settings settings;
    settings.german = language_of(locale_values(environment)) == "de";
    settings.err_is_terminal = isatty(STDERR_FILENO) != 0;
    settings.colour = settings.err_is_terminal && !wants_no_colour(environment);
    Console console(std::cin, std::cout, std::cerr, settings);
    std::vector<std::string> rest(arguments + (count > 0 ? 1 : 0), arguments + count);
    const ExitCode code = run_program(std::move(rest), console);
    std::cout.flush();
    if (!std::cout) return static_cast<int>(ExitCode::kEnvironment);  // a full disk, a closed pipe
    return static_cast<int>(code);
}

}  // namespace survey::forms
