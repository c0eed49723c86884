#pragma once

#include <cstddef>
#include <string_view>

#include "common/base/result.h"
#include "forms/xml/document.h"

namespace survey::xml {

/// What a document may cost. The defaults are for forms and instances of any honest size.
struct Limits {
    std::size_t bytes_max = 64u << 20;
    std::size_t nodes_max = 4'000'000;
    std::size_t depth_max = 200;
};

/// Parses a namespace-well-formed XML 1.0 document (UTF-8, UTF-16, Latin-1 as declared). A document
/// type declaration is refused, so there are no entities but the five. The error names line and
/// column. `Document::place` of each node is its line.
Result<Document> parse(std::string_view bytes, const Limits& limits = {});

}  // namespace survey::xml
