#pragma once

#include <string>
#include <utility>
#include <vector>

#include "forms/runtime/instance_tree.h"
#include "forms/runtime/paradata.h"

namespace survey::forms {

/// What a record carries besides the nodes of the form.
struct RecordExtras {
    /// Attributes of the root that the form does not have as nodes.
    std::vector<std::pair<xml::Name, std::string>> root_attributes;
    /// Namespaces declared on the root, prefix and URI.
    std::vector<std::pair<std::string, std::string>> namespaces;
    /// meta/deprecatedID where the form has no node for it; empty: none.
    std::string deprecated_id;
};

/// The instance, or the part of it that the options name, as XML without a declaration. Templates
/// are not part of it. An answer that stands against its warning bears the reason; a draft also has
/// the entries that a count took away, marked as such after those that are there.
std::string write_instance(const InstanceTree& tree, const FormDefinition& form,
                           const RecordExtras& extras, const Paradata& paradata,
                           const SerializeOptions& options);

}  // namespace survey::forms
