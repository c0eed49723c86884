#include <algorithm>

#include "forms/authoring/workbook_maker.h"
#include "forms/xlsform/dynamic_default.h"

namespace survey::forms {

namespace {

bool has_event(const Action& action, std::string_view event) {
    return std::find(action.events.begin(), action.events.end(), event) != action.events.end();
}

/// A text as a literal of XPath, which has no way to write both quotes in one.
std::string literal_of(const std::string& text) {
    const char quote = text.find('\'') == std::string::npos ? '\'' : '"';
    return quote + text + quote;
}

}  // namespace

void WorkbookMaker::sort_actions() {
    load_actions_.resize(form_.nodes.size());
    trigger_actions_.resize(form_.nodes.size());
    for (const Action& action : form_.actions) {
        if (action.target == kNoRef) continue;
        const std::string& path = node(action.target).path;
        if (action.target_path) {
            warn(action.place, "action-with-predicate",
                 "An action sets one instance of " + path + "; it is left out.",
                 action.target_path->source());
            continue;
        }
        const bool changed = has_event(action, "xforms-value-changed");
        const bool first = has_event(action, "odk-instance-first-load");
        const bool repeat = has_event(action, "odk-new-repeat");
        const bool recording = action.kind == ActionKind::kRecordAudio;
        if (changed && action.nested_in != kNoControl) {
            trigger_actions_[action.target].push_back(&action);
        } else if (first || repeat || recording) {
            load_actions_[action.target].push_back(&action);
        } else {
            warn(action.place, "action-event",
                 "An action for " + path + " happens on \"" +
                     (action.events.empty() ? std::string() : action.events.front()) +
                     "\", for which there is no column; it is left out.");
        }
    }
}

std::string WorkbookMaker::action_value(const Action& action) const {
    if (!action.value) return action.literal.empty() ? std::string() : literal_of(action.literal);
    return references_.restore(action.value->source(), {action.target, false, kNoRef});
}

void WorkbookMaker::add_default(Row row, NodeRef ref, const std::string& bind_type) {
    std::string value = node(ref).default_value;
    if (survey_.get(row, "type") == "image" && value.starts_with("jr://images/"))
        value.erase(0, 12);
    bool on_load = false;
    for (const Action* action : load_actions_[ref]) {
        if (action->kind != ActionKind::kSetValue) continue;
        if (!has_event(*action, "odk-instance-first-load")) continue;
        on_load = true;
        const std::string expression = action_value(*action);
        if (expression.empty()) continue;
        // What does not look computed would be taken as text.
        value =
            is_dynamic_default(expression, bind_type) ? expression : "string(" + expression + ")";
    }
    for (const Action* action : load_actions_[ref]) {
        if (action->kind == ActionKind::kSetValue && !on_load) {
            warn(action->place, "action-event",
                 "An action sets " + node(ref).path +
                     " in new repeats but not in the first; it is left out.");
        }
    }
    if (on_load || !is_dynamic_default(value, bind_type)) {
        survey_.set(row, "default", value);
    } else {
        // A fixed text that would be computed.
        survey_.set(row, "default", "string(" + literal_of(value) + ")");
    }
}

void WorkbookMaker::add_trigger(Row row, NodeRef ref) {
    std::string triggers;
    const Action* first = nullptr;
    for (const Action* action : trigger_actions_[ref]) {
        const NodeRef from = form_.controls[action->nested_in].ref;
        const std::string name = references_.name_of(from);
        const bool same = first == nullptr || (action->kind == first->kind &&
                                               action_value(*action) == action_value(*first));
        if (name.empty() || !same || action->kind == ActionKind::kRecordAudio) {
            warn(action->place, "second-action",
                 "More than one thing happens to " + node(ref).path +
                     " on a change; a row has one calculation, so this is left out.");
            continue;
        }
        if (first == nullptr) first = action;
        triggers += (triggers.empty() ? "" : ", ") + name;
    }
    if (first == nullptr) return;
    survey_.set(row, "trigger", triggers);
    if (first->kind != ActionKind::kSetValue) return;
    if (!survey_.get(row, "calculation").empty()) {
        warn(first->place, "second-action",
             node(ref).path + " is calculated and set on a change; the calculation is left out.",
             survey_.get(row, "calculation"));
        survey_.remove(row, "calculation");
    }
    survey_.set(row, "calculation", action_value(*first));
}

}  // namespace survey::forms
