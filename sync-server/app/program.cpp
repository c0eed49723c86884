#include "sync-server/app/program.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>

#include "common/crypto/crypto.h"
#include "common/host/files.h"
#include "common/host/host.h"
#include "sync-server/app/commands.h"

namespace survey::server {

namespace {

constexpr std::size_t kConfigBytesMax = 64 * 1024;

constexpr Phrase kAbout = {"Collects, merges and tabulates the answers of many devices.",
                           "Sammelt die Antworten vieler Geräte, führt sie zusammen und wertet sie "
                           "aus."};
constexpr Phrase kFooter = {
    "Examples:\n"
    "  sync-server serve --data ~/werkstatt\n"
    "  sync-server publish --data ~/werkstatt fit_check.xlsx\n"
    "  sync-server codes --data ~/werkstatt --count 5\n"
    "  sync-server table --data ~/werkstatt --form fit_check --row m01_fit --column district\n"
    "\n"
    "Every option of serve can also be set in the environment (WERKSTATT_LISTEN) or in a\n"
    "file given with --config (listen = 127.0.0.1:8080). Commands talk to the server that runs\n"
    "on the data directory, or work on the store themselves if none runs.\n"
    "\n"
    "Exit status: 0 done; 1 refused; 2 the command line or the configuration was not\n"
    "understood; 3 a file, an address or the server cannot be used.",
    "Beispiele:\n"
    "  sync-server serve --data ~/werkstatt\n"
    "  sync-server publish --data ~/werkstatt fit_check.xlsx\n"
    "  sync-server codes --data ~/werkstatt --count 5\n"
    "  sync-server table --data ~/werkstatt --form fit_check --row m01_fit --column district\n"
    "\n"
    "Jede Option von serve lässt sich auch in der Umgebung setzen (WERKSTATT_LISTEN) oder in\n"
    "einer Datei, die --config nennt (listen = 127.0.0.1:8080). Die Befehle sprechen mit dem\n"
    "Server, der auf dem Verzeichnis läuft; läuft keiner, arbeiten sie selbst auf dem Bestand.\n"
    "\n"
    "Ende-Status: 0 erledigt; 1 abgelehnt; 2 Aufruf oder Einstellungen nicht verstanden;\n"
    "3 eine Datei, eine Adresse oder der Server ist nicht benutzbar."};

std::optional<std::string> variable(char** environment, const std::string& name) {
    for (char** entry = environment; *entry != nullptr; ++entry) {
        const std::string_view text = *entry;
        if (text.size() > name.size() && text[name.size()] == '=' &&
            text.substr(0, name.size()) == name)
            return std::string(text.substr(name.size() + 1));
    }
    return std::nullopt;
}

bool speaks_german(const std::vector<std::string>& arguments, char** environment) {
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        if (arguments[i] == "--lang" && i + 1 < arguments.size()) return arguments[i + 1] == "de";
        if (arguments[i].rfind("--lang=", 0) == 0) return arguments[i].substr(7) == "de";
    }
    std::vector<std::string> locale;
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        if (auto value = variable(environment, name)) locale.push_back(*std::move(value));
    }
    return language_of(locale) == "de";
}

/// Everything the command line said.
struct CommandLine {
    GivenValues settings;
    std::string config_file;
    std::string language;
    CommandOptions options;
    std::string command;
};

class Parser {
  public:
    Parser(CommandLine& line, const Terminal& terminal)
        : line_(line), terminal_(terminal), app_(terminal.say(kAbout), "sync-server") {
        app_.footer(terminal.say(kFooter));
        app_.set_version_flag("--version", std::string("sync-server ") + SURVEY_VERSION);
        app_.require_subcommand(1);
        app_.set_help_all_flag("--help-all",
                               terminal.say({"help on all commands", "Hilfe zu allen Befehlen"}));
        add_serve();
        add_publish();
        add_codes();
        add_lists();
        add_table();
        add_token();
    }

    CLI::App& app() { return app_; }

  private:
    CLI::App* add(const std::string& name, const Phrase& help) {
        CLI::App* command = app_.add_subcommand(name, terminal_.say(help));
        command->callback([this, name] { line_.command = name; });
        command->add_option("--lang", line_.language, "de | en")
            ->check(CLI::IsMember({"de", "en"}));
        command->add_option("--config", line_.config_file, "FILE");
        return command;
    }

    /// An option whose value is checked later, with those of the other sources.
    void add_setting(CLI::App* command, const Setting& setting) {
        const std::string name(setting.name);
        const std::string flag = "--" + name;
        if (setting.value.empty()) {
            command->add_flag_function(
                flag, [this, name](std::int64_t) { line_.settings[name] = {"yes"}; },
                std::string(setting.help));
            return;
        }
        command
            ->add_option_function<std::vector<std::string>>(
                flag,
                [this, name](const std::vector<std::string>& values) {
                    line_.settings[name] = values;
                },
                std::string(setting.help))
            ->type_name(std::string(setting.value))
            ->expected(1)
            ->allow_extra_args(false)
            ->multi_option_policy(setting.repeatable ? CLI::MultiOptionPolicy::TakeAll
                                                     : CLI::MultiOptionPolicy::TakeLast);
    }

    CLI::App* add_office(const std::string& name, const Phrase& help) {
        CLI::App* command = add(name, help);
        add_setting(command, settings().front());  // --data
        command->add_flag("--json", line_.options.json,
                          terminal_.say({"the server's own answer", "die Antwort des Servers"}));
        return command;
    }

    void add_serve() {
        CLI::App* command = add("serve", {"run the server until Ctrl-C or SIGTERM",
                                          "den Server betreiben bis Strg-C oder SIGTERM"});
        for (const Setting& setting : settings())
            add_setting(command, setting);
    }

    void add_publish() {
        CLI::App* command = add_office("publish", {"publish a questionnaire (XLSForm or XForm)",
                                                   "einen Fragebogen veröffentlichen"});
        command->add_option("form", line_.options.form_file, "FILE")->required();
    }

    void add_codes() {
        CLI::App* command = add_office("codes", {"make codes that enrol devices",
                                                 "Kodes erzeugen, mit denen sich Geräte anmelden"});
        command->add_option("--count", line_.options.count)->check(CLI::Range(1, 500));
        command->add_option("--valid-hours", line_.options.valid_hours)
            ->check(CLI::Range(1, 24 * 90));
    }

    void add_lists() {
        add_office("devices", {"list devices and their last contact",
                               "Geräte und ihren letzten Kontakt zeigen"});
        CLI::App* revoke = add_office(
            "revoke", {"withdraw a device's enrolment", "einem Gerät den Zugang entziehen"});
        revoke->add_option("device", line_.options.device, "DEVICE")->required();
        CLI::App* revisions =
            add_office("revisions", {"list what has arrived", "zeigen, was angekommen ist"});
        revisions->add_option("--form", line_.options.form, "FORM");
    }

    void add_table() {
        CLI::App* command = add_office("table", {"print a table of results (small groups never)",
                                                 "eine Ergebnistabelle ausgeben"});
        CommandOptions& options = line_.options;
        command->add_option("--form", options.form, "FORM")->required();
        command->add_option("--row", options.row, "QUESTION")->required();
        command->add_option("--column", options.column, "QUESTION");
        command->add_option("--filter", options.filter, "QUESTION:OPTION");
        command->add_option("--format", options.format, "csv | json | xlsx | svg")
            ->check(CLI::IsMember({"csv", "json", "xlsx", "svg"}));
    }

    void add_token() {
        CLI::App* command = add_office("token", {"print the token of the office or of the analysts",
                                                 "den Zugangsschlüssel ausgeben"});
        command->add_option("role", line_.options.role, "office | analyst")
            ->check(CLI::IsMember({"office", "analyst"}));
    }

    CommandLine& line_;
    const Terminal& terminal_;
    CLI::App app_;
};

ExitCode run_office_command(const CommandLine& line, const Config& config,
                            const Terminal& terminal) {
    if (line.command == "token") return run_token(config, line.options, terminal);
    const SystemClock clock;
    SystemRandom random;
    NullLog log;
    auto office = Office::open(config, clock, random, log);
    if (!office) return report(office.error(), terminal);
    using Run = ExitCode (*)(Office&, const CommandOptions&, const Terminal&);
    static const std::map<std::string, Run> kCommands = {
        {"publish", run_publish}, {"codes", run_codes},         {"devices", run_devices},
        {"revoke", run_revoke},   {"revisions", run_revisions}, {"table", run_table},
    };
    return kCommands.at(line.command)(*office, line.options, terminal);
}

}  // namespace

int run_program(int count, char** arguments, char** environment) {
    std::vector<std::string> words(arguments + 1, arguments + count);
    const Terminal terminal(speaks_german(words, environment));
    CommandLine line;
    Parser parser(line, terminal);
    try {
        parser.app().parse(count, arguments);
    } catch (const CLI::ParseError& error) {
        const int status = parser.app().exit(error);
        return status == 0 ? 0 : static_cast<int>(ExitCode::kUsage);
    }
    std::vector<std::string> mistakes;
    GivenValues file;
    const auto config_path = line.config_file.empty()
                                 ? variable(environment, "WERKSTATT_CONFIG").value_or("")
                                 : line.config_file;
    if (!config_path.empty()) {
        const auto text = read_file(config_path, kConfigBytesMax);
        if (!text) return static_cast<int>(report(text.error(), terminal));
        file = read_config_file(*text, mistakes);
    }
    const Config config = make_config(
        line.settings, [&](const std::string& name) { return variable(environment, name); }, file,
        mistakes);
    for (const std::string& mistake : mistakes)
        terminal.error(mistake);
    if (!mistakes.empty()) return static_cast<int>(ExitCode::kUsage);
    const ExitCode exit = line.command == "serve" ? run_serve(config, terminal)
                                                  : run_office_command(line, config, terminal);
    return static_cast<int>(exit);
}

}  // namespace survey::server
