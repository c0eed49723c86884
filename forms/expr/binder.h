#pragma once

#include <optional>
#include <vector>

#include "forms/expr/ast_internal.h"
#include "forms/expr/expr.h"

namespace survey::expr {

/// What the binder found out about an expression as a whole.
struct Bound {
    std::optional<CompileError> error;
    bool uses_position = false;
    bool uses_once = false;
    std::size_t memo_slots = 0;
};

/// Looks up functions and namespaces, checks counts and kinds of arguments, computes what does not
/// depend on any document, and prepares predicates for indexes.
Bound bind(ExprPtr& root, const CompileOptions& options);

/// All location paths of a bound expression (references.cpp).
std::vector<PathReference> collect_references(const ExprNode& root);

}  // namespace survey::expr
