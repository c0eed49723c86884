#pragma once

#include <span>
#include <string>

#include "common/http/request.h"

namespace survey {

/// Behind a proxy all calls come from its address. Where `request.peer` is one of the trusted
/// proxies, this takes the caller's address from X-Forwarded-For (the last one that is no trusted
/// proxy's: whatever stands before it, the caller could have written) and whether it came
/// encrypted from X-Forwarded-Proto. From anybody else these fields mean nothing.
void apply_forwarding(Request& request, std::span<const std::string> trusted_proxies);

}  // namespace survey
