#include "collector/app/program.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>

#include <CLI/CLI.hpp>
#include <unistd.h>

#include "collector/app/commands.h"
#include "common/command_line/command_line.h"

namespace survey::collector {

namespace {

std::string variable(const char* name) {
    const char* value = std::getenv(name);  // NOLINT one thread, before anything else runs
    return value == nullptr ? std::string() : std::string(value);
}

Environment read_environment() {
    Environment environment;
    environment.home = variable("HOME");
    std::error_code no_directory;
    environment.working_directory = std::filesystem::current_path(no_directory).string();
    environment.xdg_data_home = variable("XDG_DATA_HOME");
    environment.xdg_state_home = variable("XDG_STATE_HOME");
    environment.locale = {variable("LC_ALL"), variable("LC_MESSAGES"), variable("LANG")};
    environment.data = variable("WERKSTATT_COLLECTOR_DATA");
    environment.ca_file = variable("WERKSTATT_CA_FILE");
    environment.term = variable("TERM");
    environment.no_color = variable("NO_COLOR");
    environment.time_zone = variable("TZ");
    environment.user_name = variable("USER");
    char host[256] = "";
    if (gethostname(host, sizeof host - 1) == 0) environment.host_name = host;
    return environment;
}

constexpr Phrase kAbout = {"Holds interviews without a network and syncs them later.",
                           "Führt Interviews ohne Netz und gleicht sie später ab."};
constexpr Phrase kFooter = {
    "Examples:\n"
    "  collector enrol https://survey.example.org K7QM-2F9X    once, with a code\n"
    "  collector open                                          in the browser instead\n"
    "  collector new fit_check                                 begin an interview\n"
    "  collector resume                                        the last draft again\n"
    "  collector sync                                          send and fetch\n"
    "\n"
    "Exit status: 0 done; 1 the input was refused; 2 wrong command line; 3 network,\n"
    "server or disk not available; 4 not enrolled or not allowed; 5 stored data\n"
    "damaged or from a newer version.\n"
    "\n"
    "Environment: WERKSTATT_COLLECTOR_DATA (folder of the interviews),\n"
    "WERKSTATT_CA_FILE (the only certificate authority to trust), NO_COLOR, TZ, LANG.",
    "Beispiele:\n"
    "  collector enrol https://survey.example.org K7QM-2F9X    einmal, mit einem Code\n"
    "  collector open                                          lieber im Browser\n"
    "  collector new fit_check                                 ein Interview beginnen\n"
    "  collector resume                                        den letzten Entwurf\n"
    "  collector sync                                          senden und abholen\n"
    "\n"
    "Ende-Status: 0 erledigt; 1 Eingabe abgelehnt; 2 Aufruf nicht verstanden; 3 Netz,\n"
    "Server oder Datenträger nicht erreichbar; 4 nicht angemeldet oder nicht erlaubt;\n"
    "5 gespeicherte Daten beschädigt oder von einer neueren Version.\n"
    "\n"
    "Umgebung: WERKSTATT_COLLECTOR_DATA (Ordner der Interviews), WERKSTATT_CA_FILE\n"
    "(die einzige Zertifizierungsstelle, der zu trauen ist), NO_COLOR, TZ, LANG."};

using Run = std::function<int(Desk&)>;

// Declares the subcommands; the one that is chosen puts itself into `chosen`.
class Commands {
  public:
    explicit Commands(CommandLine& line) : line_(line) {
        CLI::App& app = line_.app();
        app.footer(line_.say(kFooter));
        app.add_option("--data", flags_.data,
                       line_.say({"Folder where the interviews are kept",
                                  "Ordner, in dem die Interviews liegen"}))
            ->type_name("DIR");
        app.add_option("--ca-file", flags_.ca_file,
                       line_.say({"The only certificate authority to trust (PEM)",
                                  "Einzige Zertifizierungsstelle, der zu trauen ist"}))
            ->type_name("FILE");
        app.add_flag("--json", flags_.json, line_.say({"Results as JSON", "Ergebnisse als JSON"}));
        line_.call("url", "adresse");
        line_.call("form", "formular");
        line_.call("draft", "entwurf");
        line_.call("files", "dateien");
        line_.call("file", "datei");
        declare_network();
        declare_interviews();
        declare_lists();
    }

    const Flags& flags() const { return flags_; }
    const Run& chosen() const { return chosen_; }
    /// Set where the window was asked for.
    const std::optional<OpenArguments>& window() const { return window_; }

  private:
    CLI::App* command(const char* name, const Phrase& what, Run run) {
        CLI::App* sub = line_.app().add_subcommand(name, line_.say(what));
        sub->callback([this, run = std::move(run)] { chosen_ = run; });
        return sub;
    }

    void example(CLI::App* command, std::string_view text) {
        const std::string head = line_.say({"Example", "Beispiel"});
        command->footer(head + ":\n  " + std::string(text));
    }

    void declare_network() {
        auto* enrol = command(
            "enrol",
            {"Make this device known to a server", "Dieses Gerät bei einem Server anmelden"},
            [this](Desk& desk) { return run_enrol(desk, enrol_); });
        enrol
            ->add_option("url", enrol_.url,
                         line_.say({"Address of the server", "Adresse des Servers"}))
            ->required();
        enrol
            ->add_option("code", enrol_.code,
                         line_.say({"Code from the project office", "Code vom Projektbüro"}))
            ->required();
        enrol
            ->add_option("--name", enrol_.device_name,
                         line_.say({"How the office will see this device",
                                    "So heißt dieses Gerät beim Projektbüro"}))
            ->type_name("NAME");
        example(enrol, "collector enrol https://survey.example.org K7QM-2F9X");
        example(command("sync",
                        {"Send what is finalised, fetch forms and news",
                         "Abgeschlossenes senden, Formulare und Neues holen"},
                        run_sync),
                "collector sync --json");
    }

    void add_form_choice(CLI::App* command, std::string& version) {
        command
            ->add_option("--form-version", version,
                         line_.say({"Another version than the newest",
                                    "Eine andere Version als die neueste"}))
            ->type_name("TEXT");
    }

    void add_draft(CLI::App* command) {
        command->add_option("draft", name_,
                            line_.say({"The beginning of its id", "Der Anfang seiner Kennung"}));
    }

    void declare_interviews() {
        auto* window = command(
            "open", {"Open the window in the browser", "Das Fenster im Browser öffnen"}, {});
        window->callback([this] {
            chosen_ = [this](Desk& desk) { return run_open(desk, open_); };
            window_ = open_;
        });
        window->add_flag("--no-browser", open_.no_browser,
                         line_.say({"Print the address, open no browser",
                                    "Die Adresse ausgeben, keinen Browser öffnen"}));
        example(window, "collector open");
        auto* start = command("new", {"Begin an interview", "Ein Interview beginnen"},
                              [this](Desk& desk) { return run_new(desk, interview_); });
        start->add_option("form", interview_.form,
                          line_.say({"Id of the form; not needed if there is only one",
                                     "Kennung des Formulars; bei nur einem unnötig"}));
        add_form_choice(start, interview_.version);
        start
            ->add_option("--language", interview_.language,
                         line_.say({"Language of the form, or a part of its name",
                                    "Sprache des Formulars oder ein Teil ihres Namens"}))
            ->type_name("NAME");
        example(start, "collector new fit_check --language Deutsch");
        auto* resume = command("resume",
                               {"Go on with a draft, without id the last",
                                "Einen Entwurf (sonst den letzten) fortsetzen"},
                               [this](Desk& desk) { return run_resume(desk, name_); });
        add_draft(resume);
        example(resume, "collector resume 9b3a7db3");
        auto* correct = command(
            "correct",
            {"Open a finalised interview again", "Ein abgeschlossenes Interview wieder öffnen"},
            [this](Desk& desk) { return run_correct(desk, name_); });
        correct
            ->add_option("interview", name_,
                         line_.say({"Its instance id or a part of it",
                                    "Seine Kennung (instanceID) oder ein Teil davon"}))
            ->required();
        example(correct, "collector correct 4f1c09d2");
        auto* discard = command("discard", {"Delete a draft", "Einen Entwurf löschen"},
                                [this](Desk& desk) { return run_discard(desk, name_); });
        add_draft(discard);
        discard->get_option("draft")->required();
        example(discard, "collector discard 9b3a7db3");
        declare_import();
    }

    void declare_import() {
        auto* import = command("import",
                               {"Finalise records that were filled in elsewhere",
                                "Anderswo ausgefüllte Datensätze abschließen"},
                               [this](Desk& desk) { return run_import(desk, import_); });
        import
            ->add_option("--form", import_.form,
                         line_.say({"Id of the form", "Kennung des Formulars"}))
            ->type_name("FORM");
        line_.call("FORM", "FORMULAR");
        add_form_choice(import, import_.version);
        import
            ->add_option("files", import_.files,
                         line_.say({"Instance XML; one record, or one a line",
                                    "Instanz-XML; ein Datensatz oder einer je Zeile"}))
            ->required();
        example(import,
                "forms simulate fit_check.xlsx --count 200 --out records\n"
                "  collector import --form fit_check records/*.xml");
    }

    void declare_lists() {
        auto* add = command("add-form",
                            {"Take a questionnaire from an XForm file",
                             "Einen Fragebogen aus einer XForm-Datei aufnehmen"},
                            [this](Desk& desk) { return run_add_form(desk, name_); });
        add->add_option("file", name_, "ODK XForm XML")->required();
        example(add, "forms convert visit.xlsx visit.xml && collector add-form visit.xml");
        example(command("status", {"What is here and what waits", "Was da ist und was wartet"},
                        run_status),
                "collector status --json");
        example(command("forms",
                        {"The questionnaires on this device", "Die Fragebögen auf diesem Gerät"},
                        run_forms),
                "collector forms");
        example(command("list", {"Drafts and finalised interviews", "Entwürfe und Abgeschlossenes"},
                        run_list),
                "collector list");
        example(command("revisions",
                        {"Hashes of the finalised revisions, to compare",
                         "Prüfsummen des Abgeschlossenen, zum Vergleichen"},
                        run_revisions),
                "collector revisions");
    }

    CommandLine& line_;
    Flags flags_;
    Run chosen_;
    EnrolArguments enrol_;
    InterviewArguments interview_;
    ImportArguments import_;
    std::string name_;
    OpenArguments open_;
    std::optional<OpenArguments> window_;
};

// The store has put it right already; a person should know what happened to the folder.
void tell_finding(const Desk& desk) {
    switch (desk.finding()) {
        case OpenFinding::kMarkerMissing:
        case OpenFinding::kCopied:
        case OpenFinding::kRestored:
            desk.tell(
                desk.both("This data was copied or restored. From here on it has a history of "
                          "its own at the server; nothing is lost.",
                          "Diese Daten wurden kopiert oder zurückgespielt. Von hier an haben "
                          "sie beim Server eine eigene Geschichte; nichts ist verloren."));
            return;
        case OpenFinding::kNormal:
        case OpenFinding::kNew:
            return;
    }
}

}  // namespace

int run_program(int argc, const char* const* argv) {
    const Environment environment = read_environment();
    const std::vector<std::string> words(argv + (argc > 0 ? 1 : 0), argv + argc);
    const bool is_german = speaks_german(words, environment.locale);
    const char* const mistake = is_german ? "Fehler: " : "error: ";
    CommandLine line("collector", kAbout, is_german);
    const Commands commands(line);
    const CommandLineOutcome outcome = line.read(words);
    switch (outcome.end) {
        case CommandLineOutcome::End::kShown:
            std::fputs(outcome.text.c_str(), stdout);
            return kExitDone;
        case CommandLineOutcome::End::kNotUnderstood:
            std::fprintf(stderr, "%s%s\n%s\n", mistake, outcome.text.c_str(),
                         outcome.advice.c_str());
            return kExitUsage;
        case CommandLineOutcome::End::kRun:
            break;
    }
    const ConfigOutcome configured = make_config(commands.flags(), environment, is_german);
    if (!configured.config) {
        for (const std::string& what : configured.mistakes)
            std::fprintf(stderr, "%s%s\n", mistake, what.c_str());
        return kExitUsage;
    }
    auto desk = Desk::open(*configured.config, environment);
    if (!desk && desk.error().code == ErrorCode::kUnavailable && commands.window()) {
        if (const auto joined = join_open_window(*configured.config, *commands.window()))
            return *joined;
    }
    if (!desk) return report(configured.config->language, desk.error());
    tell_finding(**desk);
    return commands.chosen()(**desk);
}

}  // namespace survey::collector
