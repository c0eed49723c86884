#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace survey::forms {

/// The text of a cell and where it stands: an index into `ConvertedForm::places`.
struct Cell {
    std::string text;
    std::uint32_t place = 0;

    bool empty() const { return text.empty(); }
};

/// Without blanks, tabs, line breaks and non-breaking spaces at both ends.
std::string_view trim(std::string_view text);
/// What a cell comes to on every sheet: trimmed, non-breaking spaces as blanks, curly quotes
/// straight, line breaks as "\n", without control characters, and always UTF-8.
std::string clean_cell(std::string_view text);
/// Whether all of it is well-formed UTF-8 (Unicode 15, table 3-7).
bool is_utf8(std::string_view text);
/// Runs of blanks as one blank; line breaks stay.
std::string collapse_blanks(std::string_view text);
/// ASCII letters small.
std::string lower(std::string_view text);
/// "Constraint  Message" and "constraint_message" are one: "constraint_message".
std::string snake_case(std::string_view text);
/// The pieces between any of `separators`, trimmed, without empty ones.
std::vector<std::string> split(std::string_view text, std::string_view separators);
/// Replaces every occurrence.
std::string replace_all(std::string_view text, std::string_view from, std::string_view to);
/// The spellings of yes in settings and flags: yes, true, true().
bool is_yes(std::string_view text);
/// The spellings of no: no, false, false().
bool is_no(std::string_view text);

}  // namespace survey::forms
