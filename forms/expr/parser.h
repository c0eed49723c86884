#pragma once

#include <optional>
#include <string_view>

#include "forms/expr/ast_internal.h"
#include "forms/expr/expr.h"

namespace survey::expr {

struct Parsed {
    ExprPtr root;
    std::optional<CompileError> error;  ///< Exactly one of the two is set.
};

/// Grammar of XPath 1.0, section 2 and 3. Names are not looked up yet.
Parsed parse(std::string_view source, Library library);

}  // namespace survey::expr
