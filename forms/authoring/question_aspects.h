#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "forms/definition/form_definition.h"

namespace survey::forms {

/// One thing that a form says of a node, as text that can be compared: what, in which language, and
/// the words. What is not said is not there.
struct Aspect {
    std::string what;      ///< "type", "relevant", "label", "image", …
    std::string language;  ///< Of texts; empty otherwise.

    friend auto operator<=>(const Aspect&, const Aspect&) = default;
};
using Aspects = std::map<Aspect, std::string>;

/// \param languages Those to tell the texts in; a text that a language lacks is that of the default
/// language, as it is shown.
Aspects aspects_of(const FormDefinition& form, NodeRef node,
                   const std::vector<std::string>& languages);

/// A choice as it is stored and shown, by language.
struct OfferedChoice {
    std::string value;
    std::map<std::string, std::string> labels;

    friend bool operator==(const OfferedChoice&, const OfferedChoice&) = default;
};
/// The choices written in the form; none where they come from elsewhere.
std::vector<OfferedChoice> choices_of(const FormDefinition& form, NodeRef node,
                                      const std::vector<std::string>& languages);

/// Without blanks outside of quotes, and with paths in quotes trimmed: two spellings of one
/// expression.
std::string squeezed(std::string_view expression);

/// What an answer is, for whoever reads it: values of one class can be tabulated together.
enum class AnswerClass : std::uint8_t {
    kNone,  ///< A group.
    kText,
    kInteger,
    kDecimal,
    kDate,
    kTime,
    kDateTime,
    kPlace,
    kFile,
    kOneChoice,
    kChoices,
    kRanking,
};
AnswerClass answer_class(const FormDefinition& form, NodeRef node);

}  // namespace survey::forms
