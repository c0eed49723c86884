#include <algorithm>

#include "forms/xlsform/names.h"
#include "forms/xlsform/xform_builder_internal.h"

namespace survey::forms {

void XformBuilder::collect_triggers() {
    for_each_below(parts_.form, [&](const Item& item) {
        const Cell& cell = item.cell("trigger");
        if (cell.empty() || item.is_section()) return;
        std::vector<const Item*> triggers;
        if (!references_.list(cell, item, triggers)) {
            findings_.error(cell.place, "malformed-trigger",
                            "The trigger \"" + cell.text + "\" cannot be read.", cell.text,
                            "Write ${question}, several with commas between.");
            return;
        }
        for (const Item* trigger : triggers) {
            if (trigger->is_section() || !trigger->has_control()) {
                findings_.error(
                    cell.place, "invisible-trigger",
                    "\"" + trigger->name + "\" is not shown, so it cannot be a trigger.", cell.text,
                    "Use a question that is answered on the screen.");
                continue;
            }
            triggered_[trigger].push_back(&item);
        }
    });
}

void XformBuilder::add_triggered(xml::Node control, const Item& trigger) {
    const auto found = triggered_.find(&trigger);
    if (found == triggered_.end()) return;
    for (const Item* item : found->second) {
        const bool place_only = item->type->kind == QuestionKind::kBackgroundGeopoint;
        const Cell& calculation = item->cell("bind::calculate");
        const std::uint32_t place =
            calculation.empty() ? item->cell("trigger").place : calculation.place;
        const xml::Node action =
            element(control, place_only ? "odk:setgeopoint" : "setvalue", place);
        document_.set_attribute(action, "event", "xforms-value-changed", place);
        document_.set_attribute(action, "ref", references_.path(*item), place);
        if (place_only || calculation.empty()) continue;
        document_.set_attribute(action, "value", references_.expand(calculation, *item), place);
    }
}

void XformBuilder::add_body(xml::Node html) {
    const xml::Node body = element(html, "h:body");
    if (const Cell& style = parts_.settings.get("style"); !style.empty()) {
        document_.set_attribute(body, "class", style.text, style.place);
    }
    add_controls(body, parts_.form);
}

void XformBuilder::add_controls(xml::Node parent, const Item& section) {
    for (const auto& child : section.children) {
        if (child->is_section()) {
            add_section(parent, *child);
        } else if (child->has_control()) {
            add_question(parent, *child);
        }
    }
}

void XformBuilder::add_section(xml::Node parent, const Item& item) {
    const xml::Node group = element(parent, "group", item.place);
    const std::string path = references_.path(item);
    document_.set_attribute(group, "ref", path, item.name_place);
    add_label(group, item);
    if (item.kind == ItemKind::kGroup) {
        add_control_columns(group, item, true);
        return add_controls(group, item);
    }
    const xml::Node repeat = element(group, "repeat", item.place);
    document_.set_attribute(repeat, "nodeset", path, item.name_place);
    add_control_columns(repeat, item, true);
    add_controls(repeat, item);
    // The instance that a form begins with is set by the model, as long as there is only one.
    for_each_below(item, [&](const Item& inner) {
        if (enclosing_repeat(inner) == &item && has_dynamic_default(inner)) {
            add_default_action(repeat, inner, new_instance_events(inner));
        }
    });
    add_entity_actions(repeat, item);
}

std::string_view XformBuilder::new_instance_events(const Item& item) {
    return is_counted(item) ? "odk-instance-first-load odk-new-repeat" : "odk-new-repeat";
}

void XformBuilder::add_control_columns(xml::Node control, const Item& item, bool only_own) {
    for (const auto& [key, cell] : item.cells) {
        if (!key.starts_with("control::")) continue;
        std::string value = references_.expand(cell, item);
        if (key == "control::autoplay") value = lower(value);
        set(control, key.substr(9), value, cell.place);
    }
    if (only_own) return;
    for (const auto& [key, cell] : item.attributes) {
        if (key.starts_with("control::")) set(control, key.substr(9), cell.text, cell.place);
    }
}

namespace {

std::string_view control_name(QuestionKind kind) {
    switch (kind) {
        case QuestionKind::kSelectOne:
            return "select1";
        case QuestionKind::kSelectMultiple:
            return "select";
        case QuestionKind::kRank:
            return "odk:rank";
        case QuestionKind::kRange:
            return "range";
        case QuestionKind::kUpload:
        case QuestionKind::kOsm:
            return "upload";
        case QuestionKind::kAcknowledge:
            return "trigger";
        default:
            return "input";
    }
}

}  // namespace

void XformBuilder::add_question(xml::Node parent, const Item& item) {
    const QuestionKind kind = item.type->kind;
    const xml::Node control = element(parent, control_name(kind), item.place);
    document_.set_attribute(control, "ref", references_.path(item), item.name_place);
    if (!item.type->media_type.empty()) {
        document_.set_attribute(control, "mediatype", item.type->media_type, item.type_cell.place);
    }
    add_control_columns(control, item, false);
    if (kind == QuestionKind::kSelectExternal) {
        const Cell& filter = item.cell("choice_filter");
        const std::uint32_t place = filter.empty() ? item.type_cell.place : filter.place;
        std::string query = "instance('" + item.list + "')/root/item";
        if (!filter.empty()) query += "[" + references_.expand(filter, item, {true, nullptr}) + "]";
        document_.set_attribute(control, "query", query, place);
    }
    add_label(control, item);
    add_hint(control, item);
    if (item.type->is_select()) add_choices(control, item);
    if (const std::string* labels = item.parameter("tick_labelset")) {
        const ChoiceList* list = parts_.choices.find(*labels);
        if (list != nullptr) {
            add_itemset(control, "instance('" + *labels + "')/root/item", "name",
                        list->in_itext ? "jr:itext(itextId)" : "label",
                        item.cell("parameters").place);
        }
    }
    if (item.parameter("reference-geometry") != nullptr) add_reference_geometry(control, item);
    if (kind == QuestionKind::kOsm) add_osm_tags(control, item);
    add_triggered(control, item);
}

void XformBuilder::add_itemset(xml::Node control, std::string nodeset, std::string_view value,
                               std::string_view label, std::uint32_t place) {
    const xml::Node itemset = element(control, "itemset", place);
    document_.set_attribute(itemset, "nodeset", nodeset, place);
    document_.set_attribute(element(itemset, "value", place), "ref", value, place);
    document_.set_attribute(element(itemset, "label", place), "ref", label, place);
}

void XformBuilder::add_choices(xml::Node control, const Item& item) {
    const Cell& filter = item.cell("choice_filter");
    const std::uint32_t place = filter.empty() ? item.type_cell.place : filter.place;
    std::string nodeset;
    std::string predicate;
    std::string value = "name";
    std::string label = "label";
    References::Scope scope{true, nullptr};
    if (const std::string_view name = References::single_name(item.list); !name.empty()) {
        const Item* answers = references_.find(name, item.type_cell, item);
        if (answers == nullptr) return;
        const Item* repeat = enclosing_repeat(*answers);
        if (repeat == nullptr) {
            findings_.error(item.type_cell.place, "select-from-no-repeat",
                            "\"" + answers->name + "\" is not in a repeat, so it gives no choices.",
                            item.type_cell.text);
            return;
        }
        nodeset = references_.path_to_all(item, *repeat);
        value = label = References::path_below(*repeat, *answers);
        predicate = "./" + value + " != ''";
        scope.filtered = repeat;
    } else if (item.from_file) {
        nodeset = "instance('" + file_stem(item.list) + "')/root/item";
        const bool geojson = item.list.ends_with(".geojson");
        const std::string* own_value = item.parameter("value");
        const std::string* own_label = item.parameter("label");
        value = own_value != nullptr ? *own_value : geojson ? "id" : "name";
        label = own_label != nullptr ? *own_label : geojson ? "title" : "label";
    } else {
        const ChoiceList* list = parts_.choices.find(item.list);
        if (list == nullptr) return;
        if (item.uses_search()) return add_inline_choices(control, *list);
        nodeset = "instance('" + item.list + "')/root/item";
        if (list->in_itext) label = "jr:itext(itextId)";
    }
    if (!filter.empty()) {
        predicate = references_.expand(filter, item, scope);
    }
    if (!predicate.empty()) nodeset += "[" + predicate + "]";
    const std::string* randomize = item.parameter("randomize");
    if (randomize != nullptr && lower(*randomize) == "true") {
        const std::string* seed = item.parameter("seed");
        const std::uint32_t seed_place = item.cell("parameters").place;
        nodeset = "randomize(" + nodeset +
                  (seed != nullptr
                       ? ", " + std::string(trim(references_.expand(Cell{*seed, seed_place}, item)))
                       : "") +
                  ")";
    }
    add_itemset(control, std::move(nodeset), value, label, place);
}

void XformBuilder::add_inline_choices(xml::Node control, const ChoiceList& list) {
    for (std::size_t i = 0; i < list.choices.size(); ++i) {
        const ListedChoice& choice = list.choices[i];
        const xml::Node item = element(control, "item", choice.place);
        const TranslatedText* text = find_text(choice.texts, "label");
        const Cell& shown = text != nullptr ? text->any() : choice.name;
        const xml::Node label = element(item, "label", shown.place);
        if (list.in_itext) {
            document_.set_attribute(label, "ref",
                                    "jr:itext('" + list.name + "-" + std::to_string(i) + "')",
                                    shown.place);
        } else {
            append_text(label, shown, parts_.form);
        }
        document_.append_text(element(item, "value", choice.name.place), choice.name.text,
                              choice.name.place);
    }
}

void XformBuilder::add_reference_geometry(xml::Node control, const Item& item) {
    const std::string& named = *item.parameter("reference-geometry");
    const Cell cell{named, item.cell("parameters").place};
    if (const std::string_view name = References::single_name(named); !name.empty()) {
        const Item* target = references_.find(name, cell, item);
        if (target == nullptr) return;
        const Item* repeat = target->kind == ItemKind::kRepeat ? target : enclosing_repeat(*target);
        if (repeat == nullptr) {
            findings_.error(cell.place, "select-from-no-repeat",
                            "\"" + target->name + "\" is not a repeat and not in one.", named);
            return;
        }
        const std::string ref =
            target == repeat ? "geometry" : References::path_below(*repeat, *target);
        return add_itemset(control, references_.path_to_all(item, *repeat), ref, ref, cell.place);
    }
    const ChoiceList* list = parts_.choices.find(named);
    const bool attached =
        std::any_of(parts_.instances.begin(), parts_.instances.end(),
                    [&](const ExternalInstance& other) { return other.id == named; });
    if (list == nullptr && !attached) {
        findings_.error(
            cell.place, "unknown-list",
            "reference-geometry names \"" + named + "\", which is no list and no attached file.",
            named, did_you_mean(named, parts_.choices.names()));
        return;
    }
    add_itemset(control, "instance('" + named + "')/root/item", "name",
                list != nullptr && list->in_itext ? "jr:itext(itextId)" : "label", cell.place);
}

void XformBuilder::add_osm_tags(xml::Node control, const Item& item) {
    const auto tags = parts_.osm.find(item.list);
    if (item.list.empty()) return;
    if (tags == parts_.osm.end()) {
        findings_.error(item.type_cell.place, "unknown-list",
                        "The osm sheet has no list \"" + item.list + "\".", item.list);
        return;
    }
    for (const OsmTag& tag : tags->second) {
        const xml::Node node = element(control, "tag", tag.key.place);
        document_.set_attribute(node, "key", tag.key.text, tag.key.place);
        append_text(element(node, "label", tag.label.place), tag.label, parts_.form);
        const auto choices = parts_.osm.find(tag.key.text);
        if (choices == parts_.osm.end() || tag.key.text == item.list) continue;
        for (const OsmTag& choice : choices->second) {
            const xml::Node choice_node = element(node, "item", choice.key.place);
            append_text(element(choice_node, "label", choice.label.place), choice.label,
                        parts_.form);
            document_.append_text(element(choice_node, "value", choice.key.place), choice.key.text,
                                  choice.key.place);
        }
    }
}

}  // namespace survey::forms
