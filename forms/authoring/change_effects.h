#pragma once

#include "forms/authoring/form_diff.h"

/// What a change means for what was answered before: fills in `drafts`, `together` and `notes`.
namespace survey::forms {

void judge_added(const FormDefinition& after, NodeRef node, QuestionChange& change);
void judge_removed(const FormDefinition& before, NodeRef node, QuestionChange& change);
/// Of a node that both forms have; `change.differences` is complete.
void judge_change(const FormDefinition& before, NodeRef old, const FormDefinition& after,
                  NodeRef now, QuestionChange& change);

}  // namespace survey::forms
