#pragma once

#include "forms/runtime/form_session.h"

namespace survey::forms {

/// Makes an equation of a rule hold, such as "the points total 100", by changing the numbers that
/// it is computed from. The rule is the node's constraint or, where the node is only shown while
/// something does not add up, its relevance. True: the node violates nothing any more.
bool repair_equation(FormSession& session, NodeId node);

}  // namespace survey::forms
