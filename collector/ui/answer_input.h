#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "forms/definition/form_definition.h"
#include "forms/runtime/form_session.h"

namespace survey::collector {

/// What a typed line means for a question.
struct Lexical {
    std::string value;  ///< To store.
};
/// Several choices match: positions in the list of choices; the person narrows it down.
struct Ambiguous {
    std::vector<std::size_t> matches;
};
/// It cannot be an answer to this question.
enum class Unreadable {
    kNumber,
    kWholeNumber,
    kDate,
    kTime,
    kDateTime,
    kGeopoint,
    kChoice,
    kYesNo,
    kRange,
    kFile
};

using InputMeaning = std::variant<Lexical, Ambiguous, Unreadable>;

/// Reads a line for a question as people write: choices by number, by value or by a part of their
/// label; several of them with blanks or commas; decimal commas; days as 24.12.2026 or "heute".
/// Pure. \param shown the choices in the order of their numbers on the screen; empty: all.
InputMeaning read_answer(std::string_view line, const forms::Control& control,
                         const forms::FormNode& node, const std::vector<forms::Choice>& choices,
                         const std::vector<std::size_t>& shown, std::string_view today);

/// Positions of the choices whose label or value contains `text`, in order; a whole match alone.
std::vector<std::size_t> matching(std::string_view text, const std::vector<forms::Choice>& choices);

/// "j", "ja", "y", "yes", "1", "ok" → true; "n", "nein", "no", "0" → false.
std::optional<bool> read_yes_no(std::string_view line);

}  // namespace survey::collector
