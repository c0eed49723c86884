#include "sync-server/app/program.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>

#include "common/command_line/command_line.h"
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
    "  sync-server table --data ~/werkstatt --form fit_check --row m01_fit\n"
    "\n"
    "Every option of serve can also be set in the environment (WERKSTATT_LISTEN) or\n"
    "in a file given with --config (listen = 127.0.0.1:8080). Commands talk to the\n"
    "server that runs on the data directory, or work on the store themselves if\n"
    "none runs.\n"
    "\n"
    "Exit status: 0 done; 1 refused; 2 the command line or the configuration was not\n"
    "understood; 3 a file, an address or the server cannot be used.",
    "Beispiele:\n"
    "  sync-server serve --data ~/werkstatt\n"
    "  sync-server publish --data ~/werkstatt fit_check.xlsx\n"
    "  sync-server codes --data ~/werkstatt --count 5\n"
    "  sync-server table --data ~/werkstatt --form fit_check --row m01_fit\n"
    "\n"
    "Jede Option von serve lässt sich auch in der Umgebung setzen (WERKSTATT_LISTEN)\n"
    "oder in einer Datei, die --config nennt (listen = 127.0.0.1:8080). Die Befehle\n"
    "sprechen mit dem Server, der auf dem Ordner läuft; läuft keiner, arbeiten sie\n"
    "selbst auf dem Bestand.\n"
    "\n"
    "Ende-Status: 0 erledigt; 1 abgelehnt; 2 Aufruf oder Einstellungen nicht\n"
    "verstanden; 3 eine Datei, eine Adresse oder der Server ist nicht benutzbar."};

std::optional<std::string> variable(char** environment, const std::string& name) {
    for (char** entry = environment; *entry != nullptr; ++entry) {
        const std::string_view text = *entry;
        if (text.size() > name.size() && text[name.size()] == '=' &&
            text.substr(0, name.size()) == name)
            return std::string(text.substr(name.size() + 1));
    }
    return std::nullopt;
}

std::vector<std::string> locale_of(char** environment) {
    std::vector<std::string> locale;
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
        locale.push_back(variable(environment, name).value_or(""));
    return locale;
}

/// Everything the command line said.
struct Said {
    GivenValues settings;
    std::string config_file;
    CommandOptions options;
    std::string command;
};

class Commands {
  public:
    Commands(Said& said, CommandLine& line) : said_(said), line_(line) {
        line_.app().footer(line_.say(kFooter));
        line_.call("form", "formular");
        line_.call("device", "gerät");
        line_.call("role", "rolle");
        line_.call("FORM", "FORMULAR");
        line_.call("QUESTION", "FRAGE");
        line_.call("QUESTION:OPTION", "FRAGE:AUSWAHL");
        add_serve();
        add_publish();
        add_codes();
        add_lists();
        add_table();
        add_token();
    }

  private:
    CLI::App* add(const std::string& name, const Phrase& help, std::string_view example) {
        CLI::App* command = line_.app().add_subcommand(name, line_.say(help));
        command->callback([this, name] { said_.command = name; });
        command
            ->add_option("--config", said_.config_file,
                         line_.say({"Settings from this file", "Einstellungen aus dieser Datei"}))
            ->type_name("FILE");
        command->footer(line_.say({"Example", "Beispiel"}) + ":\n  sync-server " +
                        std::string(example));
        return command;
    }

    CLI::Option* add_text(CLI::App* command, const std::string& name, std::string& into,
                          const char* placeholder, const Phrase& help) {
        return command->add_option(name, into, line_.say(help))->type_name(placeholder);
    }

    /// An option whose value is checked later, with those of the other sources.
    void add_setting(CLI::App* command, const Setting& setting) {
        const std::string name(setting.name);
        const std::string flag = "--" + name;
        if (setting.value.empty()) {
            command->add_flag_function(
                flag, [this, name](std::int64_t) { said_.settings[name] = {"yes"}; },
                line_.say(setting.help));
            return;
        }
        command
            ->add_option_function<std::vector<std::string>>(
                flag,
                [this, name](const std::vector<std::string>& values) {
                    said_.settings[name] = values;
                },
                line_.say(setting.help))
            ->type_name(std::string(setting.value))
            ->expected(1)
            ->allow_extra_args(false)
            ->multi_option_policy(setting.repeatable ? CLI::MultiOptionPolicy::TakeAll
                                                     : CLI::MultiOptionPolicy::TakeLast);
    }

    CLI::App* add_office(const std::string& name, const Phrase& help, std::string_view example) {
        CLI::App* command = add(name, help, example);
        add_setting(command, settings().front());  // --data
        command->add_flag("--json", said_.options.json,
                          line_.say({"The server's own answer", "Die Antwort des Servers selbst"}));
        return command;
    }

    void add_serve() {
        CLI::App* command = add("serve",
                                {"Run the server until Ctrl-C or SIGTERM",
                                 "Den Server betreiben, bis Strg-C oder SIGTERM kommt"},
                                "serve --data ~/werkstatt --listen 127.0.0.1:8080");
        for (const Setting& setting : settings())
            add_setting(command, setting);
    }

    void add_publish() {
        CLI::App* command = add_office(
            "publish",
            {"Publish a questionnaire (XLSForm or XForm)", "Einen Fragebogen veröffentlichen"},
            "publish --data ~/werkstatt fit_check.xlsx");
        add_text(command, "form", said_.options.form_file, "TEXT",
                 {"The workbook or XForm", "Arbeitsmappe oder XForm"})
            ->required();
    }

    void add_codes() {
        CLI::App* command = add_office(
            "codes",
            {"Make codes that enrol devices", "Codes erzeugen, mit denen sich Geräte anmelden"},
            "codes --data ~/werkstatt --count 5");
        command
            ->add_option("--count", said_.options.count,
                         line_.say({"How many [1]", "Wie viele [1]"}))
            ->check(CLI::Range(1, 500));
        command
            ->add_option(
                "--valid-hours", said_.options.valid_hours,
                line_.say({"How long they are good for [72]", "Wie lange sie gelten [72]"}))
            ->check(CLI::Range(1, 24 * 90));
    }

    void add_lists() {
        add_office(
            "devices",
            {"List devices and their last contact", "Geräte und ihren letzten Kontakt zeigen"},
            "devices --data ~/werkstatt");
        CLI::App* revoke = add_office(
            "revoke", {"Withdraw a device's enrolment", "Einem Gerät den Zugang entziehen"},
            "revoke --data ~/werkstatt 0197a2c4");
        add_text(revoke, "device", said_.options.device, "TEXT",
                 {"As the list of devices shows it", "Wie die Liste der Geräte es zeigt"})
            ->required();
        CLI::App* revisions =
            add_office("revisions", {"List what has arrived", "Zeigen, was angekommen ist"},
                       "revisions --data ~/werkstatt --form fit_check");
        add_text(revisions, "--form", said_.options.form, "FORM",
                 {"Of this form only", "Nur zu diesem Formular"});
    }

    void add_table() {
        CLI::App* command = add_office("table",
                                       {"Print a table of results (small groups never)",
                                        "Eine Ergebnistabelle ausgeben (kleine Gruppen nie)"},
                                       "table --form fit_check --row m01_fit --column district");
        CommandOptions& options = said_.options;
        add_text(command, "--form", options.form, "FORM",
                 {"Id of the form", "Kennung des Formulars"})
            ->required();
        add_text(command, "--row", options.row, "QUESTION",
                 {"The question to count", "Die Frage, die gezählt wird"})
            ->required();
        add_text(command, "--column", options.column, "QUESTION",
                 {"Crossed with this one", "Gekreuzt mit dieser"});
        add_text(command, "--filter", options.filter, "QUESTION:OPTION",
                 {"Only who answered so", "Nur wer so geantwortet hat"});
        command
            ->add_option("--format", options.format, line_.say({"As what [csv]", "Als was [csv]"}))
            ->check(CLI::IsMember({"csv", "json", "xlsx", "svg"}));
    }

    void add_token() {
        CLI::App* command = add_office("token",
                                       {"Print the token of the office or of the analysts",
                                        "Den Zugangsschlüssel von Büro oder Auswertung zeigen"},
                                       "token --data ~/werkstatt analyst");
        command
            ->add_option("role", said_.options.role,
                         line_.say({"Whose [office]", "Wessen [office]"}))
            ->check(CLI::IsMember({"office", "analyst"}));
    }

    Said& said_;
    CommandLine& line_;
};

ExitCode run_office_command(const Said& said, const Config& config, const Terminal& terminal) {
    if (said.command == "token") return run_token(config, said.options, terminal);
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
    return kCommands.at(said.command)(*office, said.options, terminal);
}

}  // namespace

int run_program(int count, char** arguments, char** environment) {
    std::vector<std::string> words(arguments + (count > 0 ? 1 : 0), arguments + count);
    const bool is_german = speaks_german(words, locale_of(environment));
    const Terminal terminal(is_german);
    Said said;
    CommandLine line("sync-server", kAbout, is_german);
    const Commands commands(said, line);
    const CommandLineOutcome outcome = line.read(std::move(words));
    switch (outcome.end) {
        case CommandLineOutcome::End::kShown:
            terminal.out(outcome.text);
            return static_cast<int>(ExitCode::kOk);
        case CommandLineOutcome::End::kNotUnderstood:
            terminal.error(outcome.text);
            terminal.note(outcome.advice);
            return static_cast<int>(ExitCode::kUsage);
        case CommandLineOutcome::End::kRun:
            break;
    }
    Mistakes mistakes{is_german, {}};
    GivenValues file;
    const auto config_path = said.config_file.empty()
                                 ? variable(environment, "WERKSTATT_CONFIG").value_or("")
                                 : said.config_file;
    if (!config_path.empty()) {
        const auto text = read_file(config_path, kConfigBytesMax);
        if (!text) return static_cast<int>(report(text.error(), terminal));
        file = read_config_file(*text, mistakes);
    }
    const Config config = make_config(
        said.settings, [&](const std::string& name) { return variable(environment, name); }, file,
        mistakes);
    for (const std::string& mistake : mistakes.found)
        terminal.error(mistake);
    if (!mistakes.found.empty()) return static_cast<int>(ExitCode::kUsage);
    const ExitCode exit = said.command == "serve" ? run_serve(config, terminal)
                                                  : run_office_command(said, config, terminal);
    return static_cast<int>(exit);
}

}  // namespace survey::server
