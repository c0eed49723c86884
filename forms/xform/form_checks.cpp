#include "forms/definition/dependency_cycles.h"
#include "forms/xform/form_reader.h"

namespace survey::forms::xform_reading {

namespace {

NodeRef repeat_around(const FormDefinition& form, ControlIndex control) {
    for (; control != kNoControl; control = form.controls[control].parent) {
        if (form.controls[control].kind == ControlKind::kRepeat) return form.controls[control].ref;
    }
    return kNoRef;
}

}  // namespace

/// A control stands in the repeats of the body that its node stands in, no more and no fewer:
/// otherwise it would be for no instance or for many.
void FormReader::check_scopes() {
    for (const Control& control : form_.controls) {
        if (control.ref == kNoRef) continue;
        const FormNode& node = form_.nodes[control.ref];
        NodeRef expected = node.repeat_scope;
        if (control.kind == ControlKind::kRepeat) {
            expected = node.parent == kNoRef ? kNoRef : form_.nodes[node.parent].repeat_scope;
        }
        const NodeRef around = repeat_around(form_, control.parent);
        if (around == expected) continue;
        // The group with the label of a repeat bears the repeat's own ref and stands around it.
        const bool label_group = control.kind == ControlKind::kGroup && node.is_repeat &&
                                 node.parent != kNoRef &&
                                 around == form_.nodes[node.parent].repeat_scope;
        if (label_group) continue;
        const std::string place = around == kNoRef ? "outside of any repeat"
                                                   : "in the repeat of " + form_.nodes[around].path;
        findings_.error(
            control.place,
            {"wrong-repeat",
             "The control for " + node.path + " stands " + place + ", but its node is " +
                 (expected == kNoRef ? "outside of any repeat."
                                     : "in " + form_.nodes[expected].path + "."),
             node.path, "Move the control into the repeat of its node."});
    }
}

void FormReader::check_cycles() {
    for (const Cycle& cycle : dependency_cycles(form_)) {
        const auto spelled = [this](const CycleStep& step) {
            return std::string(property_name(step.property)) + " of " + form_.nodes[step.node].path;
        };
        const FormNode& first = form_.nodes[cycle.front().node];
        if (cycle.size() == 1) {
            findings_.error(
                first.bind->place,
                {"dependency-cycle",
                 "Cycle detected: the " + spelled(cycle.front()) + " depends on its own result.",
                 first.path,
                 "Take the reference to itself out; a constraint may have it, and "
                 "once(…) keeps a first value."});
            continue;
        }
        std::string path;
        for (const CycleStep& step : cycle)
            path += spelled(step) + " needs ";
        findings_.error(
            first.bind->place,
            {"dependency-cycle", "Cycle detected: " + path + spelled(cycle.front()) + ".",
             first.path, "Take one of these references out."});
    }
}

}  // namespace survey::forms::xform_reading
