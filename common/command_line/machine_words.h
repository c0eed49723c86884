#pragma once

#include <span>
#include <string>
#include <string_view>

#include "common/base/phrase.h"

namespace survey {

/// What `common/host`, `common/db` and the system say when a file, a disk or a database does not
/// do what it should, and what it is in German; both have as many stars.
std::span<const Translation> machine_words();

/// The message in German, by the caller's sentences and the machine's. A sentence that ends in ": "
/// is one that a cause follows, which is translated by itself. As it came where nothing fits.
std::string in_german(std::span<const Translation> own, std::string_view message);

}  // namespace survey
