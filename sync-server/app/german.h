#pragma once

#include <span>
#include <string>
#include <string_view>

#include "common/base/phrase.h"

namespace survey::server {

/// What the rooms below say to whoever runs the server or works in the office, and what it is in
/// German; both have as many stars.
std::span<const Translation> translations();

/// The message in German, by those and by the machine's; as it came where nothing fits.
std::string in_german(std::string_view message);

}  // namespace survey::server
