#pragma once

#include "forms/xlsform/findings.h"
#include "forms/xml/document.h"

namespace survey::forms {

/// Reports expressions that cannot be read in the XForm of a workbook that is refused for another
/// reason, so that its author sees all mistakes at once. An accepted one is read by `load_xform`,
/// which says the same, and more. Skips expressions with a reference that stayed as it was: that
/// has been reported.
/// \param xform its places are marks of `findings`.
void check_expressions(const xml::Document& xform, Findings& findings);

}  // namespace survey::forms
