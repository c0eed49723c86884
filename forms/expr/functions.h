#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "forms/expr/evaluator.h"

namespace survey::expr {

/// One call of a function being evaluated: its arguments, evaluated when asked for.
class Call {
  public:
    Call(Evaluator& evaluator, const ExprNode& node, const Frame& frame)
        : evaluator_(evaluator), node_(node), frame_(frame) {}

    std::size_t size() const { return node_.args.size(); }
    const ExprNode& node() const { return node_; }
    const ExprNode& argument(std::size_t i) const { return *node_.args[i]; }
    const Frame& frame() const { return frame_; }
    Evaluator& evaluator() { return evaluator_; }

    Value value(std::size_t i) { return evaluator_.value(*node_.args[i], frame_); }
    std::string string(std::size_t i) { return evaluator_.string(*node_.args[i], frame_); }
    double number(std::size_t i) { return evaluator_.number(*node_.args[i], frame_); }
    bool boolean(std::size_t i) { return evaluator_.boolean(*node_.args[i], frame_); }
    NodeSet nodes(std::size_t i) { return evaluator_.nodes(*node_.args[i], frame_); }

    /// Argument `i`, or the context node as XPath 1.0 has it for a missing one.
    std::string string_or_context(std::size_t i);
    /// The node that name(), position(), … speak of: first of the argument, else the context node;
    /// null where the argument is empty.
    NodeView node_or_context(std::size_t i);
    /// The values of arguments `from`…: each node of a node-set by itself.
    std::vector<Value> flattened(std::size_t from);

    const Host& host() { return evaluator_.host(); }
    const TimeZone& time_zone() { return evaluator_.time_zone(); }
    /// Ends the evaluation. The value returned is not looked at.
    Value fail(ErrorCode code, std::string message);

  private:
    Evaluator& evaluator_;
    const ExprNode& node_;
    const Frame& frame_;
};

using Implementation = Value (*)(Call&);

enum FunctionFlag : std::uint8_t {
    kPure = 0,          ///< Depends on its arguments alone.
    kReadsContext = 1,  ///< Also without arguments: context node, position or size.
    kContextWithoutArguments = 2,
    kReadsHost = 4,     ///< Instances, languages, time zone: the same all through one evaluation.
    kVolatileCall = 8,  ///< May differ at each evaluation.
    kPosition = 16,     ///< Depends on where a node stands among its siblings.
};

/// One row per function.
struct FunctionSpec {
    std::string_view name;  ///< "jr:itext" for those of JavaRosa's namespace.
    std::uint8_t args_min = 0;
    std::uint8_t args_max = 0;  ///< kAnyCount: no upper bound.
    ValueKind result = ValueKind::kAny;
    /// One letter per argument; the last one, or what follows a `*`, stands for all that come
    /// after. s n b string, number, boolean; v any single value; N a node-set, taken as plain XPath
    /// has it; F a value or a node-set that is taken apart (as N where it is the only one); p
    /// whatever is wanted of the call itself.
    std::string_view args;
    std::uint8_t flags = kPure;
    Implementation call = nullptr;
    std::string_view reference;  ///< Where it is specified.
};

inline constexpr std::uint8_t kAnyCount = 255;

/// The letter for argument `i`.
char argument_letter(const FunctionSpec& spec, std::size_t i);

/// All functions of a library, by name.
std::span<const FunctionSpec> function_table(Library library);
/// nullptr where there is no such function. `name` without the prefix of XPath's own namespace.
const FunctionSpec* find_function(Library library, std::string_view name);

// Families, one file each.
namespace fn {
Value last(Call&);
Value position(Call&);
Value position_core(Call&);
Value count(Call&);
Value count_non_empty(Call&);
Value id(Call&);
Value local_name(Call&);
Value namespace_uri(Call&);
Value name(Call&);
Value lang(Call&);
Value current(Call&);
Value instance(Call&);
Value randomize(Call&);
Value indexed_repeat(Call&);
Value pulldata(Call&);

Value string(Call&);
Value concat(Call&);
Value concat_flattened(Call&);
Value join(Call&);
Value starts_with(Call&);
Value ends_with(Call&);
Value contains(Call&);
Value substring_before(Call&);
Value substring_after(Call&);
Value substring(Call&);
Value substr(Call&);
Value string_length(Call&);
Value normalize_space(Call&);
Value translate(Call&);
Value regex(Call&);
Value uuid(Call&);
Value digest(Call&);
Value base64_decode(Call&);
Value extract_signed(Call&);

Value boolean(Call&);
Value boolean_from_string(Call&);
Value not_(Call&);
Value true_(Call&);
Value false_(Call&);
Value if_(Call&);
Value coalesce(Call&);
Value once(Call&);
Value checklist(Call&);
Value weighted_checklist(Call&);
Value depend(Call&);

Value number(Call&);
Value int_(Call&);
Value sum(Call&);
Value sum_core(Call&);
Value max(Call&);
Value min(Call&);
Value floor(Call&);
Value ceiling(Call&);
Value round(Call&);
Value round_core(Call&);
Value pow(Call&);
Value log(Call&);
Value log10(Call&);
Value abs(Call&);
Value sin(Call&);
Value cos(Call&);
Value tan(Call&);
Value asin(Call&);
Value acos(Call&);
Value atan(Call&);
Value atan2(Call&);
Value sqrt(Call&);
Value exp(Call&);
Value exp10(Call&);
Value pi(Call&);
Value random(Call&);

Value today(Call&);
Value now(Call&);
Value date(Call&);
Value date_time(Call&);
Value decimal_date_time(Call&);
Value decimal_time(Call&);
Value format_date(Call&);

Value selected(Call&);
Value selected_at(Call&);
Value count_selected(Call&);
Value choice_name(Call&);
Value itext(Call&);
Value version(Call&);
Value property(Call&);

Value area(Call&);
Value distance(Call&);
Value geofence(Call&);
Value intersects(Call&);
}  // namespace fn

}  // namespace survey::expr
