#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "common/host/files.h"
#include "forms/cli/commands.h"
#include "forms/cli/form_source.h"
#include "forms/cli/report.h"
#include "forms/session/load_refusal.h"

namespace survey::forms {

namespace {

struct ValidateOptions {
    std::vector<std::string> files;
    bool as_json = false;
    bool strict = false;
};

struct Checked {
    ExitCode status = ExitCode::kOk;
    std::vector<Diagnostic> diagnostics;
    std::string unreadable;  ///< Why the file could not be read; empty: it could.
};

Checked check(const std::string& path, bool strict) {
    Checked checked;
    const auto bytes = read_file(path, kFormBytesMax);
    if (!bytes) {
        checked.status = ExitCode::kEnvironment;
        checked.unreadable = bytes.error().message;
        return checked;
    }
    checked.diagnostics = open_form(*bytes, stem_of(path)).diagnostics;
    const Tally count = tally(checked.diagnostics);
    const bool refused = count.errors > 0 || (strict && count.warnings > 0);
    if (refused) checked.status = ExitCode::kRefused;
    return checked;
}

json::Object to_json(const std::string& path, const Checked& checked) {
    const Tally count = tally(checked.diagnostics);
    json::Object one;
    one["file"] = path;
    one["accepted"] = checked.status == ExitCode::kOk;
    one["errors"] = count.errors;
    one["warnings"] = count.warnings;
    if (!checked.unreadable.empty()) one["unreadable"] = checked.unreadable;
    one["diagnostics"] = to_json(checked.diagnostics);
    return one;
}

void report(const std::string& path, const Checked& checked, Console& console) {
    if (!checked.unreadable.empty()) {
        console.error(console.of_machine(checked.unreadable),
                      console.say({"Check the name and the permissions.",
                                   "Prüfen Sie Namen und Zugriffsrechte."}));
        return;
    }
    print(checked.diagnostics, console);
    const bool fine = checked.status == ExitCode::kOk;
    const Phrase verdict = fine ? Phrase{"accepted", "in Ordnung"} : Phrase{"refused", "abgelehnt"};
    console.out() << path << ": " << console.say(verdict) << " ("
                  << count_in_words(tally(checked.diagnostics), console) << ")\n";
}

ExitCode run(const ValidateOptions& options, Console& console) {
    ExitCode worst = ExitCode::kOk;
    json::Array all;
    for (const std::string& path : options.files) {
        const Checked checked = check(path, options.strict);
        worst = std::max(worst, checked.status);
        if (options.as_json) {
            all.push_back(to_json(path, checked));
        } else {
            report(path, checked, console);
        }
    }
    if (options.as_json) {
        console.out() << json::serialise_pretty(json::Object{{"forms", std::move(all)}}) << '\n';
    }
    return worst;
}

}  // namespace

void add_validate(CLI::App& program, Console& console, ExitCode& status) {
    const auto say = [&console](const Phrase& phrase) { return std::string(console.say(phrase)); };
    CLI::App& command =
        *program.add_subcommand("validate", say({"Report everything that is wrong with forms",
                                                 "Alles melden, was an Formularen nicht stimmt"}));
    const auto options = std::make_shared<ValidateOptions>();
    command
        .add_option("form", options->files,
                    say({"XLSForm: .xlsx .xlsm .xls .csv .md; or XForm: .xml",
                         "XLSForm: .xlsx .xlsm .xls .csv .md; oder XForm: .xml"}))
        ->required();
    command.add_flag("--json", options->as_json,
                     say({"All findings as JSON on standard output",
                          "Alle Befunde als JSON auf der Standardausgabe"}));
    command.add_flag("--strict", options->strict,
                     say({"Refuse a form that has warnings", "Auch bei Warnungen ablehnen"}));
    command.footer(
        say({"Examples:\n"
             "  forms validate household.xlsx\n"
             "  forms validate --strict --json forms/*.xlsx > findings.json\n"
             "\n"
             "Exit status: 0 accepted, 1 refused, 3 a file could not be read.",
             "Beispiele:\n"
             "  forms validate household.xlsx\n"
             "  forms validate --strict --json forms/*.xlsx > befunde.json\n"
             "\n"
             "Ende-Status: 0 in Ordnung, 1 abgelehnt, 3 Datei nicht lesbar."}));
    command.callback([options, &console, &status] { status = run(*options, console); });
}

}  // namespace survey::forms
