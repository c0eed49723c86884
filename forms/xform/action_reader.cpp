#include <algorithm>
#include <array>

#include "forms/xform/form_reader.h"
#include "forms/xform/node_finder.h"

namespace survey::forms::xform_reading {

namespace {

/// ODK XForms specification, "Events", and the names that JavaRosa still takes from before it.
constexpr std::array<std::string_view, 8> kEvents{
    "odk-instance-first-load", "odk-instance-load", "odk-new-repeat", "xforms-value-changed",
    "xforms-revalidate",       "xforms-ready",      "jr-insert",      "odk-instance-edit",
};

std::optional<ActionKind> action_kind(const xml::Name& name) {
    if (is_xforms(name, "setvalue")) return ActionKind::kSetValue;
    if (name.is(kOdkUri, "setgeopoint")) return ActionKind::kSetGeopoint;
    if (name.is(kOdkUri, "recordaudio")) return ActionKind::kRecordAudio;
    return std::nullopt;
}

}  // namespace

void FormReader::read_model_actions() {
    for (xml::Node at = document_.element_from(document_.first_child(model_)); at != xml::kNoNode;
         at = document_.element_from(document_.next_sibling(at))) {
        read_action(at, kNoControl);
    }
}

bool FormReader::read_action(xml::Node element, ControlIndex nested_in) {
    const auto kind = action_kind(document_.name(element));
    if (!kind) return false;
    Action action;
    action.kind = *kind;
    action.nested_in = nested_in;
    action.place = mark(element);
    const std::string name = "<" + document_.name(element).qualified() + ">";
    xml::Node event = attribute(element, "event");
    if (event == xml::kNoNode) event = attribute(element, "event", kEventsUri);
    std::string_view events = event == xml::kNoNode ? std::string_view() : document_.value(event);
    std::string unknown;
    while (!(events = trimmed(events)).empty()) {
        const std::string_view one = events.substr(0, events.find_first_of(" \t\r\n"));
        events.remove_prefix(one.size());
        action.events.emplace_back(one);
        if (std::find(kEvents.begin(), kEvents.end(), one) != kEvents.end()) continue;
        unknown += (unknown.empty() ? "" : ", ") + std::string(one);
    }
    if (!unknown.empty()) {
        findings_.error(
            mark(event),
            {"unknown-event", "An action was registered for unsupported events: " + unknown + ".",
             unknown,
             "Use odk-instance-first-load, odk-instance-load, odk-new-repeat or "
             "xforms-value-changed."});
    }
    if (action.events.empty()) {
        findings_.error(mark(element), {"action-without-event",
                                        "A " + name + " does not say when it happens.",
                                        {},
                                        "Give it an event, such as odk-instance-first-load."});
    }
    const NodeRef context = context_of(nested_in);
    action.target = read_ref(element, "ref", context);
    if (action.target == kNoRef) {
        if (attribute(element, "ref") == xml::kNoNode &&
            attribute(element, "bind") == xml::kNoNode) {
            findings_.error(mark(element), {"action-without-ref",
                                            "A " + name + " does not say which node it sets.",
                                            {},
                                            "Give it a ref."});
        }
        return true;
    }
    const xml::Node ref = attribute(element, "ref");
    if (ref != xml::kNoNode &&
        find_node(form_, document_, element, document_.value(ref), context).has_predicate) {
        action.target_path = compile(ref, document_.value(ref), "the ref of a " + name, context);
    }
    const xml::Node value = attribute(element, "value");
    if (value != xml::kNoNode && !trimmed(document_.value(value)).empty()) {
        action.value = compile(value, document_.value(value),
                               "the value for " + form_.nodes[action.target].path, action.target);
    } else {
        action.literal = document_.text(element);
    }
    action.quality = document_.attribute_value(element, "quality", kOdkUri);
    form_.actions.push_back(std::move(action));
    return true;
}

}  // namespace survey::forms::xform_reading
