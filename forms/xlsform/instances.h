#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "forms/xlsform/choices.h"
#include "forms/xlsform/entities.h"
#include "forms/xlsform/findings.h"
#include "forms/xlsform/item.h"

namespace survey::forms {

/// `<instance id="…" src="…"/>`
struct ExternalInstance {
    std::string id;
    std::string src;
    std::uint32_t place = 0;
};

/// The files that the form reads: of selects from a file, csv-external and xml-external rows,
/// pulldata(), last-saved references and entity lists. Each once; one id with two sources is
/// reported.
std::vector<ExternalInstance> collect_instances(const Item& form, const ChoiceLists& choices,
                                                const std::vector<Entity>& entities,
                                                const Settings& settings, Findings& findings);

/// "households" for "households.csv".
std::string file_stem(std::string_view file);
/// False for a file that no select can read: not .csv, .xml or .geojson.
bool is_choice_file(std::string_view file);

}  // namespace survey::forms
