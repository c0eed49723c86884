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

}  // namespace survey::forms
