#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "forms/expr/regex.h"
#include "forms/expr/value.h"

namespace survey::expr {

struct FunctionSpec;
struct ExprNode;
using ExprPtr = std::unique_ptr<ExprNode>;

enum class Axis : std::uint8_t {
    kAncestor,
    kAncestorOrSelf,
    kAttribute,
    kChild,
    kDescendant,
    kDescendantOrSelf,
    kFollowing,
    kFollowingSibling,
    kNamespace,
    kParent,
    kPreceding,
    kPrecedingSibling,
    kSelf,
};

struct NodeTest {
    enum class Kind : std::uint8_t {
        kName,         ///< name, p:name
        kAnyName,      ///< *
        kInNamespace,  ///< p:*
        kNode,
        kText,
        kComment,
        kInstruction,  ///< With `local` as its target where that is not empty.
    };
    Kind kind = Kind::kName;
    std::string prefix;
    std::string local;
    // Filled by the binder. An unprefixed name matches in either of the two.
    std::string uri;
    std::string other_uri;
};

/// `col = value` inside a predicate, where `value` does not depend on the item.
struct EqualityKey {
    const ExprNode* key = nullptr;  ///< A relative path of child or attribute names, or `.`.
    const ExprNode* value = nullptr;
    std::string signature;  ///< The key path in one spelling, to find its index.
};

struct Predicate {
    ExprPtr expr;
    bool positional = true;          ///< May be a number, or asks position() or last().
    std::size_t fixed_position = 0;  ///< [3]; 0: not of that form.
    std::vector<EqualityKey> keys;   ///< Conjuncts that an index can answer.
    bool only_keys = false;  ///< One comparison and nothing else: nothing to check after it.
};

struct Step {
    Axis axis = Axis::kChild;
    NodeTest test;
    std::vector<Predicate> predicates;
};

enum class NodeType : std::uint8_t {
    kConstant,
    kOr,
    kAnd,
    kEquality,
    kRelational,
    kAdditive,
    kMultiplicative,
    kNegate,
    kUnion,
    kCall,
    kPath,
};

enum class Operator : std::uint8_t {
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
};

enum class PathStart : std::uint8_t { kRoot, kContext, kExpression };

/// One node of the syntax tree. Operators of one precedence in a row are one node with many
/// operands, so that long sums do not nest.
struct ExprNode {
    NodeType type = NodeType::kConstant;
    std::size_t offset = 0;
    std::vector<ExprPtr> args;  ///< Operands; of a call its arguments; kExpression: the start.
    std::vector<Operator> operators;  ///< One fewer than args, for the chains that need it.
    Value constant;                   ///< kConstant.
    std::string name;                 ///< kCall: as written.
    PathStart start = PathStart::kContext;
    std::vector<Predicate> start_predicates;  ///< (…)[…], kExpression only.
    std::vector<Step> steps;

    // Filled by the binder.
    const FunctionSpec* function = nullptr;
    ValueKind kind = ValueKind::kAny;
    bool uses_frame = false;     ///< Depends on the context node, position or size.
    bool asks_position = false;  ///< Of its own context, not of an item in a predicate.
    bool is_volatile = false;
    bool reads_world = false;   ///< Depends on nodes or the host at all.
    bool single_value = false;  ///< A path whose value is wanted: JavaRosa's contextualising.
    bool is_result = false;     ///< A path that is itself the result of the expression.
    int memo = -1;              ///< Slot of a value that is the same all through one evaluation.
    std::shared_ptr<const Regex> regex;  ///< Of a call of regex() with a literal pattern.
};

}  // namespace survey::expr
