#pragma once

#include <string>
#include <string_view>

namespace survey::forms {

/// The nodeset of choices in its parts: `randomize(instance('l')/root/item[filter], seed)`.
struct NodesetText {
    bool is_plain = false;  ///< A path with at most one predicate, at its end.
    std::string instance;   ///< "l", where it is `instance('l')/root/item`.
    std::string path;       ///< Else the path as written.
    std::string predicate;
    bool randomized = false;
    std::string seed;
};

NodesetText read_nodeset(std::string_view text);

}  // namespace survey::forms
