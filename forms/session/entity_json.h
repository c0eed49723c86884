#pragma once

#include <vector>

#include "forms/lists/entity_list.h"
#include "forms/session/protocol.h"

namespace survey::forms {

/// What a record does to entity lists, as `finalize` writes it and `open` reads it:
/// `{dataset, id, create, update, label, properties, baseVersion, trunkVersion, branchId}`.
json::Array entities_json(const std::vector<EntityChange>& changes);

/// Reads the member `entities` of a request.
Outcome<std::vector<EntityChange>> entities_of(const json::Object& request);

}  // namespace survey::forms
