#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace survey::forms {

/// A Name of XML 1.0 without a colon (Namespaces in XML 1.0, NCName).
bool is_xml_name(std::string_view name);
/// An XML name that may carry one prefix: "esri:field".
bool is_qualified_name(std::string_view name);

/// The candidates that `word` may be a misspelling of, in any case: at most two edits away (one for
/// words shorter than five letters), nearest first, at most three.
std::vector<std::string> near_misses(std::string_view word,
                                     const std::vector<std::string>& candidates);
/// `Did you mean "a" or "b"?`, or nothing.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace survey::forms
