// Answering: new, resume, correct, discard.

#include <unistd.h>

#include "collector/app/commands.h"
#include "collector/app/find_stored.h"
#include "collector/interview/open_interview.h"
#include "collector/ui/edit_terminal.h"
#include "collector/ui/stream_terminal.h"
#include "collector/ui/terminal_interview.h"
#include "collector/ui/text_layout.h"
#include "forms/xform/load.h"

namespace survey::collector {

namespace {

std::unique_ptr<Terminal> open_terminal(const Environment& environment) {
    const bool real = isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 &&
                      !environment.term.empty() && environment.term != "dumb";
    if (!real) return std::make_unique<StreamTerminal>(stdin, stdout);
    return std::make_unique<EditTerminal>(stdin, stdout, stderr, environment.no_color.empty());
}

int hold(Desk& desk, OpenInterview interview) {
    const auto terminal = open_terminal(desk.environment());
    TerminalInterview screen(interview, *terminal, desk.config().language, desk.today());
    const auto end = screen.run();
    if (!end) return report(desk, end.error());
    if (*end == InterviewEnd::kDraft) {
        const std::string id = interview.draft().text().substr(0, kDraftIdShown);
        desk.print(std::string(desk.both("Go on with: ", "Weiter mit: ")) +
                   desk.command("resume " + id));
    }
    return kExitDone;
}

// The form's language that fits a part of a name, or the program's language; empty: form's default.
Result<std::string> pick_language(Desk& desk, const FormRef& ref, const std::string& wanted) {
    TRY_ASSIGN(const PublishedForm published, desk.store().form(ref));
    const forms::LoadedForm loaded = forms::load_xform(published.xml);
    if (!loaded.form) return std::string();
    const std::string part =
        folded(wanted.empty() ? (desk.config().language == UiLanguage::kGerman ? "(de)" : "(en)")
                              : wanted);
    std::string names;
    for (const forms::Language& language : loaded.form->languages) {
        if (folded(language.name).find(part) != std::string::npos) return language.name;
        names += (names.empty() ? "" : ", ") + language.name;
    }
    if (wanted.empty()) return std::string();
    return fail(
        ErrorCode::kInvalidInput,
        std::string(desk.both("the form has no language \"", "das Formular hat keine Sprache „")) +
            wanted + std::string(desk.both("\"; it has: ", "“; es hat: ")) + names);
}

}  // namespace

int run_new(Desk& desk, const InterviewArguments& arguments) {
    const auto form = find_form(desk, arguments.form, arguments.version, FormUse::kNewInterview);
    if (!form) return report(desk, form.error());
    const auto language = pick_language(desk, form->ref, arguments.language);
    if (!language) return report(desk, language.error());
    const std::vector<std::pair<std::string, std::string>> properties = {
        {"deviceid", desk.store().identity().writer.device.text()},
        {"username", desk.environment().user_name},
    };
    auto interview = OpenInterview::begin(desk.store(), desk.session_environment(), form->ref,
                                          *language, properties);
    if (!interview) return report(desk, interview.error());
    return hold(desk, *std::move(interview));
}

int run_resume(Desk& desk, const std::string& beginning) {
    const auto draft = find_draft(desk, beginning);
    if (!draft) return report(desk, draft.error());
    auto interview = OpenInterview::resume(desk.store(), desk.session_environment(), draft->id);
    if (!interview) return report(desk, interview.error());
    return hold(desk, *std::move(interview));
}

int run_correct(Desk& desk, const std::string& part) {
    const auto instance = find_interview(desk, part);
    if (!instance) return report(desk, instance.error());
    auto interview = OpenInterview::correct(desk.store(), desk.session_environment(), *instance);
    if (!interview) return report(desk, interview.error());
    return hold(desk, *std::move(interview));
}

int run_discard(Desk& desk, const std::string& beginning) {
    if (beginning.empty()) {
        desk.tell(std::string(desk.both("error: name the draft to delete; this shows all: ",
                                        "Fehler: Nennen Sie den Entwurf; alle zeigt: ")) +
                  desk.command("list"));
        return kExitUsage;
    }
    const auto draft = find_draft(desk, beginning);
    if (!draft) return report(desk, draft.error());
    const auto deleted = desk.store().delete_draft(draft->id);
    if (!deleted) return report(desk, deleted.error());
    desk.print(std::string(desk.both("Deleted draft ", "Gelöschter Entwurf: ")) + draft->id.text());
    return kExitDone;
}

}  // namespace survey::collector
