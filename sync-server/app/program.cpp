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
    "  sync-server link create --data ~/werkstatt --form fit_check\n"
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
    "  sync-server link create --data ~/werkstatt --form fit_check\n"
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
        line_.call("TIME", "ZEIT");
        line_.call("file", "datei");
        line_.call("instance", "antwort");
        line_.call("state", "zustand");
        line_.call("version", "fassung");
        line_.call("directory", "ordner");
        line_.call("QUESTION:OPTION", "FRAGE:AUSWAHL");
        add_serve();
        add_publish();
        add_codes();
        add_lists();
        add_table();
        add_token();
        add_link();
        add_care();
    }

  private:
    /// \param group of commands that it belongs to; null: none.
    CLI::App* add(const std::string& name, const Phrase& help, std::string_view example,
                  CLI::App* group = nullptr) {
        CLI::App* parent = group != nullptr ? group : &line_.app();
        CLI::App* command = parent->add_subcommand(name, line_.say(help));
        const std::string full = group != nullptr ? group->get_name() + " " + name : name;
        command->callback([this, full] { said_.command = full; });
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

    CLI::App* add_office(const std::string& name, const Phrase& help, std::string_view example,
                         CLI::App* group = nullptr) {
        CLI::App* command = add(name, help, example, group);
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

    void add_link() {
        CLI::App* link = line_.app().add_subcommand(
            "link", line_.say({"Let people answer by an address or a QR code",
                               "Per Adresse oder QR-Code antworten lassen"}));
        link->require_subcommand(1);
        add_link_create(link);
        CLI::App* list =
            add_office("list", {"List links and their answers", "Links und ihre Antworten zeigen"},
                       "link list --data ~/werkstatt", link);
        add_text(list, "--form", said_.options.form, "FORM",
                 {"Of this form only", "Nur zu diesem Formular"});
        CLI::App* revoke = add_office("revoke", {"Withdraw a link", "Einen Link zurückziehen"},
                                      "link revoke --data ~/werkstatt 7K3M9QXA", link);
        CLI::App* sheet = add_office("sheet",
                                     {"Write a sheet to print, or only the code",
                                      "Einen Aushang oder nur den Code schreiben"},
                                     "link sheet --data ~/werkstatt 7K3M9QXA sheet.html", link);
        for (CLI::App* command : {revoke, sheet})
            add_text(command, "link", said_.options.link, "TEXT",
                     {"As the list of links shows it", "Wie die Liste der Links es zeigt"})
                ->required();
        add_text(sheet, "file", said_.options.out_file, "TEXT",
                 {"Where to: .html, .svg or .png", "Wohin: .html, .svg oder .png"})
            ->required();
    }

    void add_link_create(CLI::App* link) {
        CommandOptions& options = said_.options;
        CLI::App* create = add_office(
            "create",
            {"Make a link and show its code", "Einen Link anlegen und seinen Code zeigen"},
            "link create --form fit_check --closes \"2026-12-31 18:00\"", link);
        add_text(create, "--form", options.form, "FORM",
                 {"Id of the form", "Kennung des Formulars"})
            ->required();
        add_text(create, "--label", options.label, "TEXT",
                 {"For the office only: who gets it", "Nur fürs Büro: wer ihn bekommt"});
        add_text(create, "--language", options.language, "TEXT",
                 {"The page begins with: de, en, …", "Die Seite beginnt mit: de, en, …"});
        add_text(create, "--opens", options.opens, "TIME",
                 {"2026-12-01 or \"2026-12-01 08:30\"", "2026-12-01 oder \"2026-12-01 08:30\""});
        add_text(create, "--closes", options.closes, "TIME",
                 {"The same; a day counts to its end", "Ebenso; ein Tag zählt bis zum Ende"});
        create
            ->add_option("--limit", options.answers_max,
                         line_.say({"Most answers [no limit]", "Höchstzahl der Antworten [keine]"}))
            ->check(CLI::Range(1, 10'000'000));
        create
            ->add_option("--grace-hours", options.grace_hours,
                         line_.say({"After closing, for what was begun before [72]",
                                    "Nach Schluss, für vorher Begonnenes [72]"}))
            ->check(CLI::Range(0, 24 * 92));
        add_text(create, "--kiosk-code", options.kiosk_code, "TEXT",
                 {"To leave the kiosk mode", "Zum Verlassen des Kiosk-Modus"});
    }

    void add_care() {
        CommandOptions& options = said_.options;
        CLI::App* erase =
            add_office("erase", {"Erase an answer for good", "Eine Antwort endgültig löschen"},
                       "erase --data ~/werkstatt uuid:0197a2c4 --yes");
        CLI::App* review = add_office("review",
                                      {"Note what was found about an answer",
                                       "Vermerken, was eine Prüfung der Antwort ergab"},
                                      "review uuid:0197a2c4 rejected --note \"Test\"");
        for (CLI::App* command : {erase, review})
            add_text(command, "instance", options.instance, "TEXT",
                     {"As the list of revisions shows it", "Wie revisions sie zeigt"})
                ->required();
        erase->add_flag("--yes", options.yes, line_.say({"It is meant", "Es ist gemeint"}));
        review->add_option("state", options.state, line_.say({"What it is now", "Was sie nun ist"}))
            ->check(CLI::IsMember({"received", "has-issues", "approved", "rejected"}))
            ->required();
        add_text(review, "--note", options.note, "TEXT",
                 {"Why; the device learns it", "Warum; das Gerät erfährt es"});
        CLI::App* withdraw = add_office(
            "withdraw",
            {"Offer a version of a form no more", "Eine Fassung eines Formulars zurückziehen"},
            "withdraw --data ~/werkstatt fit_check 2026112501");
        add_text(withdraw, "form", options.form, "TEXT",
                 {"Id of the form", "Kennung des Formulars"})
            ->required();
        add_text(withdraw, "version", options.version, "TEXT", {"Its version", "Seine Fassung"})
            ->required();
        withdraw->add_flag("--offer", options.offer,
                           line_.say({"Offer it again instead", "Stattdessen wieder anbieten"}));
        add_office("alarms",
                   {"List what a person should look at", "Zeigen, was sich jemand ansehen sollte"},
                   "alarms --data ~/werkstatt");
        CLI::App* backup = add_office(
            "backup",
            {"Copy everything, while the server runs", "Alles kopieren, während der Server läuft"},
            "backup --data ~/werkstatt ~/werkstatt-2026-12-01");
        add_text(backup, "directory", options.out_file, "TEXT",
                 {"A new directory", "Ein neuer Ordner"})
            ->required();
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
    if (said.command == "backup") return run_backup(*office, config, said.options, terminal);
    using Run = ExitCode (*)(Office&, const CommandOptions&, const Terminal&);
    static const std::map<std::string, Run> kCommands = {
        {"publish", run_publish},
        {"codes", run_codes},
        {"devices", run_devices},
        {"revoke", run_revoke},
        {"revisions", run_revisions},
        {"table", run_table},
        {"erase", run_erase},
        {"review", run_review},
        {"withdraw", run_withdraw},
        {"alarms", run_alarms},
        {"link create", run_link_create},
        {"link list", run_link_list},
        {"link revoke", run_link_revoke},
        {"link sheet", run_link_sheet},
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
