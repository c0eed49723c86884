#include <memory>
#include <ostream>
#include <string>

#include <CLI/CLI.hpp>

#include "forms/cli/commands.h"
#include "forms/cli/conversion.h"
#include "forms/cli/lines.h"
#include "forms/cli/report.h"
#include "forms/session/load_refusal.h"

namespace survey::forms {

namespace {

// Two paths of the longest kind that Linux takes (PATH_MAX).
constexpr std::size_t kBatchLineBytesMax = 2 * 4096;

struct ConvertCommandOptions {
    std::string input;
    std::string output;
    bool as_json = false;
    bool batch = false;
};

void report(const ConvertCommandOptions& options, const Conversion& conversion, Console& console) {
    print(conversion.diagnostics, console);
    if (!conversion.failure.empty()) console.error(console.of_machine(conversion.failure));
    const std::string count = count_in_words(tally(conversion.diagnostics), console);
    if (conversion.status == ExitCode::kOk) {
        std::string files;
        for (const std::string& path : conversion.written)
            files += (files.empty() ? "" : ", ") + path;
        console.out() << console.say({"{}: written {} ({})", "{}: geschrieben {} ({})"},
                                     {options.input, files, count})
                      << '\n';
    } else if (conversion.status == ExitCode::kRefused) {
        console.err() << console.say({"{}: refused, nothing written ({})",
                                      "{}: abgelehnt, nichts geschrieben ({})"},
                                     {options.input, count})
                      << '\n';
    }
}

json::Object to_json(const ConvertCommandOptions& options, const Conversion& conversion) {
    const Tally count = tally(conversion.diagnostics);
    json::Object one;
    one["input"] = options.input;
    one["output"] = options.output;
    one["accepted"] = conversion.status == ExitCode::kOk;
    if (!conversion.failure.empty()) one["failure"] = conversion.failure;
    one["errors"] = count.errors;
    one["warnings"] = count.warnings;
    one["diagnostics"] = to_json(conversion.diagnostics);
    return one;
}

void run_batch(Console& console) {
    std::string line;
    for (LineRead read = read_line(console.in(), line, kBatchLineBytesMax); read != LineRead::kEnd;
         read = read_line(console.in(), line, kBatchLineBytesMax)) {
        if (!line.empty() && line.back() == '\r') line.pop_back();
        if (line.empty()) continue;
        const auto tab = line.find('\t');
        if (read == LineRead::kTooLong || tab == std::string::npos || tab == 0 ||
            tab + 1 == line.size()) {
            console.out() << "error\tA line is INPUT, a tab, OUTPUT." << '\n' << std::flush;
            continue;
        }
        const Conversion done = convert_file(line.substr(0, tab), line.substr(tab + 1));
        console.out() << batch_line(done) << '\n' << std::flush;
    }
}

ExitCode run(const ConvertCommandOptions& options, Console& console) {
    if (options.batch) {
        if (!options.input.empty()) {
            console.error(console.say({"--batch reads its file names from standard input.",
                                       "--batch liest die Dateinamen von der Standardeingabe."}));
            return ExitCode::kUsage;
        }
        run_batch(console);
        return ExitCode::kOk;
    }
    if (options.input.empty() || options.output.empty()) {
        console.error(console.say({"Two names are needed: the form and the file to write.",
                                   "Nötig sind zwei Namen: das Formular und die Zieldatei."}),
                      "forms convert household.xlsx household.xml");
        return ExitCode::kUsage;
    }
    const Conversion conversion = convert_file(options.input, options.output);
    if (options.as_json) {
        console.out() << json::serialise_pretty(to_json(options, conversion)) << '\n';
    } else {
        report(options, conversion, console);
    }
    return conversion.status;
}

}  // namespace

void add_convert(CLI::App& program, Console& console, ExitCode& status) {
    const auto say = [&console](const Phrase& phrase) { return std::string(console.say(phrase)); };
    CLI::App& command = *program.add_subcommand(
        "convert", say({"Convert between workbooks (XLSForm) and XForm XML",
                        "Zwischen Arbeitsmappe (XLSForm) und XForm-XML wandeln"}));
    const auto options = std::make_shared<ConvertCommandOptions>();
    command.add_option("input", options->input,
                       say({"Workbook (.xlsx .xlsm .xls .csv .md) or XForm XML",
                            "Arbeitsmappe (.xlsx .xlsm .xls .csv .md) oder XForm"}));
    command.add_option("output", options->output,
                       say({"Workbook if it ends in .xlsx .md .csv, else XForm XML",
                            "Arbeitsmappe bei .xlsx .md .csv, sonst XForm-XML"}));
    command.add_flag("--json", options->as_json,
                     say({"All findings as JSON on standard output",
                          "Alle Befunde als JSON auf der Standardausgabe"}));
    command.add_flag("--batch", options->batch,
                     say({"Read lines INPUT<tab>OUTPUT, answer each",
                          "Zeilen EINGABE<Tab>AUSGABE lesen, jede beantworten"}));
    command.footer(
        say({"Examples:\n"
             "  forms convert household.xlsx household.xml\n"
             "  forms convert household.xml household.xlsx\n"
             "  printf 'a.xlsx\\ta.xml\\nb.xlsx\\tb.xml\\n' | forms convert --batch\n"
             "\n"
             "The output is replaced whole or not at all. A workbook with external_choices\n"
             "also leaves itemsets.csv beside it. What of an XForm a workbook cannot say is\n"
             "warned about and left out.\n"
             "Exit status: 0 written, 1 refused, 2 usage, 3 a file cannot be read or written.",
             "Beispiele:\n"
             "  forms convert household.xlsx household.xml\n"
             "  forms convert household.xml household.xlsx\n"
             "  printf 'a.xlsx\\ta.xml\\nb.xlsx\\tb.xml\\n' | forms convert --batch\n"
             "\n"
             "Die Zieldatei wird ganz ersetzt oder gar nicht. Zu einer Arbeitsmappe mit\n"
             "external_choices entsteht daneben itemsets.csv. Was eine Arbeitsmappe von einem\n"
             "XForm nicht sagen kann, wird gemeldet und weggelassen.\n"
             "Ende-Status: 0 geschrieben, 1 abgelehnt, 2 Aufruf, 3 Datei nicht les- oder\n"
             "schreibbar."}));
    command.callback([options, &console, &status] { status = run(*options, console); });
}

}  // namespace survey::forms
