#include "collector/app/program.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>

#include <CLI/CLI.hpp>
#include <unistd.h>

#include "collector/app/commands.h"

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

constexpr const char* kFooter =
    "Examples:\n"
    "  collector enrol https://survey.example.org K7QM-2F9X    once, with a code\n"
    "  collector new fit_check                                 begin an interview\n"
    "  collector resume                                        go on with the last draft\n"
    "  collector sync                                          send and fetch\n"
    "\n"
    "Exit codes: 0 done, 1 the input was refused, 2 wrong command line, 3 network,\n"
    "server or disk not available, 4 not enrolled or not allowed, 5 stored data\n"
    "damaged or from a newer version.\n"
    "\n"
    "Environment: WERKSTATT_COLLECTOR_DATA (folder of the interviews),\n"
    "WERKSTATT_CA_FILE (the only certificate authority to trust), NO_COLOR, TZ, LANG.";

using Run = std::function<int(Desk&)>;

// Declares the subcommands; the one that is chosen puts itself into `chosen`.
class CommandLineParser {
  public:
    CommandLineParser() : app_("Holds interviews without a network and syncs them later.") {
        app_.name("collector");
        app_.footer(kFooter);
        app_.set_version_flag("--version", std::string("collector " SURVEY_VERSION));
        app_.require_subcommand(1);
        app_.add_option("--data", flags_.data, "folder where the interviews are kept");
        app_.add_option("--ca-file", flags_.ca_file, "PEM file of the only authority to trust");
        app_.add_option("--lang", flags_.language, "language of the program: de or en");
        app_.add_flag("--json", flags_.json, "results as JSON");
        app_.fallthrough();
        declare_network();
        declare_interviews();
        declare_lists();
    }

    CLI::App& app() { return app_; }
    const Flags& flags() const { return flags_; }
    const Run& chosen() const { return chosen_; }

  private:
    CLI::App* command(const char* name, const char* what, Run run) {
        CLI::App* sub = app_.add_subcommand(name, what);
        sub->callback([this, run = std::move(run)] { chosen_ = run; });
        return sub;
    }

    void declare_network() {
        auto* enrol = command("enrol", "make this device known to a server",
                              [this](Desk& desk) { return run_enrol(desk, enrol_); });
        enrol->add_option("url", enrol_.url, "address of the server")->required();
        enrol->add_option("code", enrol_.code, "code from the project office")->required();
        enrol->add_option("--name", enrol_.device_name, "how the office will see this device");
        enrol->footer("Example: collector enrol https://survey.example.org K7QM-2F9X");
        command("sync", "send what is finalised, fetch forms and news", run_sync)
            ->footer("Example: collector sync --json");
    }

    void declare_interviews() {
        auto* start = command("new", "begin an interview",
                              [this](Desk& desk) { return run_new(desk, interview_); });
        start->add_option("form", interview_.form,
                          "id of the form; not needed if there is one only");
        start->add_option("--form-version", interview_.version, "not the newest version");
        start->add_option("--language", interview_.language,
                          "language of the form, or a part of it");
        start->footer("Example: collector new fit_check --language Deutsch");
        auto* resume = command("resume", "go on with a draft",
                               [this](Desk& desk) { return run_resume(desk, name_); });
        resume->add_option("draft", name_, "the beginning of its id; the last one without");
        auto* correct = command("correct", "open a finalised interview again",
                                [this](Desk& desk) { return run_correct(desk, name_); });
        correct->add_option("interview", name_, "its instance id or a part of it")->required();
        auto* discard = command("discard", "delete a draft",
                                [this](Desk& desk) { return run_discard(desk, name_); });
        discard->add_option("draft", name_, "the beginning of its id")->required();
        auto* import = command("import", "finalise records that were filled in elsewhere",
                               [this](Desk& desk) { return run_import(desk, import_); });
        import->add_option("--form", import_.form, "id of the form");
        import->add_option("--form-version", import_.version, "not the newest version");
        import->add_option("files", import_.files, "instance XML; one record or one a line")
            ->required();
        import->footer(
            "Example: forms simulate fit_check.xlsx --count 200 --out records\n"
            "         collector import --form fit_check records/*.xml");
    }

    void declare_lists() {
        auto* add = command("add-form", "take a questionnaire from an XForm file",
                            [this](Desk& desk) { return run_add_form(desk, name_); });
        add->add_option("file", name_, "ODK XForm XML")->required();
        add->footer("Example: forms convert visit.xlsx visit.xml && collector add-form visit.xml");
        command("status", "what is here and what waits", run_status);
        command("forms", "the questionnaires on this device", run_forms);
        command("list", "drafts and finalised interviews", run_list);
        command("revisions", "hashes of the finalised revisions, for comparing", run_revisions);
    }

    CLI::App app_;
    Flags flags_;
    Run chosen_;
    EnrolArguments enrol_;
    InterviewArguments interview_;
    ImportArguments import_;
    std::string name_;
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
    CommandLineParser parser;
    try {
        parser.app().parse(argc, argv);
    } catch (const CLI::RequiredError& error) {
        // A command that does not exist counts as none for the parser.
        const std::vector<std::string> unknown = parser.app().remaining();
        if (unknown.empty()) {
            parser.app().exit(error);
        } else {
            std::fprintf(stderr, "error: there is no command \"%s\"; collector --help shows all\n",
                         unknown.front().c_str());
        }
        return kExitUsage;
    } catch (const CLI::ParseError& error) {
        const int code = parser.app().exit(error);
        return code == 0 ? kExitDone : kExitUsage;
    }
    const Environment environment = read_environment();
    const ConfigOutcome configured = make_config(parser.flags(), environment);
    if (!configured.config) {
        for (const std::string& mistake : configured.mistakes) {
            std::fprintf(stderr, "error: %s\n", mistake.c_str());
        }
        return kExitUsage;
    }
    auto desk = Desk::open(*configured.config, environment);
    if (!desk) return report(configured.config->language, desk.error());
    tell_finding(**desk);
    return parser.chosen()(**desk);
}

}  // namespace survey::collector
