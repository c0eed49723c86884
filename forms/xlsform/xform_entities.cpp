#include "forms/xlsform/xform_builder_internal.h"

namespace survey::forms {

// ODK Entities: what they add to a form is described in the ODK XForms Entities specification,
// versions 2024.1 (updates made offline) and 2025.1 (several of them, in repeats).

std::unique_ptr<XformBuilder::EntityNodes> XformBuilder::entity_nodes(const Entity& entity) const {
    auto nodes = std::make_unique<EntityNodes>();
    nodes->meta.kind = ItemKind::kGroup;
    nodes->meta.name = "meta";
    nodes->meta.parent = const_cast<Item*>(entity.container);  // only paths are read
    nodes->entity.kind = ItemKind::kGroup;
    nodes->entity.name = "entity";
    nodes->entity.parent = &nodes->meta;
    return nodes;
}

void XformBuilder::add_entity_nodes(xml::Node container_node, const Item& container) {
    for (const Entity& entity : parts_.entities) {
        if (entity.container != &container) continue;
        // The meta element of the form exists already.
        const xml::Node meta = container.kind == ItemKind::kForm
                                   ? container_node
                                   : document_.append_element(container_node, "meta", entity.place);
        const xml::Node node = document_.append_element(meta, "entity", entity.place);
        document_.set_attribute(node, "dataset", entity.list.text, entity.list.place);
        document_.set_attribute(node, "id", "", entity.place);
        if (entity.creates()) document_.set_attribute(node, "create", "1", entity.place);
        if (entity.updates()) {
            for (const char* name : {"baseVersion", "trunkVersion", "branchId"}) {
                document_.set_attribute(node, name, "", entity.place);
            }
            document_.set_attribute(node, "update", "1", entity.place);
        }
        if (!entity.label.empty()) document_.append_element(node, "label", entity.label.place);
    }
}

void XformBuilder::add_entity_binds(xml::Node model) {
    for (const Entity& entity : parts_.entities) {
        if (entity.container == nullptr) continue;
        const auto nodes = entity_nodes(entity);
        const auto bind = [&](const char* name, const Cell& expression) {
            Item& member = nodes->members.emplace_back();
            member.kind = ItemKind::kGroup;
            member.name = name;
            member.parent = &nodes->entity;
            const std::uint32_t place = expression.place != 0 ? expression.place : entity.place;
            const xml::Node node = element(model, "bind", place);
            document_.set_attribute(node, "nodeset", references_.path(member), place);
            document_.set_attribute(node, "type", "string", place);
            document_.set_attribute(node, "readonly", "true()", place);
            if (expression.empty()) return;
            document_.set_attribute(node, "calculate", references_.expand(expression, member),
                                    place);
        };
        bind("@id", entity.id);
        if (!entity.create_if.empty()) bind("@create", entity.create_if);
        if (!entity.update_if.empty()) bind("@update", entity.update_if);
        if (entity.updates()) {
            const std::string item =
                "instance('" + entity.list.text + "')/root/item[name=" + entity.id.text + "]/";
            bind("@baseVersion", Cell{item + "__version", entity.id.place});
            bind("@trunkVersion", Cell{item + "__trunkVersion", entity.id.place});
            bind("@branchId", Cell{item + "__branchId", entity.id.place});
        }
        if (!entity.label.empty()) bind("label", entity.label);
    }
}

void XformBuilder::add_entity_actions(xml::Node parent, const Item& section) {
    const bool in_model = section.kind == ItemKind::kForm;
    for (const Entity& entity : parts_.entities) {
        // An id that is given needs none made.
        if (entity.container == nullptr || !entity.id.empty()) continue;
        const auto nodes = entity_nodes(entity);
        if (in_model ? is_counted(nodes->entity) : enclosing_repeat(nodes->entity) != &section)
            continue;
        const xml::Node action = element(parent, "setvalue", entity.place);
        document_.set_attribute(
            action, "event",
            in_model ? "odk-instance-first-load" : new_instance_events(nodes->entity),
            entity.place);
        document_.set_attribute(action, "ref", references_.path(nodes->entity) + "/@id",
                                entity.place);
        document_.set_attribute(action, "type", "string", entity.place);
        document_.set_attribute(action, "readonly", "true()", entity.place);
        document_.set_attribute(action, "value", "uuid()", entity.place);
    }
}

}  // namespace survey::forms
