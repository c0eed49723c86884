#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "forms/expr/expr.h"

namespace survey::forms {

enum class Severity : std::uint8_t { kWarning, kError };

/// Where in the author's own file. A workbook place has a sheet, a row and mostly a column; an XML
/// place has a line. Row and line count from 1; 0 and empty: not known.
struct Place {
    std::string sheet;
    std::uint32_t row = 0;
    std::string
        column;  ///< The header as the author wrote it: "constraint", "label::Deutsch (de)".
    std::uint32_t line = 0;

    friend bool operator==(const Place&, const Place&) = default;
};

/// One finding about a form. Loading reports all of them, never only the first.
struct Diagnostic {
    Severity severity = Severity::kError;
    /// Stable and documented: "unknown-type", "duplicate-name". Never change a code's meaning.
    std::string code;
    std::string message;  ///< One English sentence: what is wrong, with the offending text quoted.
    std::string offending;  ///< The text itself; empty where there is none.
    std::string hint;       ///< What to write instead; may be empty.
    Place place;
    std::string ref = {};  ///< The node that an expression belongs to; empty: none, or not known.
    std::optional<std::uint32_t> offset = {};  ///< In bytes, where an expression cannot be read.

    friend bool operator==(const Diagnostic&, const Diagnostic&) = default;
};

/// The code of a finding about an expression that does not compile: "xpath-syntax", …
std::string_view code_of(expr::CompileError::Kind kind);

/// "survey row 12, constraint: …". One line, without the severity.
std::string describe(const Diagnostic& diagnostic);
bool has_errors(const std::vector<Diagnostic>& diagnostics);

}  // namespace survey::forms
