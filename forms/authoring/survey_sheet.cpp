#include <algorithm>
#include <limits>

#include "forms/authoring/workbook_maker.h"
#include "forms/xlsform/cell_text.h"
#include "forms/xlsform/names.h"
#include "forms/xlsform/xform_names.h"

namespace survey::forms {

namespace {

constexpr std::uint32_t kNoRank = std::numeric_limits<std::uint32_t>::max();

/// The element of a node in the primary instance; of a repeat an instance, not its template.
xml::Node element_of(const FormDefinition& form, NodeRef ref) {
    if (ref == 0) return form.primary_root;
    const xml::Node parent = element_of(form, form.nodes[ref].parent);
    if (parent == xml::kNoNode) return xml::kNoNode;
    const xml::Document& document = *form.source;
    xml::Node found = xml::kNoNode;
    for (xml::Node at = document.element_from(document.first_child(parent)); at != xml::kNoNode;
         at = document.element_from(document.next_sibling(at))) {
        const xml::Name& name = document.name(at);
        if (!name.is(form.nodes[ref].name.uri, form.nodes[ref].name.local)) continue;
        if (!document.has_attribute(at, "template", kJavaRosa)) return at;
        found = at;
    }
    return found;
}

std::string said_yes(const std::string& condition) {
    const std::string_view text = trim(condition);
    return text == "true()" ? "yes" : text == "false()" ? "no" : condition;
}

}  // namespace

void WorkbookMaker::rank_nodes() {
    rank_.assign(form_.nodes.size(), kNoRank);
    controls_.assign(form_.nodes.size(), 0);
    for (ControlIndex i = 0; i < form_.controls.size(); ++i) {
        const Control& control = form_.controls[i];
        if (control.ref == kNoRef) continue;
        if (control.kind != ControlKind::kGroup) ++controls_[control.ref];
        for (NodeRef up = control.ref;; up = node(up).parent) {
            rank_[up] = std::min(rank_[up], i);
            if (up == 0) break;
        }
    }
}

void WorkbookMaker::check_controls() {
    for (ControlIndex i = 0; i < form_.controls.size(); ++i) {
        const Control& control = form_.controls[i];
        if (control.ref == kNoRef) {
            const bool around_repeat =
                control.children.size() == 1 &&
                form_.controls[control.children[0]].kind == ControlKind::kRepeat;
            if (control.kind == ControlKind::kGroup && !around_repeat) {
                warn(control.place, "group-without-node",
                     "A group of the body has no node in the data; its heading and appearance are "
                     "left out.");
            }
            continue;
        }
        if (controls_[control.ref] > 1 && node(control.ref).control != i &&
            control.kind != ControlKind::kGroup) {
            warn(control.place, "second-control",
                 node(control.ref).path + " is asked more than once; only the first is kept.",
                 node(control.ref).path);
        }
        NodeRef group = kNoRef;
        for (ControlIndex up = control.parent; up != kNoControl; up = form_.controls[up].parent) {
            if (form_.controls[up].ref != kNoRef) {
                group = form_.controls[up].ref;
                break;
            }
        }
        if (group != kNoRef && group != control.ref && group != node(control.ref).parent) {
            warn(control.place, "moved-question",
                 node(control.ref).path + " is asked in the group of " + node(group).path +
                     "; in a workbook it stands in the group that it belongs to.",
                 node(control.ref).path);
        }
    }
}

NodeRef WorkbookMaker::count_node(NodeRef repeat) const {
    const ControlIndex index = node(repeat).control;
    if (index == kNoControl || !form_.controls[index].repeat_count) return kNoRef;
    const NodeRef counted =
        references_.node_at(form_.controls[index].repeat_count->source(), {repeat, false, kNoRef});
    if (counted == kNoRef || counted == 0 || !node(counted).bind) return kNoRef;
    const FormNode& at = node(counted);
    const bool ours = at.parent == node(repeat).parent && at.control == kNoControl &&
                      at.name.local == node(repeat).name.local + "_count" && at.bind->calculate &&
                      trigger_actions_[counted].empty();
    // A plain reference would be used as it is.
    return ours && references_.single(at.bind->calculate->source(), counted).empty() ? counted
                                                                                     : kNoRef;
}

void WorkbookMaker::add_survey() {
    add_children(0);
    add_files();
}

void WorkbookMaker::add_children(NodeRef section) {
    std::vector<NodeRef> rows = node(section).children;
    std::set<NodeRef> made;
    for (const NodeRef child : rows) {
        if (node(child).is_repeat && count_node(child) != kNoRef) made.insert(count_node(child));
    }
    // As they are asked; what is not asked stays behind its neighbour.
    std::vector<std::pair<std::uint32_t, NodeRef>> order;
    std::uint32_t last = 0;
    for (const NodeRef child : rows) {
        if (rank_[child] != kNoRank) last = rank_[child];
        order.emplace_back(last, child);
    }
    const auto by_rank = [](const auto& a, const auto& b) { return a.first < b.first; };
    if (!std::is_sorted(order.begin(), order.end(), by_rank)) {
        warn(0, "reordered",
             "The questions of " + node(section).path +
                 " are asked in another order than they are stored; the order of asking is kept.",
             node(section).path);
        std::stable_sort(order.begin(), order.end(), by_rank);
    }
    for (const auto& [rank, child] : order) {
        if (made.contains(child)) continue;
        if (node(child).name.local == "meta" && node(child).control == kNoControl &&
            (section == 0 || form_.find(node(child).path + "/entity") != kNoRef)) {
            add_meta(child);
        } else {
            add_row(child);
        }
    }
}

void WorkbookMaker::add_row(NodeRef ref) {
    const FormNode& at = node(ref);
    const bool group =
        at.is_repeat || !at.children.empty() ||
        (at.control != kNoControl && form_.controls[at.control].kind == ControlKind::kGroup);
    group ? add_section(ref) : add_question(ref);
}

void WorkbookMaker::add_section(NodeRef ref) {
    const FormNode& at = node(ref);
    const std::string word = at.is_repeat ? "repeat" : "group";
    const Row row = survey_.add_row();
    survey_.set(row, "type", "begin_" + word);
    survey_.set(row, "name", row_name(ref));
    add_bind_columns(row, ref);
    add_instance_columns(row, ref);
    if (at.control != kNoControl) {
        const Control& control = form_.controls[at.control];
        const Control* heading = &control;
        if (at.is_repeat) {
            add_repeat_count(row, ref, control);
            if (control.no_add_remove) survey_.set(row, "body::jr:noAddRemove", "true()");
            // The label stands on the group around the repeat.
            if (control.parent != kNoControl &&
                form_.controls[control.parent].kind == ControlKind::kGroup &&
                form_.controls[control.parent].children.size() == 1) {
                heading = &form_.controls[control.parent];
            }
        }
        const ReferenceText::Scope scope{ref, false, at.is_repeat ? ref : kNoRef};
        put_text(survey_, row, "label", heading->label, scope, heading->place);
        add_control_columns(row, ref, control, "begin_" + word);
    }
    add_children(ref);
    survey_.set(survey_.add_row(), "type", "end_" + word);
}

void WorkbookMaker::add_repeat_count(Row row, NodeRef ref, const Control& control) {
    if (!control.repeat_count) return;
    const ReferenceText::Scope scope{ref, false, kNoRef};
    if (const NodeRef counted = count_node(ref); counted != kNoRef) {
        survey_.set(
            row, "repeat_count",
            references_.restore(node(counted).bind->calculate->source(), {counted, false, kNoRef}));
        return;
    }
    const std::string single = references_.single(control.repeat_count->source(), ref);
    if (!single.empty()) return survey_.set(row, "repeat_count", single);
    survey_.set(row, "repeat_count", references_.restore(control.repeat_count->source(), scope));
    warn(control.place, "computed-count",
         "The number of " + node(ref).path +
             " is computed, for which the converter adds a node \"" + node(ref).name.local +
             "_count\" to the data.",
         control.repeat_count->source());
}

void WorkbookMaker::add_bind_columns(Row row, NodeRef ref) {
    const std::optional<Bind>& bind = node(ref).bind;
    if (!bind) return;
    const ReferenceText::Scope scope{ref, false, kNoRef};
    const auto expression = [&](const char* column, const std::optional<expr::Expr>& condition) {
        if (condition) {
            survey_.set(row, column, references_.restore(condition->source(), scope));
        }
    };
    expression("relevant", bind->relevant);
    expression("constraint", bind->constraint);
    expression("calculation", bind->calculate);
    expression("warn_if", bind->warn_if);
    if (bind->required) {
        survey_.set(row, "required",
                    said_yes(references_.restore(bind->required->source(), scope)));
    }
    if (bind->readonly) {
        survey_.set(row, "readonly",
                    said_yes(references_.restore(bind->readonly->source(), scope)));
    }
    put_text(survey_, row, "constraint_message", bind->constraint_message, scope, bind->place);
    put_text(survey_, row, "required_message", bind->required_message, scope, bind->place);
    put_text(survey_, row, "warn_message", bind->warn_message, scope, bind->place);
    for (const auto& [key, value] : bind->extra) {
        const std::string name = prefixed(key);
        constexpr std::string_view kItext = "jr:itext(";
        if (name == "jr:noAppErrorString" && value.starts_with(kItext)) {
            TextSource text;
            text.itext_id = value.substr(kItext.size() + 1, value.size() - kItext.size() - 3);
            put_text(survey_, row, "noAppErrorString", text, scope, bind->place);
        } else if (!is_qualified_name(name)) {
            warn(bind->place, "bind-attribute",
                 "The attribute \"" + key + "\" of " + node(ref).path + " has no column.", key);
        } else {
            survey_.set(row, "bind::" + name, references_.restore(value, scope));
        }
    }
    if (bind->save_to.empty()) return;
    std::string list;
    for (NodeRef up = ref; up != 0 && list.empty();) {
        up = node(up).parent;
        const NodeRef dataset = form_.find(node(up).path + "/meta/entity/@dataset");
        if (dataset != kNoRef) list = node(dataset).default_value;
    }
    const auto entities = static_cast<std::size_t>(
        std::count_if(form_.nodes.begin(), form_.nodes.end(), [](const FormNode& one) {
            return one.is_attribute && one.path.ends_with("/meta/entity/@dataset");
        }));
    survey_.set(row, "save_to",
                entities > 1 && !list.empty() ? list + "#" + bind->save_to : bind->save_to);
}

void WorkbookMaker::add_instance_columns(Row row, NodeRef ref) {
    const xml::Node element = element_of(form_, ref);
    if (element == xml::kNoNode) return;
    for (xml::Node at = source_.first_attribute(element); at != xml::kNoNode;
         at = source_.next_sibling(at)) {
        const xml::Name& name = source_.name(at);
        if (name.is(kJavaRosa, "template")) continue;
        if (name.is(kOdk, "tag")) {
            survey_.set(row, "compact_tag", source_.value(at));
            continue;
        }
        const std::string header =
            prefixed(name.uri.empty() ? name.local : "{" + name.uri + "}" + name.local);
        if (header.empty()) continue;
        survey_.set(row, "instance::" + header,
                    references_.restore(source_.value(at), {ref, false, kNoRef}));
    }
    for (const NodeRef attribute : node(ref).attributes) {
        if (!node(attribute).bind) continue;
        warn(node(attribute).bind->place, "attribute-bind",
             "What is computed or checked of the attribute " + node(attribute).path +
                 " has no column and is left out.",
             node(attribute).path);
    }
}

void WorkbookMaker::add_meta(NodeRef meta) {
    for (const NodeRef child : node(meta).children) {
        const FormNode& at = node(child);
        const std::optional<Bind>& bind = at.bind;
        if (at.name.local == "entity") {
            add_entity(child);
        } else if (child == form_.instance_id || child == form_.instance_name) {
            const bool name = child == form_.instance_name;
            if (bind && bind->calculate) {
                settings_.set(0, name ? "instance_name" : "instance_id",
                              references_.restore(bind->calculate->source(), {0, false, kNoRef}));
            }
        } else if (at.name.local == "audit") {
            const Row row = survey_.add_row();
            survey_.set(row, "type", "audit");
            survey_.set(row, "name", "audit");
            if (!bind) continue;
            for (const auto& [key, value] : bind->extra)
                add_parameter(row, key.substr(key.find('}') + 1), value);
        } else {
            warn(bind ? bind->place : 0, "meta-node",
                 at.path + " has no place in a workbook and is left out.", at.path);
        }
    }
}

void WorkbookMaker::add_entity(NodeRef entity) {
    const Row row = entities_.add_row();
    const auto put = [&](const char* column, std::string_view below) {
        const NodeRef ref = form_.find(node(entity).path + "/" + std::string(below));
        if (ref == kNoRef || !node(ref).bind || !node(ref).bind->calculate) return;
        entities_.set(
            row, column,
            references_.restore(node(ref).bind->calculate->source(), {ref, false, kNoRef}));
    };
    const NodeRef dataset = form_.find(node(entity).path + "/@dataset");
    if (dataset != kNoRef) entities_.set(row, "list_name", node(dataset).default_value);
    put("label", "label");
    put("entity_id", "@id");
    put("create_if", "@create");
    put("update_if", "@update");
}

}  // namespace survey::forms
