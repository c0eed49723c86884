#pragma once

#include <span>
#include <string>
#include <string_view>

namespace survey::collector {

/// A sentence of the rooms below or of the server, and what it is in German. A star stands for what
/// is taken over as it is; both have as many.
struct Translation {
    std::string_view english;
    std::string_view german;
};

/// The sentences that a person in the field is likely to meet.
std::span<const Translation> translations();

/// The message in German; as it came if it is none of those.
std::string in_german(std::string_view message);

}  // namespace survey::collector
