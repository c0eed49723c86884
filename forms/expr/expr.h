#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.h"
#include "forms/expr/host.h"
#include "forms/expr/value.h"

namespace survey::expr {

struct ExprNode;  // the syntax tree, private to this room (ast_internal.h)

/// Which functions exist.
enum class Library : std::uint8_t {
    kOpenRosa,  ///< XPath 1.0 with the ODK XForms functions and overrides.
    kCore,      ///< XPath 1.0 alone.
};

struct CompileOptions {
    Library library = Library::kOpenRosa;
    /// URI for a prefix in scope; nothing falls back to the well-known prefixes of ODK forms.
    std::function<std::optional<std::string>(std::string_view prefix)> namespace_for;
    /// The namespace that unprefixed names match besides none.
    std::string default_namespace = "http://www.w3.org/2002/xforms";
};

/// Why an expression was refused, and where in it.
struct CompileError {
    enum class Kind : std::uint8_t { kParse, kNamespace, kFunction, kArity, kType, kLimit };
    Kind kind = Kind::kParse;
    std::size_t offset = 0;  ///< In bytes from the start of the expression.
    std::string message;     ///< For a person: what is wrong and what to write instead.
};

/// One location path of an expression, as far as it can be known without a document; for dependency
/// graphs and for checking references when a form is loaded.
struct PathReference {
    enum class Origin : std::uint8_t {
        kRoot,      ///< absolute: from the document node
        kContext,   ///< relative to the node that the expression belongs to, also `current()/…`
        kInstance,  ///< `instance('id')/…`
        kUnknown,   ///< from a computed node-set: cannot be said
    };
    enum class Axis : std::uint8_t { kChild, kParent, kSelf, kAttribute, kOther };
    struct Step {
        Axis axis = Axis::kChild;
        std::string name;  ///< Local name; "*" for any node test that is not one name.
        bool has_predicate = false;
    };
    Origin origin = Origin::kRoot;
    std::string instance_id;
    std::vector<Step> steps;
    std::size_t offset = 0;  ///< Where it stands in the expression.
    /// Stands inside a predicate. Relative paths there are given from where the path with the
    /// predicate starts: `/data/r[x = 1]` names /data/r and /data/r/x.
    bool in_predicate = false;
    bool as_node_set = false;  ///< True where a function takes it as a node-set (count, sum, …).
};

/// What evaluation needs. The referenced things outlive the call only.
struct EvalContext {
    NodeView node;     ///< `.`, and what relative paths start from.
    NodeView current;  ///< `current()`; null: the same as `node`.
    std::size_t position = 1;
    std::size_t size = 1;
    const Host* host = nullptr;
    /// Where absolute paths start, and what no axis leaves upwards; null: the document node of the
    /// tree of `current`, or of `node` where that is null too.
    NodeView root;
    /// Context positions are put into absolute paths that share steps with the context node
    /// (JavaRosa's rule, on which forms written before 2020 rest), where a single value is wanted:
    /// as an operand, as most arguments, and as the result of all but evaluate_nodes(). Node-set
    /// functions see all nodes either way.
    bool contextualize_absolute_paths = true;
};

/// A compiled expression: immutable, cheap to copy, usable from any thread. The syntax tree is
/// bound to functions once; evaluation can only fail on what the data brings (an unreadable
/// pattern, a missing instance, a limit).
class Expr {
  public:
    /// Compiles, or says why not.
    struct Compiled;
    static Compiled compile(std::string_view source, const CompileOptions& options = {});

    const std::string& source() const;
    ValueKind result_kind() const;
    /// All location paths, outermost first; those inside string literals of jr:choice-name
    /// included.
    const std::vector<PathReference>& references() const;
    /// Reads `now()`, `today()`, `random()`, `uuid()`, …: may differ at each evaluation.
    bool is_volatile() const;
    /// Uses position(..), position(), or last(): depends on where the context node stands.
    bool uses_position() const;
    /// Names no node and is not volatile.
    bool is_constant() const;
    /// Calls `once()`, which also reads the context node itself.
    bool uses_once() const;

    Result<Value> evaluate(const EvalContext& context) const;
    // With the conversion that XPath's string(), number(), boolean() would do, without a copy.
    Result<std::string> evaluate_string(const EvalContext& context) const;
    Result<double> evaluate_number(const EvalContext& context) const;
    Result<bool> evaluate_boolean(const EvalContext& context) const;
    /// Fails with kInvalidInput where the result is not a node-set.
    Result<NodeSet> evaluate_nodes(const EvalContext& context) const;

  private:
    struct Program;
    explicit Expr(std::shared_ptr<const Program> program);
    std::shared_ptr<const Program> program_;
};

struct Expr::Compiled {
    std::optional<Expr> expr;
    std::optional<CompileError> error;  ///< Exactly one of the two is set.
};

// Limits of one evaluation; past them it ends with ErrorCode::kLimit. Reasons: sync-safety of the
// server, which evaluates forms that it did not write.
inline constexpr std::size_t kSourceBytesMax = 256u << 10;
inline constexpr std::size_t kNestingMax = 200;
inline constexpr std::uint64_t kStepsMax = 20'000'000;
inline constexpr std::size_t kStringBytesMax = 16u << 20;

}  // namespace survey::expr
