#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "common/base/result.h"
#include "forms/xml/document.h"

namespace survey::xml {

/// What a document may cost. The defaults are for forms and instances of any honest size.
struct Limits {
    std::size_t bytes_max = 64u << 20;
    std::size_t nodes_max = 4'000'000;
    std::size_t depth_max = 200;
    /// Of one element. No vocabulary that we read has thirty.
    std::size_t attributes_max = 1000;
};

/// A place in the bytes, both from 1. 0 is none.
struct Position {
    std::uint32_t line = 0;
    std::uint32_t column = 0;
};

/// Parses a namespace-well-formed XML 1.0 document (UTF-8, UTF-16, Latin-1 as declared). A document
/// type declaration is refused, so there are no entities but the five. The error names line and
/// column. `Document::place` of each node is its line.
/// \param failed_at receives the place of a failure that has one.
Result<Document> parse(std::string_view bytes, const Limits& limits = {},
                       Position* failed_at = nullptr);

}  // namespace survey::xml
