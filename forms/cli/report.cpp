#include "forms/cli/report.h"

namespace survey::forms {

Tally tally(const std::vector<Diagnostic>& diagnostics) {
    Tally count;
    for (const Diagnostic& found : diagnostics) {
        ++(found.severity == Severity::kError ? count.errors : count.warnings);
    }
    return count;
}

void print(const std::vector<Diagnostic>& diagnostics, Console& console) {
    for (const Diagnostic& found : diagnostics) {
        Diagnostic without_hint = found;
        without_hint.hint.clear();
        if (found.severity == Severity::kError) {
            console.error(describe(without_hint), found.hint);
        } else {
            console.warning(describe(without_hint), found.hint);
        }
    }
}

std::string count_in_words(const Tally& count, const Console& console) {
    const Phrase errors =
        count.errors == 1 ? Phrase{"1 error", "1 Fehler"} : Phrase{"{} errors", "{} Fehler"};
    const Phrase warnings = count.warnings == 1 ? Phrase{"1 warning", "1 Warnung"}
                                                : Phrase{"{} warnings", "{} Warnungen"};
    return console.say(errors, {std::to_string(count.errors)}) + ", " +
           console.say(warnings, {std::to_string(count.warnings)});
}

json::Array to_json(const std::vector<Diagnostic>& diagnostics) {
    json::Array all;
    for (const Diagnostic& found : diagnostics) {
        json::Object one;
        one["severity"] = found.severity == Severity::kError ? "error" : "warning";
        one["code"] = found.code;
        one["message"] = found.message;
        if (!found.offending.empty()) one["offending"] = found.offending;
        if (!found.hint.empty()) one["hint"] = found.hint;
        if (!found.place.sheet.empty()) one["sheet"] = found.place.sheet;
        if (found.place.row != 0) one["row"] = found.place.row;
        if (!found.place.column.empty()) one["column"] = found.place.column;
        if (found.place.line != 0) one["line"] = found.place.line;
        all.push_back(std::move(one));
    }
    return all;
}

}  // namespace survey::forms
