#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "forms/runtime/form_session.h"
#include "forms/simulate/respondent.h"

namespace survey::forms {

/// Answers that a person might give to a question, the likeliest first; the caller tries them in
/// turn. Empty: there is nothing to choose from.
std::vector<std::string> answer_candidates(const FormSession& session, NodeId node,
                                           const SessionEnvironment& environment,
                                           Respondent& respondent);

/// The number that an expression yields at a node; nothing where it does not compile or is NaN.
std::optional<double> number_at(const FormSession& session, NodeId node, std::string_view source);

}  // namespace survey::forms
