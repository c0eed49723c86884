#pragma once

#include <string>

#include "common/base/clock.h"

namespace survey {

/// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110, section 5.6.7).
std::string http_date(Instant instant);

}  // namespace survey
