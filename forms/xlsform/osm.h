#pragma once

#include <map>
#include <string>
#include <vector>

#include "forms/xlsform/findings.h"
#include "forms/xlsform/table.h"

namespace survey::forms {

/// `<tag key="building">` of an upload of type osm/*.
struct OsmTag {
    Cell key;
    Cell label;
};

/// The osm sheet: tags by list. A tag that is a list name itself has that list as its choices.
using OsmTags = std::map<std::string, std::vector<OsmTag>>;

/// \param sheet May be nullptr.
OsmTags read_osm(const Table* sheet, Findings& findings);

}  // namespace survey::forms
