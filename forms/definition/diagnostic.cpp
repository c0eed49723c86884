#include "forms/definition/diagnostic.h"

#include <algorithm>

namespace survey::forms {

std::string_view code_of(expr::CompileError::Kind kind) {
    switch (kind) {
        case expr::CompileError::Kind::kParse:
            return "xpath-syntax";
        case expr::CompileError::Kind::kNamespace:
            return "unknown-prefix";
        case expr::CompileError::Kind::kFunction:
            return "unknown-function";
        case expr::CompileError::Kind::kArity:
            return "wrong-arity";
        case expr::CompileError::Kind::kType:
            return "xpath-type";
        case expr::CompileError::Kind::kLimit:
            break;
    }
    return "xpath-limit";
}

std::string describe(const Diagnostic& diagnostic) {
    const Place& place = diagnostic.place;
    std::string where = place.sheet;
    const auto add = [&where](std::string_view separator, std::string_view text) {
        if (!where.empty()) where += separator;
        where += text;
    };
    if (place.row != 0) add(" ", "row " + std::to_string(place.row));
    if (!place.column.empty()) add(", ", place.column);
    if (place.line != 0) add(", ", "line " + std::to_string(place.line));
    std::string out = where.empty() ? diagnostic.message : where + ": " + diagnostic.message;
    if (!diagnostic.hint.empty()) out += " " + diagnostic.hint;
    return out;
}

bool has_errors(const std::vector<Diagnostic>& diagnostics) {
    return std::any_of(diagnostics.begin(), diagnostics.end(),
                       [](const Diagnostic& one) { return one.severity == Severity::kError; });
}

}  // namespace survey::forms
