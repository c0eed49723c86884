#include "common/command_line/command_line.h"

#include <algorithm>
#include <sstream>

#include "common/command_line/complaint.h"
#include "common/command_line/help_page.h"
#include "common/host/host.h"

namespace survey {

namespace {

constexpr Phrase kHelp = {"Print this help", "Diese Hilfe"};
constexpr Phrase kVersion = {"Print the version", "Die Version"};
constexpr Phrase kLanguage = {"Language of the program", "Sprache des Programms"};
constexpr Phrase kOptions = {"Options", "Optionen"};
constexpr Phrase kCommands = {"Commands", "Befehle"};

// Help options are made before the defaults reach a command, and groups are named one by one.
void name_groups(CLI::App& app, bool is_german) {
    for (CLI::Option* option : app.get_options([](CLI::Option*) { return true; }))
        option->group(std::string(kOptions.in(is_german)));
    app.get_help_ptr()->description(std::string(kHelp.in(is_german)));
    for (CLI::App* command : app.get_subcommands([](CLI::App*) { return true; })) {
        command->group(std::string(kCommands.in(is_german)));
        name_groups(*command, is_german);
    }
}

}  // namespace

bool speaks_german(const std::vector<std::string>& words, const std::vector<std::string>& locale) {
    for (std::size_t i = 0; i < words.size(); ++i) {
        const bool is_apart = words[i] == "--lang" && i + 1 < words.size();
        const bool is_joined = words[i].rfind("--lang=", 0) == 0;
        const std::string value = is_apart    ? words[i + 1]
                                  : is_joined ? words[i].substr(7)
                                              : std::string();
        if (value == "de") return true;
        if (value == "en") return false;
    }
    return language_of(locale) == "de";
}

CommandLine::CommandLine(std::string_view program, const Phrase& about, bool is_german)
    : program_(program),
      is_german_(is_german),
      app_(std::make_unique<CLI::App>(std::string(about.in(is_german)), program_)) {
    app_->formatter(std::make_shared<HelpPage>(is_german));
    app_->set_version_flag("--version", program_ + " " SURVEY_VERSION, say(kVersion));
    app_->add_option("--lang", language_, say(kLanguage))->check(CLI::IsMember({"de", "en"}));
    app_->require_subcommand(1);
    app_->fallthrough();  // `collector sync --lang de` too
}

CommandLine::~CommandLine() = default;

void CommandLine::call(std::string_view name, std::string_view in_german) {
    if (is_german_) app_->get_formatter()->label(std::string(name), std::string(in_german));
}

CommandLineOutcome CommandLine::read(std::vector<std::string> words) {
    name_groups(*app_, is_german_);
    std::reverse(words.begin(), words.end());  // the parser takes them from the back
    try {
        app_->parse(std::move(words));
    } catch (const CLI::Success& wanted) {
        std::ostringstream shown;
        app_->exit(wanted, shown, shown);
        return {CommandLineOutcome::End::kShown, shown.str(), {}};
    } catch (const CLI::ParseError& problem) {
        const auto page = std::dynamic_pointer_cast<HelpPage>(app_->get_formatter());
        return complaint(*app_, problem, *page, is_german_);
    }
    return {};
}

}  // namespace survey
