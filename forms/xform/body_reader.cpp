#include <algorithm>
#include <array>

#include "forms/xform/form_reader.h"
#include "forms/xform/node_finder.h"

namespace survey::forms::xform_reading {

namespace {

struct ControlRow {
    std::string_view name;
    ControlKind kind;
};

constexpr std::array kControls{
    ControlRow{"input", ControlKind::kInput},       ControlRow{"select", ControlKind::kSelectMany},
    ControlRow{"select1", ControlKind::kSelectOne}, ControlRow{"rank", ControlKind::kRank},
    ControlRow{"range", ControlKind::kRange},       ControlRow{"trigger", ControlKind::kTrigger},
    ControlRow{"upload", ControlKind::kUpload},     ControlRow{"secret", ControlKind::kSecret},
    ControlRow{"group", ControlKind::kGroup},       ControlRow{"repeat", ControlKind::kRepeat},
};

std::optional<ControlKind> control_kind(const xml::Name& name) {
    // rank came with the ODK namespace (specification, "Body elements").
    const bool ours =
        name.uri == kXFormsUri || name.uri.empty() || (name.uri == kOdkUri && name.local == "rank");
    if (!ours) return std::nullopt;
    for (const ControlRow& row : kControls) {
        if (row.name == name.local) return row.kind;
    }
    return std::nullopt;
}

std::vector<std::string> words(std::string_view text) {
    constexpr std::string_view kBlanks = " \t\r\n";
    std::vector<std::string> out;
    while (!(text = trimmed(text)).empty()) {
        const std::size_t end = std::min(text.find_first_of(kBlanks), text.size());
        out.emplace_back(text.substr(0, end));
        text.remove_prefix(end);
    }
    return out;
}

bool holds_controls(ControlKind kind) {
    return kind == ControlKind::kGroup || kind == ControlKind::kRepeat;
}

bool is_select(ControlKind kind) {
    return kind == ControlKind::kSelectOne || kind == ControlKind::kSelectMany ||
           kind == ControlKind::kRank;
}

}  // namespace

NodeRef FormReader::context_of(ControlIndex control) const {
    for (; control != kNoControl; control = form_.controls[control].parent) {
        if (form_.controls[control].ref != kNoRef) return form_.controls[control].ref;
    }
    return 0;
}

NodeRef FormReader::read_ref(xml::Node element, std::string_view attribute_name, NodeRef context) {
    const xml::Node at = attribute(element, attribute_name);
    if (at == xml::kNoNode) {
        // Old forms name the bind by its id instead of the node.
        const xml::Node by_id = attribute(element, "bind");
        if (by_id == xml::kNoNode) return kNoRef;
        const auto found = bind_ids_.find(document_.value(by_id));
        if (found != bind_ids_.end()) return found->second;
        findings_.error(mark(by_id),
                        {"unknown-bind",
                         "<" + document_.name(element).qualified() + "> is for the bind " +
                             quoted(document_.value(by_id)) + ", which does not exist.",
                         document_.value(by_id), "Correct the id, or use a ref."});
        return kNoRef;
    }
    const NodeRef node = find_node(form_, document_, element, document_.value(at), context).node;
    if (node == kNoRef) {
        findings_.error(mark(at), {"unknown-reference",
                                   "<" + document_.name(element).qualified() + "> is for " +
                                       quoted(document_.value(at)) + ", which does not exist.",
                                   document_.value(at), "Add the node to the primary instance."});
    }
    return node;
}

void FormReader::read_body() {
    if (body_ == xml::kNoNode) return;
    form_.body_classes = words(document_.attribute_value(body_, "class"));
    for (xml::Node at = document_.element_from(document_.first_child(body_)); at != xml::kNoNode;
         at = document_.element_from(document_.next_sibling(at))) {
        if (const auto kind = control_kind(document_.name(at))) {
            read_control(at, *kind, kNoControl);
        } else if (!read_action(at, kNoControl)) {
            findings_.warning(mark(at), {"unknown-element",
                                         "<" + document_.name(at).qualified() +
                                             "> in the body is not a control and is ignored.",
                                         document_.name(at).qualified()});
        }
    }
}

void FormReader::read_control(xml::Node element, ControlKind kind, ControlIndex parent) {
    const auto index = static_cast<ControlIndex>(form_.controls.size());
    form_.controls.emplace_back();
    Control& control = form_.controls.back();
    control.kind = kind;
    control.parent = parent;
    control.place = mark(element);
    const bool repeat = kind == ControlKind::kRepeat;
    control.ref = read_ref(element, repeat ? "nodeset" : "ref", context_of(parent));
    if (kind == ControlKind::kGroup && control.ref == kNoRef) {
        control.ref = read_ref(element, "nodeset", context_of(parent));
    }
    if (control.ref != kNoRef) {
        FormNode& node = form_.nodes[control.ref];
        if (repeat) node.is_repeat = true;
        if (repeat || node.control == kNoControl) node.control = index;
    }
    (parent == kNoControl ? form_.top_controls : form_.controls[parent].children).push_back(index);
    read_control_attributes(element, control);
    read_control_content(element, index);
    check_control(element, index);
}

void FormReader::read_control_attributes(xml::Node element, Control& control) {
    const NodeRef context = control.ref == kNoRef ? context_of(control.parent) : control.ref;
    for (xml::Node at = document_.first_attribute(element); at != xml::kNoNode;
         at = document_.next_sibling(at)) {
        const xml::Name& name = document_.name(at);
        const std::string& value = document_.value(at);
        const bool plain = name.uri.empty();
        if (plain && (name.local == "ref" || name.local == "nodeset" || name.local == "bind")) {
            continue;
        } else if (plain && name.local == "appearance") {
            control.appearances = words(value);
        } else if (plain && name.local == "mediatype") {
            control.media_type = value;
        } else if (plain && control.kind == ControlKind::kRange && name.local == "start") {
            control.range_start = value;
        } else if (plain && control.kind == ControlKind::kRange && name.local == "end") {
            control.range_end = value;
        } else if (plain && control.kind == ControlKind::kRange && name.local == "step") {
            control.range_step = value;
        } else if (name.is(kJavaRosaUri, "count")) {
            if (!trimmed(value).empty()) {
                control.repeat_count = compile(at, value, "the jr:count of a repeat", context);
            }
        } else if (name.is(kJavaRosaUri, "noAddRemove")) {
            const std::string_view text = trimmed(value);
            control.no_add_remove = text == "true()" || text == "true" || text == "1";
        } else {
            control.extra.emplace_back(expanded(name), value);
        }
    }
}

void FormReader::read_control_content(xml::Node element, ControlIndex index) {
    // By index: controls inside may move the vector.
    const auto control = [this, index]() -> Control& { return form_.controls[index]; };
    const NodeRef context = context_of(index);
    const std::string of = "of " + (context == kNoRef || form_.nodes.empty()
                                        ? "<" + document_.name(element).qualified() + ">"
                                        : form_.nodes[context].path);
    for (xml::Node at = document_.element_from(document_.first_child(element)); at != xml::kNoNode;
         at = document_.element_from(document_.next_sibling(at))) {
        const xml::Name& name = document_.name(at);
        const auto kind = control_kind(name);
        if (is_xforms(name, "label")) {
            control().label = read_text(at, "the label " + of, context);
        } else if (is_xforms(name, "hint")) {
            control().hint = read_text(at, "the hint " + of, context);
        } else if (is_xforms(name, "item")) {
            read_inline_choice(at, control());
        } else if (is_xforms(name, "itemset")) {
            read_itemset(at, control());
        } else if (kind && holds_controls(control().kind)) {
            read_control(at, *kind, index);
        } else if (!read_action(at, index) && kind) {
            findings_.warning(mark(at), {"unknown-element",
                                         "<" + name.qualified() + "> inside <" +
                                             document_.name(element).qualified() +
                                             "> is ignored: only groups and repeats hold controls.",
                                         name.qualified()});
        }
    }
}

void FormReader::read_inline_choice(xml::Node element, Control& control) {
    InlineChoice choice;
    const xml::Node value = document_.child(element, "value");
    if (value != xml::kNoNode && trimmed(document_.text(value)).empty()) {
        findings_.warning(mark(element), {"choice-stores-nothing",
                                          "Choosing an answer whose value is empty stores nothing.",
                                          {},
                                          "Write <value>…</value> in the <item>."});
    }
    if (value == xml::kNoNode) {
        findings_.error(mark(element), {"choice-without-value",
                                        "A choice has no value to store.",
                                        {},
                                        "Write <value>…</value> in the <item>."});
        return;
    }
    choice.value = trimmed(document_.text(value));
    const xml::Node label = document_.child(element, "label");
    if (label != xml::kNoNode) {
        const NodeRef context = control.ref == kNoRef ? context_of(control.parent) : control.ref;
        choice.label = read_text(label, "the label of the choice " + quoted(choice.value), context);
    }
    control.items.push_back(std::move(choice));
}

void FormReader::check_control(xml::Node element, ControlIndex index) {
    const Control& control = form_.controls[index];
    const std::string name = "<" + document_.name(element).qualified() + ">";
    const bool has_ref = attribute(element, "ref") != xml::kNoNode ||
                         attribute(element, "nodeset") != xml::kNoNode ||
                         attribute(element, "bind") != xml::kNoNode;
    if (!has_ref && control.kind != ControlKind::kGroup) {
        findings_.error(mark(element), {"control-without-ref",
                                        "A " + name + " does not say which node it is for.",
                                        {},
                                        control.kind == ControlKind::kRepeat ? "Give it a nodeset."
                                                                             : "Give it a ref."});
    }
    if (control.kind == ControlKind::kRepeat && control.ref == 0) {
        findings_.error(mark(element), {"repeat-of-root", "The data element itself cannot repeat.",
                                        form_.nodes[0].path, "Repeat an element inside it."});
    }
    if (holds_controls(control.kind) && control.children.empty()) {
        findings_.warning(
            mark(element),
            {"empty-group",
             "A " + name +
                 (control.ref == kNoRef ? std::string() : " for " + form_.nodes[control.ref].path) +
                 " holds no controls.",
             {},
             "Add some, or take it out."});
    }
    if (is_select(control.kind) && control.items.empty() && !control.itemset &&
        document_.child(element, "itemset") == xml::kNoNode &&
        document_.child(element, "item") == xml::kNoNode) {
        findings_.error(
            mark(element),
            {"no-choices",
             "A " + name +
                 (control.ref == kNoRef ? std::string() : " for " + form_.nodes[control.ref].path) +
                 " offers no choices.",
             {},
             "Add <item> elements or an <itemset>."});
    }
}

}  // namespace survey::forms::xform_reading
