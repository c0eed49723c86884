#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace survey::forms {

/// The columns that one sheet knows. Spellings are in snake case and map to one key:
/// "relevance" to "bind::relevant". Groups are first parts that take any second part: "bind::X".
struct HeaderRules {
    std::vector<std::pair<std::string_view, std::string_view>> names;
    std::vector<std::pair<std::string_view, std::string_view>> groups;  ///< "body" to "control"
};

const HeaderRules& survey_headers();
const HeaderRules& choices_headers();
const HeaderRules& settings_headers();
const HeaderRules& entities_headers();
const HeaderRules& osm_headers();

/// What one header means.
struct HeaderName {
    std::string key;       ///< "label", "media::image", "bind::relevant"; unknown ones as written.
    std::string language;  ///< Of a translated column: "Deutsch (de)".
    bool known = false;
};

/// \param double_colon Only "::" separates; else a single colon does, with "jr:" kept whole.
HeaderName read_header(std::string_view header, const HeaderRules& rules, bool double_colon);

/// True for keys whose column may come once a language.
bool is_translatable(std::string_view key);
/// True where the name ends with a language tag in parentheses: "Deutsch (de)" (BCP 47,
/// section 2.1, by its shape).
bool has_language_tag(std::string_view language);

}  // namespace survey::forms
