#pragma once

#include <string>
#include <vector>

#include "forms/xlsform/choices.h"
#include "forms/xlsform/findings.h"
#include "forms/xlsform/item.h"

namespace survey::forms {

/// Lists that do not stand on the choices sheet.
struct OtherLists {
    std::vector<std::string> external;  ///< Of external_choices.
    bool external_sheet = false;
};

/// Checks every row of the tree that can be checked without expressions: labels, media, lists,
/// files, calculations. Marks in `choices` which lists are used, and how.
void check_rows(const Item& form, ChoiceLists& choices, const OtherLists& others,
                Findings& findings);

/// Warns of columns that some languages of a sheet lack, and of languages without a code.
void check_translations(const std::vector<const Table*>& sheets,
                        const std::string& default_language, Findings& findings);

}  // namespace survey::forms
