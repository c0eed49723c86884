#pragma once

#include <cstdint>

#include "forms/xlsform/choices.h"
#include "forms/xlsform/findings.h"
#include "forms/xlsform/item.h"

namespace survey::forms {

/// Checks start, end, step, tick_interval and placeholder of a range and makes attributes of them.
void check_range_parameters(Item& range, std::uint32_t place, Findings& findings);

/// Checks the choices that label its ticks: numbers on a tick; with "no-ticks" the two ends only.
void check_range_labels(const Item& range, const ChoiceList& labels, Findings& findings);

}  // namespace survey::forms
