#pragma once

#include <string>
#include <vector>

#include "forms/xlsform/choices.h"
#include "forms/xlsform/entities.h"
#include "forms/xlsform/findings.h"
#include "forms/xlsform/instances.h"
#include "forms/xlsform/item.h"
#include "forms/xlsform/osm.h"
#include "forms/xlsform/references.h"
#include "forms/xlsform/settings.h"
#include "forms/xml/document.h"

namespace survey::forms {

/// A form that has been read and checked, ready to be written as an XForm.
struct FormParts {
    const Item& form;
    const Settings& settings;
    const ChoiceLists& choices;
    const OsmTags& osm;
    const std::vector<Entity>& entities;
    const std::vector<ExternalInstance>& instances;
    const References& references;
    std::vector<std::string> languages;  ///< Of all columns, in their order.
};

/// Writes the XForm. Every node that carries a cell's text is marked with the place of that cell.
/// What is wrong in expressions and triggers is reported; the document is then of no use.
xml::Document build_xform(const FormParts& parts, Findings& findings);

}  // namespace survey::forms
