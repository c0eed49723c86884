#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace survey::conformance {

/// One rule of the standard, as tests/data/conformance/rules.txt lists it.
struct Rule {
    std::string id;      ///< "repeat.count.decrease"
    std::string source;  ///< The public document and section that it is from.
    std::string text;    ///< What must hold, in our words.
};

/// In the order of the file. A line is "id | source | text"; "# Title" starts a part.
std::vector<Rule> read_rules(const std::string& path);
/// How many cases each rule has; of expressions each one counts.
std::map<std::string, std::size_t> count_cases();
/// The page RULES.md.
std::string rules_page(const std::vector<Rule>& rules,
                       const std::map<std::string, std::size_t>& cases);

}  // namespace survey::conformance
