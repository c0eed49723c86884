#pragma once

#include <string>
#include <string_view>

#include "common/base/clock.h"

namespace survey::expr {

/// Numbers that differ by less are equal (JavaRosa), and print without decimals where they are that
/// near to a whole one.
inline constexpr double kTolerance = 1e-12;

/// XPath 1.0, section 4.4, for strings: no exponent, no plus, no "Infinity"; else NaN.
double plain_number(std::string_view text);
/// The same, and days for a date or date-time, with local times read in `zone`.
double read_number(std::string_view text, const TimeZone& zone);
/// XPath 1.0, section 4.2, for numbers.
std::string number_text(double number);

}  // namespace survey::expr
