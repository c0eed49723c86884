#pragma once

#include <span>
#include <string>
#include <string_view>

#include "common/base/phrase.h"

namespace survey::collector {

/// The sentences of the rooms below and of the server that a person in the field is likely to meet,
/// and what they are in German; both have as many stars.
std::span<const Translation> translations();

/// The message in German, by those and by the machine's; as it came where nothing fits.
std::string in_german(std::string_view message);

}  // namespace survey::collector
