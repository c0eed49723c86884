#include <memory>
#include <ostream>
#include <string>

#include <CLI/CLI.hpp>

#include "common/host/files.h"
#include "forms/authoring/form_diff.h"
#include "forms/cli/commands.h"
#include "forms/cli/form_source.h"
#include "forms/cli/report.h"
#include "forms/session/load_refusal.h"

namespace survey::forms {

namespace {

struct DiffOptions {
    std::string before;
    std::string after;
    bool as_json = false;
};

/// The form; null where it cannot be had, which has been said.
std::shared_ptr<const FormDefinition> read_form(const std::string& path, Console& console,
                                                ExitCode& status) {
    const auto bytes = read_file(path, kFormBytesMax);
    if (!bytes) {
        console.error(bytes.error().message, "Check the name and the permissions.");
        status = ExitCode::kEnvironment;
        return nullptr;
    }
    FormSource source = open_form(*bytes, stem_of(path));
    if (source.form) return source.form;
    std::erase_if(source.diagnostics,
                  [](const Diagnostic& one) { return one.severity != Severity::kError; });
    print(source.diagnostics, console);
    console.error("\"" + path + "\" is refused, so it cannot be compared");
    status = ExitCode::kRefused;
    return nullptr;
}

json::Object to_json(const Difference& one) {
    json::Object out;
    out["what"] = one.what;
    if (!one.language.empty()) out["language"] = one.language;
    out["before"] = one.before;
    out["after"] = one.after;
    return out;
}

json::Object to_json(const QuestionChange& change) {
    json::Object out;
    out["change"] = std::string(change_name(change.kind));
    out["path"] = change.path;
    if (!change.old_path.empty()) out["was"] = change.old_path;
    json::Array differences;
    for (const Difference& one : change.differences)
        differences.push_back(to_json(one));
    out["differences"] = std::move(differences);
    out["drafts"] = std::string(effect_name(change.drafts));
    out["together"] = change.together;
    json::Array notes;
    for (const std::string& note : change.notes)
        notes.emplace_back(note);
    out["notes"] = std::move(notes);
    return out;
}

json::Object to_json(const FormDiff& diff) {
    json::Object out;
    out["same"] = diff.same();
    out["harmless"] = diff.harmless();
    out["otherForm"] = diff.other_form;
    json::Array form;
    for (const Difference& one : diff.form)
        form.push_back(to_json(one));
    out["form"] = std::move(form);
    json::Array changes;
    for (const QuestionChange& change : diff.changes)
        changes.push_back(to_json(change));
    out["changes"] = std::move(changes);
    return out;
}

void write(const Difference& one, std::ostream& out) {
    // Long texts are for --json.
    constexpr std::size_t kShownMax = 60;
    const auto shown = [](const std::string& text) {
        if (text.empty()) return std::string("nothing");
        if (text.size() <= kShownMax) return "\"" + text + "\"";
        std::size_t end = kShownMax;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u)
            --end;
        return "\"" + text.substr(0, end) + "…\"";
    };
    out << "    " << one.what;
    if (!one.language.empty() && one.language != "default") out << " (" << one.language << ")";
    out << ": " << shown(one.before) << " -> " << shown(one.after) << '\n';
}

void write(const FormDiff& diff, std::ostream& out) {
    for (const Difference& one : diff.form) {
        out << "form\n";
        write(one, out);
    }
    if (diff.other_form) {
        out << "    This is another form: no draft of the old one belongs to it.\n";
    }
    for (const QuestionChange& change : diff.changes) {
        out << change_name(change.kind) << ' ' << change.path;
        if (!change.old_path.empty()) out << " (was " << change.old_path << ")";
        out << '\n';
        for (const Difference& one : change.differences)
            write(one, out);
        out << "    drafts: " << effect_name(change.drafts)
            << (change.together ? "" : "; answers: apart") << '\n';
        for (const std::string& note : change.notes)
            out << "    " << note << '\n';
    }
}

ExitCode run(const DiffOptions& options, Console& console) {
    ExitCode status = ExitCode::kOk;
    const auto before = read_form(options.before, console, status);
    const auto after = read_form(options.after, console, status);
    if (!before || !after) return status;
    const FormDiff diff = diff_forms(*before, *after);
    if (options.as_json) {
        console.out() << json::serialise_pretty(to_json(diff)) << '\n';
    } else if (diff.same()) {
        console.out() << "The forms do not differ.\n";
    } else {
        write(diff, console.out());
    }
    if (diff.same()) return ExitCode::kOk;
    return diff.harmless() ? ExitCode::kDiffers : ExitCode::kAffected;
}

}  // namespace

void add_diff(CLI::App& program, Console& console, ExitCode& status) {
    const auto say = [&console](const Phrase& phrase) { return std::string(console.say(phrase)); };
    CLI::App& command = *program.add_subcommand(
        "diff", say({"Tell what a new version changes, also for answers",
                     "Sagen, was eine neue Fassung ändert, auch an Antworten"}));
    const auto options = std::make_shared<DiffOptions>();
    command.add_option("old", options->before, say({"The form as it was", "Das alte Formular"}))
        ->required();
    command.add_option("new", options->after, say({"The form as it is", "Das neue Formular"}))
        ->required();
    command.add_flag("--json", options->as_json,
                     say({"All changes as JSON", "Alle Änderungen als JSON"}));
    command.footer(
        say({"Example:\n"
             "  forms diff household-1.xlsx household-2.xlsx\n"
             "\n"
             "drafts: kept, checked (may be invalid, incomplete or no longer offered), lost.\n"
             "answers: apart means that old and new ones do not go into one column.\n"
             "Exit status: 0 no difference; 4 nothing is lost, checked or apart; 5 something\n"
             "is; 1 a form was refused, 2 usage, 3 a file cannot be read.",
             "Beispiel:\n"
             "  forms diff haushalt-1.xlsx haushalt-2.xlsx\n"
             "\n"
             "drafts (Entwürfe): kept (bleiben), checked (vielleicht ungültig, unvollständig\n"
             "oder nicht mehr wählbar), lost (verloren). answers: apart heißt, dass alte und\n"
             "neue Antworten nicht in eine Spalte gehören.\n"
             "Ende-Status: 0 kein Unterschied; 4 nichts ist lost, checked oder apart; 5 etwas\n"
             "ist es; 1 Formular abgelehnt, 2 Aufruf, 3 Datei nicht lesbar."}));
    command.callback([options, &console, &status] { status = run(*options, console); });
}

}  // namespace survey::forms
