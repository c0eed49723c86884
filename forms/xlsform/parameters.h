#pragma once

#include "forms/xlsform/findings.h"
#include "forms/xlsform/item.h"

namespace survey::forms {

/// Reads the parameters column of a question, checks keys and values against its type, and turns
/// what simply becomes an attribute into `Item::attributes`. The others (randomize, seed, value,
/// label, tick_labelset, reference-geometry) stay in `Item::parameters` for the body.
/// Keys are read in any case; values keep theirs, so that names of lists and questions are found.
void read_parameters(Item& question, Findings& findings);

/// True where the bind of a range must be decimal: one of its numbers has a fraction.
bool range_is_decimal(const Item& range);

}  // namespace survey::forms
