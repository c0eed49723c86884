#pragma once

#include <memory>

#include "forms/xlsform/choices.h"
#include "forms/xlsform/findings.h"
#include "forms/xlsform/item.h"
#include "forms/xlsform/settings.h"
#include "forms/xlsform/table.h"

namespace survey::forms {

/// Reads the survey sheet row by row into the tree that its begin and end rows describe, and writes
/// out what a row only hints at: the text field of `or_other`, the header of a table-list, the
/// copies of a loop, the calculate of a repeat_count. Rows named like a setting go to `settings`.
/// Always gives a tree; what had to be left out has been reported.
std::unique_ptr<Item> read_survey(const Table& sheet, Settings& settings, ChoiceLists& choices,
                                  Findings& findings);

/// Names must be XML names, unique among siblings, and of repeats in the whole form.
void check_names(const Item& form, Findings& findings);

}  // namespace survey::forms
