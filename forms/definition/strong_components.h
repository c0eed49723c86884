#pragma once

#include <cstdint>
#include <vector>

namespace survey::forms {

/// A directed graph: for each vertex the vertices that it needs.
using Edges = std::vector<std::vector<std::uint32_t>>;

/// The strongly connected components, each behind all that its members need. A component of one is
/// no loop unless the vertex needs itself. Members are in ascending order.
std::vector<std::vector<std::uint32_t>> strong_components(const Edges& needs);

}  // namespace survey::forms
