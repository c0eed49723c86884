#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "forms/expr/node_tree.h"

namespace survey::expr {

/// In document order without duplicates, except where `randomize()` gave another order.
using NodeSet = std::vector<NodeView>;

/// An XPath value. Dates are texts in ISO 8601 form and become days where a number is wanted.
using Value = std::variant<NodeSet, double, std::string, bool>;

enum class ValueKind : std::uint8_t { kNodeSet, kNumber, kString, kBoolean, kAny };

ValueKind kind_of(const Value& value);

/// The conversions of XPath 1.0, section 4, with OpenRosa's extension: a date or date-time text is
/// its days since 1970-01-01 as a number (date-times through their offset, local dates as whole
/// days).
std::string to_string(const Value& value);
std::string to_string(const NodeView& node);
double to_number(const Value& value);
double to_number(std::string_view text);
inline double to_number(const std::string& text) {
    return to_number(std::string_view(text));
}
bool to_boolean(const Value& value);

}  // namespace survey::expr
