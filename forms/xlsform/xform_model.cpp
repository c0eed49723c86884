#include <algorithm>

#include "forms/xlsform/dynamic_default.h"
#include "forms/xlsform/names.h"
#include "forms/xlsform/parameters.h"
#include "forms/xlsform/xform_builder_internal.h"

namespace survey::forms {

namespace {

/// Conditions take yes and no besides expressions.
std::string condition(std::string_view key, std::string value) {
    static constexpr std::string_view kConditions[] = {"readonly", "required", "relevant",
                                                       "constraint", "calculate"};
    if (std::find(std::begin(kConditions), std::end(kConditions), key) == std::end(kConditions))
        return value;
    if (is_yes(value)) return "true()";
    if (is_no(value)) return "false()";
    return value;
}

}  // namespace

void XformBuilder::add_model(xml::Node head) {
    const xml::Node model = element(head, "model");
    set(model, "odk:xforms-version", "1.0.0", 0);
    if (!parts_.entities.empty()) {
        set(model, "entities:entities-version", entities_version(parts_.entities),
            parts_.entities.front().place);
    }
    add_submission(model);
    add_itext(model);
    add_primary_instance(model);
    add_external_instances(model);
    add_choice_instances(model);
    add_binds(model);
    add_model_actions(model);
}

void XformBuilder::add_submission(xml::Node model) {
    const Settings& settings = parts_.settings;
    static constexpr std::pair<std::string_view, std::string_view> kAttributes[] = {
        {"submission_url", "action"},
        {"public_key", "base64RsaPublicKey"},
        {"auto_send", "orx:auto-send"},
        {"auto_delete", "orx:auto-delete"},
        {"client_editable", "odk:client-editable"},
    };
    xml::Node submission = xml::kNoNode;
    for (const auto& [key, attribute] : kAttributes) {
        const Cell& cell = settings.get(key);
        if (cell.empty()) continue;
        if (submission == xml::kNoNode) submission = element(model, "submission", cell.place);
        std::string value = cell.text;
        if (key.starts_with("auto_") || key == "client_editable") {
            value = is_yes(value) ? "true" : is_no(value) ? "false" : value;
        }
        if (key == "submission_url" || key == "public_key") {
            document_.set_attribute(submission, "method", "post", cell.place);
        }
        set(submission, attribute, value, cell.place);
    }
}

void XformBuilder::add_primary_instance(xml::Node model) {
    const Settings& settings = parts_.settings;
    const xml::Node instance = element(model, "instance");
    const Cell& xmlns = settings.get("instance_xmlns");
    const xml::Node root =
        xmlns.empty()
            ? element(instance, settings.root_name.text, settings.root_name.place)
            : document_.append_element(instance, xml::Name{xmlns.text, settings.root_name.text, ""},
                                       xmlns.place);
    if (!xmlns.empty()) document_.declare_namespace(root, "", xmlns.text);
    document_.set_attribute(root, "id", settings.id.text, settings.id.place);
    if (const Cell& version = settings.get("version"); !version.empty()) {
        document_.set_attribute(root, "version", version.text, version.place);
    }
    for (const char* key : {"prefix", "delimiter"}) {
        const Cell& cell = settings.get(key);
        if (!cell.empty()) set(root, std::string("odk:") + key, cell.text, cell.place);
    }
    for (const auto& [key, cell] : settings.values) {
        if (key.starts_with("attribute::")) set(root, key.substr(11), cell.text, cell.place);
    }
    add_children(root, parts_.form, false);
    add_meta(root);
}

void XformBuilder::add_children(xml::Node node, const Item& item, bool as_template) {
    for (const auto& child : item.children) {
        if (!child->has_node() ||
            (child->type != nullptr && child->type->kind == QuestionKind::kAudit)) {
            continue;
        }
        if (child->kind == ItemKind::kRepeat) {
            // A template holds templates, an instance holds instances.
            const bool inside = enclosing_repeat(*child) != nullptr;
            if (!inside || as_template) add_node(node, *child, true);
            if (inside && as_template) continue;
            add_node(node, *child, false);
        } else {
            add_node(node, *child, as_template);
        }
    }
    if (item.kind != ItemKind::kForm) add_entity_nodes(node, item);
}

void XformBuilder::add_node(xml::Node parent, const Item& item, bool as_template) {
    xml::Node node = xml::kNoNode;
    if (item.name.find(':') == std::string::npos) {
        node = document_.append_element(parent, item.name, item.name_place);
    } else {
        node = document_.append_element(parent, qualified(item.name, item.name_place),
                                        item.name_place);
    }
    if (item.kind == ItemKind::kRepeat && as_template)
        set(node, "jr:template", "", item.name_place);
    for (const auto& [key, cell] : item.cells) {
        if (!key.starts_with("instance::")) continue;
        set(node, key.substr(10), references_.expand(cell, item), cell.place);
    }
    if (item.is_section()) return add_children(node, item, as_template);
    const Cell& value = item.cell("default");
    if (value.empty() || has_dynamic_default(item)) return;
    const bool is_image = item.type->name == "image" && !value.text.starts_with("jr://");
    document_.append_text(node, (is_image ? "jr://images/" : "") + value.text, value.place);
}

void XformBuilder::add_meta(xml::Node root) {
    const xml::Node meta = document_.append_element(root, "meta");
    if (!parts_.settings.flag("omit_instanceID", false))
        document_.append_element(meta, "instanceID");
    if (const Cell& name = parts_.settings.get("instance_name"); !name.empty()) {
        document_.append_element(meta, "instanceName", name.place);
    }
    for_each_below(parts_.form, [&](const Item& item) {
        if (item.type == nullptr || item.type->kind != QuestionKind::kAudit) return;
        document_.append_element(meta, "audit", item.place);
    });
    add_entity_nodes(meta, parts_.form);
}

void XformBuilder::add_external_instances(xml::Node model) {
    for (const ExternalInstance& instance : parts_.instances) {
        const xml::Node node = element(model, "instance", instance.place);
        document_.set_attribute(node, "id", instance.id, instance.place);
        document_.set_attribute(node, "src", instance.src, instance.place);
    }
}

void XformBuilder::add_choice_instances(xml::Node model) {
    for (const ChoiceList& list : parts_.choices.all()) {
        if (list.used_by_search && !list.used) continue;
        const xml::Node instance = element(model, "instance", list.place);
        document_.set_attribute(instance, "id", list.name, list.place);
        const xml::Node root = element(instance, "root", list.place);
        for (std::size_t i = 0; i < list.choices.size(); ++i) {
            const ListedChoice& choice = list.choices[i];
            const xml::Node item = element(root, "item", choice.place);
            const auto add = [&](std::string_view name, const std::string& text,
                                 std::uint32_t place) {
                document_.append_text(element(item, name, place), text, place);
            };
            if (list.in_itext) add("itextId", list.name + "-" + std::to_string(i), choice.place);
            add("name", choice.name.text, choice.name.place);
            const TranslatedText* label = find_text(choice.texts, "label");
            // Without a label the name is shown.
            const Cell& shown = label != nullptr ? label->any() : choice.name;
            if (!list.in_itext) add("label", shown.text, shown.place);
            for (const auto& [key, cell] : choice.columns)
                add(key, cell.text, cell.place);
        }
    }
}

std::string XformBuilder::bind_type(const Item& item) const {
    if (const Cell& own = item.cell("bind::type"); !own.empty()) return own.text;
    if (item.type->kind == QuestionKind::kRange) return range_is_decimal(item) ? "decimal" : "int";
    return std::string(item.type->bind_type);
}

bool XformBuilder::has_dynamic_default(const Item& item) const {
    if (item.is_section()) return false;
    const Cell& value = item.cell("default");
    return !value.empty() && is_dynamic_default(value.text, bind_type(item));
}

void XformBuilder::add_binds(xml::Node model) {
    for_each_below(parts_.form, [&](const Item& item) {
        if (item.has_node()) add_bind(model, item);
    });
    add_meta_binds(model);
    add_entity_binds(model);
}

void XformBuilder::add_bind(xml::Node model, const Item& item) {
    const bool has_columns =
        std::any_of(item.cells.begin(), item.cells.end(),
                    [](const auto& cell) { return cell.first.starts_with("bind::"); });
    if (item.is_section() && !has_columns) return;
    const xml::Node bind = element(model, "bind", item.place);
    const bool audit = !item.is_section() && item.type->kind == QuestionKind::kAudit;
    const std::string path =
        audit ? "/" + parts_.settings.root_name.text + "/meta/audit" : references_.path(item);
    document_.set_attribute(bind, "nodeset", path, item.name_place);
    if (!item.is_section()) {
        document_.set_attribute(bind, "type", bind_type(item), item.type_cell.place);
        if (item.type->kind == QuestionKind::kNote) {
            document_.set_attribute(bind, "readonly", "true()", item.type_cell.place);
        }
        if (!item.type->preload.empty()) {
            set(bind, "jr:preload", item.type->preload, item.type_cell.place);
            set(bind, "jr:preloadParams", item.type->preload_params, item.type_cell.place);
        }
        for (const auto& [key, cell] : item.attributes) {
            // The quality of a background recording stands on its action.
            if (!key.starts_with("bind::") || item.type->kind == QuestionKind::kBackgroundAudio)
                continue;
            set(bind, key.substr(6), cell.text, cell.place);
        }
        if (const std::string property = saved_property(parts_.entities, item); !property.empty()) {
            set(bind, "entities:saveto", property, item.cell("save_to").place);
        }
    }
    add_bind_columns(bind, item);
}

void XformBuilder::add_bind_columns(xml::Node bind, const Item& item) {
    const bool triggered = !item.cell("trigger").empty();
    for (const auto& [key, cell] : item.cells) {
        if (!key.starts_with("bind::")) continue;
        const std::string name = key.substr(6);
        if (name == "type" || (name == "calculate" && triggered)) continue;
        set(bind, name, condition(name, references_.expand(cell, item)), cell.place);
    }
    for (const auto& [key, text] : item.texts) {
        if (!key.starts_with("bind::")) continue;
        const std::string name = key.substr(6);
        const Cell& cell = text.any();
        set(bind, name,
            message_in_itext(text) ? "jr:itext('" + references_.path(item) + ":" + name + "')"
                                   : cell.text,
            cell.place);
    }
}

void XformBuilder::add_meta_binds(xml::Node model) {
    const Settings& settings = parts_.settings;
    const std::string meta = "/" + settings.root_name.text + "/meta/";
    if (!settings.flag("omit_instanceID", false)) {
        const Cell& own = settings.get("instance_id");
        const xml::Node bind = element(model, "bind", own.place);
        document_.set_attribute(bind, "nodeset", meta + "instanceID", own.place);
        document_.set_attribute(bind, "type", "string");
        document_.set_attribute(bind, "readonly", "true()");
        if (own.empty()) {
            set(bind, "jr:preload", "uid", 0);
        } else {
            document_.set_attribute(bind, "calculate", references_.expand(own, parts_.form),
                                    own.place);
        }
    }
    if (const Cell& name = settings.get("instance_name"); !name.empty()) {
        const xml::Node bind = element(model, "bind", name.place);
        document_.set_attribute(bind, "nodeset", meta + "instanceName", name.place);
        document_.set_attribute(bind, "type", "string", name.place);
        document_.set_attribute(bind, "calculate", references_.expand(name, parts_.form),
                                name.place);
    }
}

void XformBuilder::add_default_action(xml::Node parent, const Item& item, std::string_view event) {
    const Cell& value = item.cell("default");
    const xml::Node action = element(parent, "setvalue", value.place);
    document_.set_attribute(action, "event", event, value.place);
    document_.set_attribute(action, "ref", references_.path(item), value.place);
    document_.set_attribute(action, "value", references_.expand(value, item), value.place);
}

bool XformBuilder::is_counted(const Item& item) {
    for (const Item* repeat = enclosing_repeat(item); repeat != nullptr;
         repeat = enclosing_repeat(*repeat)) {
        if (!repeat->cell("control::jr:count").empty()) return true;
    }
    return false;
}

void XformBuilder::add_model_actions(xml::Node model) {
    for_each_below(parts_.form, [&](const Item& item) {
        if (item.is_section()) return;
        const std::uint32_t place = item.type_cell.place;
        if (item.type->kind == QuestionKind::kStartGeopoint) {
            const xml::Node action = element(model, "odk:setgeopoint", place);
            document_.set_attribute(action, "event", "odk-instance-first-load", place);
            document_.set_attribute(action, "ref", references_.path(item), place);
        }
        if (item.type->kind == QuestionKind::kBackgroundAudio) {
            const xml::Node action = element(model, "odk:recordaudio", place);
            document_.set_attribute(action, "event", "odk-instance-load", place);
            document_.set_attribute(action, "ref", references_.path(item), place);
            for (const auto& [key, cell] : item.attributes) {
                if (key.starts_with("bind::")) set(action, key.substr(6), cell.text, cell.place);
            }
        }
        if (has_dynamic_default(item) && !is_counted(item)) {
            add_default_action(model, item, "odk-instance-first-load");
        }
    });
    add_entity_actions(model, parts_.form);
}

}  // namespace survey::forms
