#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace survey::forms {

/// True for a number format that shows dates or times: "yyyy-mm-dd", but not "0.00" or "[Red]0"
/// (ECMA-376 part 1, 18.8.31).
bool is_date_format(std::string_view code);
/// The same for the built-in formats that are known by number (18.8.30).
bool is_date_format(std::uint32_t built_in);

/// "2024-05-31 13:30:00" for a serial date; "13:30:00" for one below a day.
/// \param from_1904 Days count from 1904-01-01, as in old Macintosh files.
std::string format_serial_date(double serial, bool from_1904);
/// What a number cell comes to: "3", "0.1".
std::string format_cell_number(double number);

}  // namespace survey::forms
