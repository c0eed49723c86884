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

/// Gives each entity the questions that are saved to it. Checks save_to.
void read_save_to(std::vector<Entity>& entities, const Item& form, Findings& findings);
/// Gives each entity its container. It stands in the repeat of what it takes: all that is saved to
/// it is in one repeat, what its expressions name in that or one around or inside it. There it goes
/// to the innermost group that holds all of it, or to one around that where another entity is in
/// the way; a single entity outside of repeats to the form itself. Whatever is saved belongs to the
/// entity of the nearest container (ODK XForms Entities, 2025.1), so no other may come between.
void place_entities(std::vector<Entity>& entities, const Item& form, const References& references,
                    Findings& findings);

/// The property that a question is saved to, for its bind; empty: none.
std::string saved_property(const std::vector<Entity>& entities, const Item& question);
/// "2024.1.0", or "2025.1.0" where entities are in repeats or several.
std::string entities_version(const std::vector<Entity>& entities);

}  // namespace survey::forms
