#include "forms/session/entity_json.h"

#include <string>
#include <utility>

namespace survey::forms {

json::Array entities_json(const std::vector<EntityChange>& changes) {
    json::Array all;
    for (const EntityChange& change : changes) {
        json::Object properties;
        for (const auto& [name, value] : change.properties)
            properties[name] = value;
        json::Object one;
        one["dataset"] = change.dataset;
        one["id"] = change.id;
        one["create"] = change.create;
        one["update"] = change.update;
        one["label"] = change.label;
        one["properties"] = std::move(properties);
        one["baseVersion"] = change.base_version;
        one["trunkVersion"] = change.trunk_version;
        one["branchId"] = change.branch_id;
        all.push_back(std::move(one));
    }
    return all;
}

Outcome<std::vector<EntityChange>> entities_of(const json::Object& request) {
    std::vector<EntityChange> changes;
    const json::Value* member = request.if_contains("entities");
    if (member == nullptr || member->is_null()) return changes;
    const json::Array* given = member->if_array();
    if (given == nullptr) return Refusal{"request", "\"entities\" is an array"};
    for (const json::Value& value : *given) {
        const json::Object* one = value.if_object();
        if (one == nullptr) return Refusal{"request", "\"entities\" holds objects"};
        EntityChange change;
        TRY_ASSIGN(change.dataset, required_text(*one, "dataset"));
        TRY_ASSIGN(change.id, required_text(*one, "id"));
        TRY_ASSIGN(change.create, flag(*one, "create"));
        TRY_ASSIGN(change.update, flag(*one, "update"));
        TRY_ASSIGN(change.label, text_or(*one, "label", ""));
        TRY_ASSIGN(change.base_version, text_or(*one, "baseVersion", ""));
        TRY_ASSIGN(change.trunk_version, text_or(*one, "trunkVersion", ""));
        TRY_ASSIGN(change.branch_id, text_or(*one, "branchId", ""));
        const json::Value* properties = one->if_contains("properties");
        if (properties != nullptr && properties->is_object()) {
            for (const auto& entry : properties->get_object()) {
                const auto* text = entry.value().if_string();
                if (text == nullptr) return Refusal{"request", "\"properties\" holds strings"};
                change.properties.emplace_back(std::string(entry.key()), std::string(*text));
            }
        }
        changes.push_back(std::move(change));
    }
    return changes;
}

}  // namespace survey::forms
