#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace survey {

/// A sentence for people in the two languages of the suite. Authors' diagnostics are English only.
struct Phrase {
    std::string_view english;
    std::string_view german;

    constexpr std::string_view in(bool is_german) const { return is_german ? german : english; }
};

/// Puts `values` in place of each "{}" of `pattern`, in order.
std::string fill(std::string_view pattern, std::initializer_list<std::string_view> values);

/// A message that another room, a library or the other program made, and what to say instead. A
/// star stands for what is taken over as it is, in order.
struct Translation {
    std::string_view message;
    std::string_view instead;
};

/// The message as the first fitting entry says it; as it came if there is none.
std::string translated(std::span<const Translation> translations, std::string_view message);

}  // namespace survey
