#pragma once

#include <string_view>

#include "forms/definition/form_definition.h"
#include "forms/xml/document.h"

namespace survey::forms::xform_reading {

struct FoundNode {
    NodeRef node = kNoRef;
    bool has_predicate = false;  ///< `/data/r[1]/x`: the path also says which instance.
};

/// The node that a `ref` or `nodeset` names: absolute, or relative to `context`.
///
/// Unlike in expressions, namespaces count where a prefix is written, since a form may have meta in
/// two of them. Unprefixed steps match no namespace, the instance's own and that of XForms; where
/// that finds nothing, any. A relative path that begins with the root's name is taken from the
/// document, as hand-written forms have it.
FoundNode find_node(const FormDefinition& form, const xml::Document& document, xml::Node where,
                    std::string_view path, NodeRef context);

}  // namespace survey::forms::xform_reading
