#include "collector/app/find_stored.h"

#include <utility>

namespace survey::collector {

Result<FormSummary> find_form(Desk& desk, const std::string& id, const std::string& version,
                              FormUse use) {
    TRY_ASSIGN(const std::vector<FormSummary> forms, desk.store().forms());
    std::string known;
    const FormSummary* found = nullptr;
    bool several = false;
    bool closed = false;
    for (const FormSummary& form : forms) {  // newest first
        const std::string name =
            version.empty() ? form.ref.id : form.ref.id + " " + form.ref.version;
        if ((", " + known + ", ").find(", " + name + ", ") == std::string::npos) {
            known += (known.empty() ? "" : ", ") + name;
        }
        const bool fits =
            (id.empty() || form.ref.id == id) && (version.empty() || form.ref.version == version);
        if (!fits) continue;
        if (use == FormUse::kNewInterview && form.withdrawn) {
            closed = true;
            continue;
        }
        if (found != nullptr && found->ref.id != form.ref.id) several = true;
        if (found == nullptr) found = &form;
    }
    if (forms.empty()) {
        return fail(ErrorCode::kNotFound,
                    std::string(desk.both("there is no form here yet; run: ",
                                          "hier gibt es noch kein Formular; rufen Sie auf: ")) +
                        desk.command("sync"));
    }
    if (found == nullptr && closed) {
        return fail(ErrorCode::kInvalidInput,
                    std::string(desk.both("this form is closed for new interviews; drafts can be "
                                          "finished, this shows them: ",
                                          "dieses Formular ist für neue Interviews geschlossen; "
                                          "Entwürfe lassen sich abschließen, alle zeigt: ")) +
                        desk.command("list"));
    }
    if (found == nullptr) {
        const std::string wanted =
            id.empty() || version.empty() ? id + version : id + " " + version;
        return fail(ErrorCode::kNotFound,
                    std::string(desk.both("no form \"", "kein Formular „")) + wanted +
                        std::string(desk.both("\"; there are: ", "“; es gibt: ")) + known);
    }
    if (several) {
        return fail(ErrorCode::kInvalidInput,
                    std::string(desk.both("there are several forms; name one of: ",
                                          "es gibt mehrere Formulare; nennen Sie eines von: ")) +
                        known);
    }
    return *found;
}

Result<Draft> find_draft(Desk& desk, const std::string& beginning) {
    TRY_ASSIGN(const std::vector<Draft> drafts, desk.store().drafts());
    const Draft* found = nullptr;
    for (const Draft& draft : drafts) {  // last changed first
        if (draft.id.text().rfind(beginning, 0) != 0) continue;
        if (found != nullptr && !beginning.empty()) {
            return fail(ErrorCode::kInvalidInput,
                        std::string(desk.both("several drafts begin with \"",
                                              "mehrere Entwürfe beginnen mit „")) +
                            beginning + std::string(desk.both("\"", "“")));
        }
        if (found == nullptr) found = &draft;
    }
    if (found == nullptr) {
        return fail(ErrorCode::kNotFound,
                    std::string(desk.both("there is no such draft; this shows all: ",
                                          "diesen Entwurf gibt es nicht; alle zeigt: ")) +
                        desk.command("list"));
    }
    return *found;
}

Result<InstanceId> find_interview(Desk& desk, const std::string& part) {
    TRY_ASSIGN(const std::vector<Interview> all, desk.store().interviews(kInterviewsShownMax));
    const Interview* found = nullptr;
    for (const Interview& interview : all) {
        if (interview.instance.text() == part) return interview.instance;
        if (interview.instance.text().find(part) == std::string::npos) continue;
        if (found != nullptr) {
            return fail(ErrorCode::kInvalidInput,
                        std::string(desk.both("several interviews fit \"",
                                              "mehrere Interviews passen zu „")) +
                            part + std::string(desk.both("\"", "“")));
        }
        found = &interview;
    }
    if (found == nullptr) {
        return fail(ErrorCode::kNotFound,
                    std::string(desk.both("there is no such interview; this shows all: ",
                                          "dieses Interview gibt es nicht; alle zeigt: ")) +
                        desk.command("list"));
    }
    return found->instance;
}

}  // namespace survey::collector
