#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "forms/expr/expr.h"
#include "forms/session/protocol.h"

namespace survey::forms {

/// Conversion of a result that a request may ask for.
enum class ResultType : std::uint8_t { kAny, kNumber, kString, kBoolean, kNodes };

/// Reads the member `resultType`.
Outcome<ResultType> result_type(const json::Object& request);

/// JSON's number, or one of "NaN", "Infinity", "-Infinity", "-0", which it lacks.
json::Value number_json(double number);

/// `{"type", "value"}` or `{"type": "nodes", "nodes"}`; each node as `node_json` describes it.
/// Refused with "type" where nodes are wanted and the value is not a node-set.
using NodeJson = std::function<json::Object(const expr::NodeView&)>;
Outcome<json::Object> value_json(const expr::Value& value, ResultType wanted,
                                 const NodeJson& node_json);

/// "element", "attribute", "text", …
std::string_view kind_name(expr::NodeKind kind);

/// A compile error as codes "parse", "namespace", "function", "arity", "type", with its offset.
Refusal refusal_of(const expr::CompileError& error);

}  // namespace survey::forms
