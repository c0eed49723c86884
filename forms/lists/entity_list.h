#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/base/random.h"
#include "common/base/result.h"

namespace survey::forms {

/// What one record does to one entity of a list (ODK Entities specification, 2024.1 and 2025.1).
struct EntityChange {
    std::string dataset;
    std::string id;
    bool create = false;
    bool update = false;
    std::string label;  ///< Blank: leaves the label.
    std::vector<std::pair<std::string, std::string>> properties;
    std::string base_version;
    std::string trunk_version;
    std::string branch_id;
};

/// An entity list as this device has to see it: what the server gave, with the changes that records
/// made here, oldest first. Each row gets the columns `__trunkVersion` and `__branchId`, so that an
/// update can say what it is based on; a row that nobody has changed here is its own trunk.
///
/// A change that the server's list has already, or has overtaken, does nothing: it is applied where
/// its base is the version that is there, or where its entity is not there yet. So changes may be
/// kept for longer than needed, and the order in which the server takes them up does not matter.
///
/// \param csv may be empty: a list that was not there yet.
Result<std::string> entity_list_now(std::string_view csv, std::string_view dataset,
                                    const std::vector<EntityChange>& changes, Random& random);

/// Whether a file of a form is a list of entities: its header has `__version`, or a change is for
/// it.
bool is_entity_list(std::string_view csv, std::string_view dataset,
                    const std::vector<EntityChange>& changes);

}  // namespace survey::forms
