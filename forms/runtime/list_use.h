#pragma once

#include <string_view>

#include "common/base/result.h"
#include "forms/definition/form_definition.h"

namespace survey::forms {

/// Whether some expression of the form may read the secondary instance. The file of one that none
/// reads need not be there: forms declare lists for `search()`, and copies of them.
bool reads_instance(const FormDefinition& form, std::string_view id);

/// An external list must have the columns whose values the form's choices store; its first row
/// speaks for all (JavaRosa). kInvalidInput names the column and the question.
Result<void> check_columns(const FormDefinition& form, std::string_view id,
                           const xml::Document& list);

}  // namespace survey::forms
