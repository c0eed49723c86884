#pragma once

#include <memory>
#include <string>

#include "forms/xlsform/choices.h"
#include "forms/xlsform/findings.h"
#include "forms/xlsform/item.h"

/// Rows that stand for more than themselves.
namespace survey::forms {

/// The text question of `or_other`: "<name>_other", asked when "other" is chosen.
std::unique_ptr<Item> specify_other(const Item& select);

/// A repeat_count that is not a plain `${question}` is computed by a node before the repeat,
/// "<repeat>_count". Makes that node and lets the repeat point to it; nothing where not needed.
std::unique_ptr<Item> repeat_count_calculate(Item& repeat);

/// Rewrites the appearance "table-list" of a group to "field-list" and marks the group.
void begin_table_list(Item& group);
/// Gives a question of a table-list its appearance; before the first select comes the header row.
void join_table_list(Item& group, Item& question, Findings& findings);

/// Replaces what is in a loop by one group for each choice of the list, with `%(name)s` and
/// `%(label)s` filled in.
void expand_loop(Item& loop, const std::string& list, const Cell& begin, ChoiceLists& choices,
                 Findings& findings);

}  // namespace survey::forms
