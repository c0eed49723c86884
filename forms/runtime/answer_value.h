#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "common/base/clock.h"
#include "forms/definition/form_definition.h"
#include "forms/expr/value.h"

namespace survey::forms {

/// Where and when an answer is given: offsets of times without one, and what "today" is.
struct LocalMoment {
    Instant now;
    const TimeZone* zone = nullptr;
};

/// An answer as its node holds it and as expressions read it, from what a person, a file or an
/// expression gave. Blank stays blank; nothing where the type cannot hold the text.
/// Source: ODK XForms specification, "Data types"; differences are listed in SEMANTICS.md.
/// \param control kind of the control, or nothing for a node without one.
std::optional<std::string> read_answer(AnswerType type, std::optional<ControlKind> control,
                                       std::string_view lexical, const LocalMoment& moment);

/// Whether the text is a number that an `int` cannot hold: 32 bits with a sign (ODK XForms
/// specification, "Data types").
bool is_out_of_int_range(std::string_view lexical);

/// The same from the result of an expression: NaN is blank, a number in a date node counts days
/// since 1970-01-01, a boolean in a number node is 1 or 0. What cannot be held is blank.
std::string answer_of(AnswerType type, std::optional<ControlKind> control,
                      const expr::Value& result, const LocalMoment& moment);

/// An answer as a record carries it: a decimal always has a fraction ("2.0").
std::string recorded(AnswerType type, const std::string& answer);

/// "2026-11-25" and "2026-11-25T09:30:00.000+01:00" on the wall clock there.
std::string local_date(Instant instant, const TimeZone& zone);
std::string local_date_time(Instant instant, const TimeZone& zone);

}  // namespace survey::forms
