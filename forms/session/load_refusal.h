#pragma once

#include <vector>

#include "forms/definition/diagnostic.h"
#include "forms/session/protocol.h"

namespace survey::forms {

/// Why a form could not be loaded, as the session protocol says it: "cycle" with the refs in the
/// loop as `nodes`, "xpath" with `expression` and `ref`, else "form"; always with all findings as
/// `details`. REQUIRES an error among the diagnostics.
Refusal load_refusal(const std::vector<Diagnostic>& diagnostics);

/// `[{"severity","code","message","offending","hint","sheet","row","column","line"}]`; members that
/// are not known are left out.
json::Array to_json(const std::vector<Diagnostic>& diagnostics);

}  // namespace survey::forms
