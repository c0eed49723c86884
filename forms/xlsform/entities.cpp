#include "forms/xlsform/entities.h"

#include <algorithm>
#include <set>

#include "forms/xlsform/names.h"

namespace survey::forms {

namespace {

void check_columns(const Table& sheet, Findings& findings) {
    std::vector<std::string> known;
    for (const auto& [name, key] : entities_headers().names)
        known.emplace_back(name);
    for (const Column& column : sheet.columns) {
        if (column.name.known) continue;
        findings.error(column.place, "unknown-entities-column",
                       "The entities sheet has no column \"" + column.header + "\".", column.header,
                       did_you_mean(column.header, known));
    }
}

void check_entity(const Entity& entity, Findings& findings) {
    const std::string& list = entity.list.text;
    if (entity.list.empty()) {
        findings.error(entity.place, "entity-without-list", "This entity has no list_name.");
    } else if (!is_xml_name(list) || list.starts_with("__") ||
               list.find('.') != std::string::npos) {
        findings.error(entity.list.place, "invalid-entity-list",
                       "The list name \"" + list + "\" cannot be used.", list,
                       "Begin with a letter; go on with letters, digits, \"_\" or \"-\".");
    }
    // One that may be updated has a label already.
    if (!entity.updates() && entity.label.empty()) {
        findings.error(entity.place, "entity-without-label",
                       "An entity that is created needs a label.");
    }
    if (!entity.update_if.empty() && entity.id.empty()) {
        findings.error(entity.update_if.place, "entity-without-id",
                       "An entity that is updated needs an entity_id.", entity.update_if.text);
    }
    if (!entity.id.empty() && !entity.create_if.empty() && entity.update_if.empty()) {
        findings.error(entity.create_if.place, "entity-without-update-if",
                       "With create_if and entity_id there must be an update_if too.",
                       entity.create_if.text);
    }
}

bool is_property_name(std::string_view name) {
    const std::string small = lower(name);
    return is_xml_name(name) && name.find('.') == std::string_view::npos &&
           !name.starts_with("__") && small != "name" && small != "label";
}

/// Which of the entities a save_to means, and its property.
Entity* entity_for(std::vector<Entity>& entities, const Cell& save_to, std::string& property,
                   Findings& findings) {
    const std::size_t hash = save_to.text.find('#');
    if (hash == std::string::npos) {
        property = save_to.text;
        if (entities.size() == 1) return &entities.front();
        findings.error(save_to.place, "save-to-without-list",
                       "With several entities a save_to must say which one.", save_to.text,
                       "Write list_name#property.");
        return nullptr;
    }
    const std::string list = save_to.text.substr(0, hash);
    property = save_to.text.substr(hash + 1);
    for (Entity& entity : entities) {
        if (entity.list.text == list) return &entity;
    }
    findings.error(save_to.place, "save-to-unknown-list",
                   "The entities sheet has no list \"" + list + "\".", save_to.text);
    return nullptr;
}

}  // namespace

std::vector<Entity> read_entities(const Table* sheet, Findings& findings) {
    std::vector<Entity> entities;
    if (sheet == nullptr || sheet->columns.empty()) return entities;
    check_columns(*sheet, findings);
    std::set<std::string> lists;
    for (const TableRow& row : sheet->rows) {
        const auto cell = [&](std::string_view key) {
            const Cell* found = sheet->find(row, key);
            return found != nullptr ? *found : Cell{};
        };
        Entity entity{cell("list_name"), cell("label"), cell("entity_id"), cell("create_if"),
                      cell("update_if"), row.place,     nullptr,           {}};
        check_entity(entity, findings);
        if (!entity.list.empty() && !lists.insert(entity.list.text).second) {
            findings.error(entity.list.place, "duplicate-entity-list",
                           "The entities sheet names the list \"" + entity.list.text + "\" twice.",
                           entity.list.text);
            continue;
        }
        entities.push_back(std::move(entity));
    }
    return entities;
}

void read_save_to(std::vector<Entity>& entities, const Item& form, Findings& findings) {
    std::set<std::pair<const Entity*, std::string>> used;
    for_each_below(form, [&](const Item& item) {
        const Cell& save_to = item.cell("save_to");
        if (save_to.empty() || item.is_section()) return;
        if (entities.empty()) {
            findings.error(save_to.place, "save-to-without-entities",
                           "save_to needs an entities sheet that says what is saved.", save_to.text,
                           "Add a sheet \"entities\" with list_name and label.");
            return;
        }
        std::string property;
        Entity* entity = entity_for(entities, save_to, property, findings);
        if (entity == nullptr) return;
        if (!is_property_name(property)) {
            findings.error(save_to.place, "invalid-save-to",
                           "\"" + property + "\" cannot be the name of a property.", save_to.text,
                           "Use letters, digits and \"_\", but not name or label.");
        } else if (!used.insert({entity, property}).second) {
            findings.error(save_to.place, "duplicate-save-to",
                           "Two questions are saved to the property \"" + property + "\".",
                           save_to.text);
        } else {
            entity->properties.emplace_back(&item, property);
        }
    });
}

std::string saved_property(const std::vector<Entity>& entities, const Item& question) {
    for (const Entity& entity : entities) {
        for (const auto& [item, property] : entity.properties) {
            if (item == &question) return property;
        }
    }
    return {};
}

std::string entities_version(const std::vector<Entity>& entities) {
    const bool offline_only = entities.size() == 1 && entities.front().container != nullptr &&
                              entities.front().container->kind == ItemKind::kForm;
    return offline_only ? "2024.1.0" : "2025.1.0";
}

}  // namespace survey::forms
