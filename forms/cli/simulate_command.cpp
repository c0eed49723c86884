#include <algorithm>
#include <map>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "common/base/random.h"
#include "common/host/files.h"
#include "common/host/host.h"
#include "forms/cli/commands.h"
#include "forms/cli/form_source.h"
#include "forms/cli/local_machine.h"
#include "forms/cli/report.h"
#include "forms/session/session_media.h"
#include "forms/simulate/simulate.h"

namespace survey::forms {

namespace {

// A test of a form needs hundreds; a demonstration tens of thousands.
constexpr std::size_t kCountMax = 1'000'000;
// A file is written whole, so it is held whole.
constexpr std::size_t kLinesBytesMax = std::size_t{1} << 30;
// Each place once: the same rule fails the same way for everybody.
constexpr std::size_t kPlacesShownMax = 20;

struct SimulateCommandOptions {
    std::string form;
    std::size_t count = 10;
    std::uint64_t seed = 1;
    std::string out;
    std::string language;
    std::string media;
    bool as_json = false;
};

struct Summary {
    std::size_t instances = 0;
    std::size_t violations = 0;
    std::size_t answered = 0;
    /// By ref without positions: what was tried, and how often it failed.
    std::map<std::string, std::pair<Unsatisfied, std::size_t>> unmet;
};

/// Where the records go: one file each in a directory, lines of JSON in one file ("-" is standard
/// output), or nowhere.
class RecordSink {
  public:
    RecordSink(const std::string& out, Console& console) : out_(out), console_(console) {}

    bool is_lines() const { return out_ == "-" || ends_in(".ndjson") || ends_in(".jsonl"); }

    Result<void> begin() {
        if (out_.empty() || is_lines()) return {};
        return make_directory(out_);
    }
    Result<void> put(std::size_t number, const SimulatedInstance& made) {
        if (out_.empty()) return {};
        if (is_lines()) {
            json::Object line;
            line["instanceID"] = made.record.instance_id;
            if (!made.record.instance_name.empty()) {
                line["instanceName"] = made.record.instance_name;
            }
            line["valid"] = made.unsatisfied.empty();
            line["xml"] = made.record.xml;
            std::string text = json::serialise(line) + '\n';
            if (out_ == "-") {
                console_.out() << text;
                return {};
            }
            if (lines_.size() + text.size() > kLinesBytesMax) {
                return fail(ErrorCode::kLimit,
                            "the records are more than 1 GiB; use --out - and redirect it");
            }
            lines_ += text;
            return {};
        }
        std::string name = std::to_string(number);
        name.insert(0, name.size() < kDigits ? kDigits - name.size() : 0, '0');
        return write_file_atomic(out_ + "/" + name + ".xml", made.record.xml,
                                 FileAccess::kEverybody);
    }
    Result<void> end() {
        if (out_.empty() || out_ == "-" || !is_lines()) return {};
        return write_file_atomic(out_, lines_, FileAccess::kEverybody);
    }

  private:
    static constexpr std::size_t kDigits = 6;  // so that names sort as numbers

    bool ends_in(std::string_view ending) const {
        return out_.size() > ending.size() &&
               std::string_view(out_).substr(out_.size() - ending.size()) == ending;
    }

    std::string out_;
    Console& console_;
    std::string lines_;
};

std::string without_positions(std::string_view ref) {
    std::string plain;
    bool inside = false;
    for (const char byte : ref) {
        if (byte == '[') inside = true;
        if (!inside) plain += byte;
        if (byte == ']') inside = false;
    }
    return plain;
}

std::string bar(std::size_t done, std::size_t all) {
    constexpr std::size_t kWidth = 30;
    const std::size_t full = all == 0 ? kWidth : done * kWidth / all;
    return "[" + std::string(full, '#') + std::string(kWidth - full, '.') + "] " +
           std::to_string(done) + "/" + std::to_string(all);
}

json::Object to_json(const SimulateCommandOptions& options, const Summary& summary) {
    json::Array unmet;
    for (const auto& [place, what] : summary.unmet) {
        json::Object one;
        one["ref"] = place;
        one["condition"] = violation_word(what.first.kind);
        one["rule"] = what.first.rule;
        one["reason"] = what.first.reason;
        one["instances"] = what.second;
        unmet.push_back(std::move(one));
    }
    json::Object all;
    all["form"] = options.form;
    all["seed"] = options.seed;
    all["instances"] = summary.instances;
    all["violations"] = summary.violations;
    all["answered"] = summary.answered;
    all["unsatisfied"] = std::move(unmet);
    return all;
}

void report(const SimulateCommandOptions& options, const Summary& summary, Console& console) {
    std::size_t shown = 0;
    for (const auto& [place, what] : summary.unmet) {
        if (++shown > kPlacesShownMax) break;
        console.error(console.say({"{}: no answer met \"{}\" in {} of {} instances.",
                                   "{}: keine Antwort erfüllte »{}« in {} von {} Fällen."},
                                  {place, what.first.rule, std::to_string(what.second),
                                   std::to_string(summary.instances)}),
                      what.first.reason);
    }
    const std::size_t average = summary.instances == 0 ? 0 : summary.answered / summary.instances;
    // With records on standard output the summary must not stand among them.
    std::ostream& out = options.out == "-" ? console.err() : console.out();
    out << console.say({"{}: {} instances, {} answers each on average, {} violations (seed {})",
                        "{}: {} Fälle, im Mittel {} Antworten, {} Verstöße (Startwert {})"},
                       {options.form, std::to_string(summary.instances), std::to_string(average),
                        std::to_string(summary.violations), std::to_string(options.seed)})
        << '\n';
}

void count(const SimulatedInstance& made, Summary& summary) {
    ++summary.instances;
    summary.answered += made.answered;
    summary.violations += std::max(made.unsatisfied.size(), made.record.violations.size());
    for (const Unsatisfied& one : made.unsatisfied) {
        ++summary.unmet.emplace(without_positions(one.ref), std::pair(one, 0)).first->second.second;
    }
}

/// Fills in all instances; an error is one of the world or of opening the form.
Result<Summary> fill_in(const std::shared_ptr<const FormDefinition>& form,
                        const SimulateCommandOptions& options, const std::string& folder,
                        Console& console) {
    const SystemClock clock;
    const auto zone = local_time_zone();
    const LocalMachine machine;
    const FolderMedia media(machine, folder);
    SeededRandom unused(options.seed);
    SessionEnvironment environment;
    environment.clock = &clock;
    environment.time_zone = zone.get();
    environment.random = &unused;
    environment.media = &media;
    RecordSink sink(options.out, console);
    TRY(sink.begin());
    Summary summary;
    SeededRandom seeds(options.seed);
    for (std::size_t i = 0; i < options.count; ++i) {
        SimulateOptions one;
        one.seed = seeds.next();
        one.language = options.language;
        TRY_ASSIGN(const SimulatedInstance made, simulate(form, environment, one));
        count(made, summary);
        TRY(sink.put(i + 1, made));
        console.progress(bar(i + 1, options.count));
    }
    console.progress_done();
    TRY(sink.end());
    return summary;
}

ExitCode run(const SimulateCommandOptions& options, Console& console) {
    const auto bytes = read_file(options.form, kFormBytesMax);
    if (!bytes) {
        console.error(console.of_machine(bytes.error().message));
        return ExitCode::kEnvironment;
    }
    const FormSource source = open_form(*bytes, stem_of(options.form));
    if (!source.form) {
        print(source.diagnostics, console);
        return ExitCode::kRefused;
    }
    const auto& languages = source.form->languages;
    const bool known =
        options.language.empty() ||
        std::any_of(languages.begin(), languages.end(),
                    [&options](const Language& one) { return one.name == options.language; });
    if (!known) {
        std::string names;
        for (const Language& one : languages)
            names += (names.empty() ? "" : ", ") + one.name;
        console.error(console.say({"The form has no language \"{}\".",
                                   "Das Formular hat keine Sprache »{}«."},
                                  {options.language}),
                      console.say({"It has: {}", "Es hat: {}"}, {names}));
        return ExitCode::kUsage;
    }
    std::string folder = options.media;
    if (folder.empty()) {
        const auto slash = options.form.rfind('/');
        folder = slash == std::string::npos ? "." : options.form.substr(0, slash);
    }
    const auto summary = fill_in(source.form, options, folder, console);
    if (!summary) {
        console.progress_done();
        console.error(console.of_machine(summary.error().message));
        return ExitCode::kEnvironment;
    }
    if (options.as_json) {
        std::ostream& out = options.out == "-" ? console.err() : console.out();
        out << json::serialise_pretty(to_json(options, *summary)) << '\n';
    } else {
        report(options, *summary, console);
    }
    return summary->violations == 0 ? ExitCode::kOk : ExitCode::kRefused;
}

}  // namespace

void add_simulate(CLI::App& program, Console& console, ExitCode& status) {
    const auto say = [&console](const Phrase& phrase) { return std::string(console.say(phrase)); };
    CLI::App& command = *program.add_subcommand(
        "simulate", say({"Fill in a form many times with made-up answers",
                         "Ein Formular oft mit erdachten Antworten ausfüllen"}));
    const auto options = std::make_shared<SimulateCommandOptions>();
    command
        .add_option("form", options->form,
                    say({"XLSForm: .xlsx .xlsm .xls .csv .md; or XForm: .xml",
                         "XLSForm: .xlsx .xlsm .xls .csv .md; oder XForm: .xml"}))
        ->required();
    command.add_option("--count", options->count, say({"How many (10)", "Wie viele (10)"}))
        ->check(CLI::Range(std::size_t{1}, kCountMax))
        ->type_name("N");
    command
        .add_option("--seed", options->seed,
                    say({"The same seed makes the same answers (1)",
                         "Gleicher Startwert, gleiche Antworten (1)"}))
        ->type_name("N");
    command
        .add_option("--out", options->out,
                    say({"Directory for the records, or a file .ndjson, or -",
                         "Ordner der Datensätze, oder Datei .ndjson, oder -"}))
        ->type_name("PATH");
    command
        .add_option("--language", options->language,
                    say({"Language of the form, as it names it",
                         "Sprache des Formulars, wie es sie nennt"}))
        ->type_name("NAME");
    command
        .add_option("--media", options->media,
                    say({"Folder of the form's files (the form's own)",
                         "Ordner der Begleitdateien (der des Formulars)"}))
        ->type_name("DIR");
    command.add_flag("--json", options->as_json,
                     say({"The summary as JSON", "Die Zusammenfassung als JSON"}));
    command.footer(
        say({"Examples:\n"
             "  forms simulate household.xlsx --count 200\n"
             "  forms simulate household.xlsx --count 50 --seed 7 --out records/\n"
             "  forms simulate household.xlsx --out - | head -1\n"
             "\n"
             "Answers keep to relevance, required, constraints and lists. What no answer\n"
             "can meet is a mistake of the form and is named.\n"
             "Exit status: 0 all valid, 1 refused or some rule never met, 2 usage,\n"
             "3 a file cannot be read or written.",
             "Beispiele:\n"
             "  forms simulate household.xlsx --count 200\n"
             "  forms simulate household.xlsx --count 50 --seed 7 --out records/\n"
             "  forms simulate household.xlsx --out - | head -1\n"
             "\n"
             "Die Antworten halten sich an alle Regeln des Formulars. Was keine Antwort\n"
             "erfüllen kann, ist ein Fehler des Formulars und wird genannt.\n"
             "Ende-Status: 0 alle gültig, 1 abgelehnt oder eine Regel nie erfüllt,\n"
             "2 Aufruf, 3 Datei nicht les- oder schreibbar."}));
    command.callback([options, &console, &status] { status = run(*options, console); });
}

}  // namespace survey::forms
