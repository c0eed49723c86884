#include "forms/xlsform/osm.h"

namespace survey::forms {

OsmTags read_osm(const Table* sheet, Findings& findings) {
    OsmTags tags;
    if (sheet == nullptr) return tags;
    for (const TableRow& row : sheet->rows) {
        const Cell* list = sheet->find(row, "list_name");
        const Cell* name = sheet->find(row, "name");
        const Cell* label = sheet->find(row, "label");
        if (list == nullptr || name == nullptr) {
            findings.error(row.place, "incomplete-osm-tag",
                           "An osm tag needs a list_name and a name.");
            continue;
        }
        tags[list->text].push_back(OsmTag{*name, label != nullptr ? *label : *name});
    }
    return tags;
}

}  // namespace survey::forms
