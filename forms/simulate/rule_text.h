#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace survey::forms {

/// One comparison that stands in a rule: "left op right", as written.
struct Comparison {
    std::string left;
    std::string op;  ///< "=", "!=", "<", "<=", ">", ">="
    std::string right;

    friend bool operator==(const Comparison&, const Comparison&) = default;
};

/// The comparisons of an expression that stand outside functions and predicates, within `and`,
/// `or`, parentheses and `not(…)`. A reading aid for guessing answers, not a parser: what it misses
/// is guessed otherwise, and every guess is tried on the rule itself.
std::vector<Comparison> comparisons_of(std::string_view expression);

/// Texts in quotes, without them.
std::vector<std::string> quoted_texts(std::string_view expression);

}  // namespace survey::forms
