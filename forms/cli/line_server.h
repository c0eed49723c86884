#pragma once

#include "forms/cli/console.h"
#include "forms/session/protocol.h"

namespace survey::forms {

/// Reads requests until the end of input, each answered and flushed before the next is read.
void serve_lines(LineService& service, Console& console);

}  // namespace survey::forms
