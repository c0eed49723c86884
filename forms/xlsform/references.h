#pragma once

#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "forms/xlsform/findings.h"
#include "forms/xlsform/item.h"

namespace survey::forms {

/// A label in pieces: literal text, or an expression whose value is shown.
struct TextPiece {
    std::string text;
    bool is_output = false;
};

/// Turns `${question}` into XPath. Questions in a repeat that the referrer is in too are written
/// relative ("../age"), so that each instance sees its own; all others absolute ("/data/g/age").
/// Holds references to the tree; one thread.
class References {
  public:
    References(const Item& form, std::string root_name, Findings& findings);

    /// Where a cell's expression stands.
    struct Scope {
        bool in_filter = false;  ///< The whole text is a predicate (choice_filter).
        const Item* filtered =
            nullptr;  ///< Of the instances of this repeat: `./q`, not `current()/../q`.
    };

    /// The expression with all references replaced. Reports malformed, unknown and ambiguous names;
    /// those stay as they were.
    std::string expand(const Cell& cell, const Item& context, const Scope& scope) const;
    std::string expand(const Cell& cell, const Item& context) const {
        return expand(cell, context, Scope{});
    }
    /// A label: `${question}` and `instance('x')/root/item[…]/y` become outputs.
    std::vector<TextPiece> pieces(const Cell& cell, const Item& context) const;

    /// "/data/group/question".
    std::string path(const Item& item) const;
    /// From `context` to `target`: relative where they share a repeat.
    std::string path_from(const Item& context, const Item& target) const;
    /// The node-set of all instances of a repeat, also from inside of it ("../../person").
    std::string path_to_all(const Item& context, const Item& repeat) const;
    /// From a repeat to something in it: "group/name".
    static std::string path_below(const Item& repeat, const Item& target);
    /// The one item of that name as seen from `context`; reports and gives nullptr otherwise.
    const Item* find(std::string_view name, const Cell& cell, const Item& context) const;
    /// The items of a text that holds only `${a}` or `${a}, ${b}`; false where it is anything else.
    bool list(const Cell& cell, const Item& context, std::vector<const Item*>& items) const;
    /// `${name}` and nothing else: the name, else empty.
    static std::string_view single_name(std::string_view text);

  private:
    std::string replacement(std::string_view name, const Cell& cell, const Item& context,
                            const Scope& scope, bool in_predicate, bool absolute) const;

    const Item& form_;
    std::string root_name_;
    Findings& findings_;
    std::unordered_map<std::string, std::vector<const Item*>> by_name_;
    std::vector<std::string> names_;
};

/// The innermost repeat that holds `item`, not counting itself; nullptr outside of repeats.
const Item* enclosing_repeat(const Item& item);

}  // namespace survey::forms
