#pragma once

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "forms/definition/diagnostic.h"
#include "forms/definition/form_definition.h"
#include "forms/xml/document.h"

namespace survey::forms {

/// A form, if it can be used at all, and everything that was found. The form is null exactly when
/// there is an error among the diagnostics.
struct LoadedForm {
    std::shared_ptr<const FormDefinition> form;
    std::vector<Diagnostic> diagnostics;
};

/// From the mark on an XML node (`xml::Document::place`) to the author's own place.
using PlaceOf = std::function<Place(std::uint32_t mark)>;

/// Reads an ODK XForm. Reports everything that would fail in the field: XPath syntax, unknown
/// functions and arity, references to nodes that do not exist, undeclared instances and itext ids,
/// dependency cycles (with their nodes), binds without node, duplicate binds, actions on unknown
/// events. A form without meta/instanceID gets one (OpenRosa namespace).
/// \param place_of translates marks; without it the mark is the line of the XML.
LoadedForm load_xform(xml::Document document, const PlaceOf& place_of = {});
/// Parses first; XML errors become one diagnostic "xml" with its line.
LoadedForm load_xform(std::string_view bytes);

}  // namespace survey::forms
