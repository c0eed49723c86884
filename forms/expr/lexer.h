#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "forms/expr/expr.h"

namespace survey::expr {

/// What a token is, after the disambiguation of XPath 1.0, section 3.7: a `*` or a word is told
/// apart by what stands before it and after it, so that the parser need not look back.
enum class TokenKind : std::uint8_t {
    kEnd,
    kNumber,
    kLiteral,
    kName,      ///< A name test: name, p:name, p:* or *.
    kFunction,  ///< A name followed by "(" that is not a node type.
    kNodeType,  ///< comment, text, processing-instruction, node
    kAxis,      ///< A name followed by "::".
    kOr,
    kAnd,
    kEqual,
    kNotEqual,
    kLess,
    kLessEqual,
    kGreater,
    kGreaterEqual,
    kPlus,
    kMinus,
    kMultiply,
    kDivide,
    kModulo,
    kUnion,
    kSlash,
    kDoubleSlash,
    kOpen,
    kClose,
    kOpenPredicate,
    kClosePredicate,
    kDot,
    kDoubleDot,
    kAt,
    kComma,
    kDoubleColon,
};

struct Token {
    TokenKind kind = TokenKind::kEnd;
    std::size_t offset = 0;
    std::string_view text;  ///< As written; of a literal what is between the quotes.
    double number = 0;
};

struct Tokens {
    std::vector<Token> tokens;  ///< The last is kEnd.
    std::optional<CompileError> error;
};

/// Splits an expression. The tokens point into `source`. kOpenRosa also reads numbers with an
/// exponent ("1e3"), which no expression of XPath 1.0 could mean differently.
Tokens tokenize(std::string_view source, Library library);

}  // namespace survey::expr
