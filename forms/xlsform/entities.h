#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "forms/xlsform/findings.h"
#include "forms/xlsform/item.h"
#include "forms/xlsform/references.h"
#include "forms/xlsform/table.h"

namespace survey::forms {

/// A row of the entities sheet: what each submission creates or updates in a list (ODK Entities).
struct Entity {
    Cell list;
    Cell label;
    Cell id;
    Cell create_if;
    Cell update_if;
    std::uint32_t place = 0;
    const Item* container = nullptr;  ///< The form, group or repeat whose meta element holds it.
    std::vector<std::pair<const Item*, std::string>> properties;  ///< Question and property.

    bool updates() const { return !id.empty(); }
    bool creates() const { return id.empty() || !create_if.empty(); }
};

/// Reads and checks the sheet. \param sheet May be nullptr.
std::vector<Entity> read_entities(const Table* sheet, Findings& findings);

/// Gives each entity the questions that are saved to it, and its container: the innermost repeat
/// that all of them are in, else the form; a second one goes to the innermost group. Checks
/// save_to.
void place_entities(std::vector<Entity>& entities, const Item& form, const References& references,
                    Findings& findings);

/// The property that a question is saved to, for its bind; empty: none.
std::string saved_property(const std::vector<Entity>& entities, const Item& question);
/// "2024.1.0", or "2025.1.0" where entities are in repeats or several.
std::string entities_version(const std::vector<Entity>& entities);

}  // namespace survey::forms
