#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "forms/runtime/form_session.h"

namespace survey::forms {

// The words of the session protocol. Clients compare them: never change one.

/// "root", "group", "repeat-range", "repeat", "value".
std::string_view role_name(NodeRole role);

/// "string", "int", … The bind types of ODK XForms; the old types select and select1 are strings.
std::string_view type_name(AnswerType type);

/// "input", "note", "select", …; empty where the body has no control for the node. A note is an
/// input that is readonly by the constant true() and calculates nothing.
std::string_view control_name(const FormDefinition& form, const NodeState& state);

/// "question", "prompt-new-repeat", …
std::string_view event_name(FormEvent::Kind kind);

/// Appearance tokens, an older name preceded by the current one: {"autocomplete", "search"}.
std::vector<std::string> with_current_names(const std::vector<std::string>& appearances);

}  // namespace survey::forms
