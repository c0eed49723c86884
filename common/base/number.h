#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace survey {

/// The one pair of functions between text and double; the browser's library lacks the standard one.

/// Reads a decimal number that fills `text`: optional sign, digits with an optional point, optional
/// exponent. No blanks, no hexadecimal, no "inf". Nothing if it is not one.
std::optional<double> parse_double(std::string_view text);

/// The shortest digits that read back as the same double, never with an exponent:
/// "0.1", "100000000000000000000", "-2.5". "NaN", "Infinity", "-Infinity" for the others; "0" for
/// either zero (XPath 1.0, section 4.2, string()).
std::string format_double(double number);

/// Reads a whole decimal number that fills `text` and fits; a leading minus is allowed.
std::optional<std::int64_t> parse_int(std::string_view text);

}  // namespace survey
