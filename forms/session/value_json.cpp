#include "forms/session/value_json.h"

#include <cmath>
#include <variant>

namespace survey::forms {

Outcome<ResultType> result_type(const json::Object& request) {
    TRY_ASSIGN(const std::string name, text_or(request, "resultType", "any"));
    if (name == "any") return ResultType::kAny;
    if (name == "number") return ResultType::kNumber;
    if (name == "string") return ResultType::kString;
    if (name == "boolean") return ResultType::kBoolean;
    if (name == "nodes") return ResultType::kNodes;
    return Refusal{"request", "\"resultType\" is any, number, string, boolean or nodes"};
}

json::Value number_json(double number) {
    if (std::isnan(number)) return "NaN";
    if (std::isinf(number)) return number > 0 ? "Infinity" : "-Infinity";
    if (number == 0 && std::signbit(number)) return "-0";
    // Whole numbers as people write them; past 2^53 a double has no units digit anyway.
    constexpr double kExactMax = 9007199254740992.0;
    if (std::trunc(number) == number && std::fabs(number) <= kExactMax) {
        return static_cast<std::int64_t>(number);
    }
    return number;
}

Outcome<json::Object> value_json(const expr::Value& value, ResultType wanted,
                                 const NodeJson& node_json) {
    const expr::ValueKind kind = expr::kind_of(value);
    const bool any = wanted == ResultType::kAny;
    json::Object answer;
    if (wanted == ResultType::kNumber || (any && kind == expr::ValueKind::kNumber)) {
        answer["type"] = "number";
        answer["value"] = number_json(expr::to_number(value));
    } else if (wanted == ResultType::kString || (any && kind == expr::ValueKind::kString)) {
        answer["type"] = "string";
        answer["value"] = expr::to_string(value);
    } else if (wanted == ResultType::kBoolean || (any && kind == expr::ValueKind::kBoolean)) {
        answer["type"] = "boolean";
        answer["value"] = expr::to_boolean(value);
    } else {
        const auto* nodes = std::get_if<expr::NodeSet>(&value);
        if (nodes == nullptr) return Refusal{"type", "the expression does not give nodes"};
        json::Array all;
        for (const expr::NodeView& node : *nodes)
            all.push_back(node_json(node));
        answer["type"] = "nodes";
        answer["nodes"] = std::move(all);
    }
    return answer;
}

std::string_view kind_name(expr::NodeKind kind) {
    switch (kind) {
        case expr::NodeKind::kDocument:
            return "document";
        case expr::NodeKind::kElement:
            return "element";
        case expr::NodeKind::kAttribute:
            return "attribute";
        case expr::NodeKind::kText:
            return "text";
        case expr::NodeKind::kComment:
            return "comment";
        case expr::NodeKind::kProcessingInstruction:
            return "processing-instruction";
        case expr::NodeKind::kNamespace:
            return "namespace";
    }
    return "document";
}

Refusal refusal_of(const expr::CompileError& error) {
    std::string_view code = "parse";
    switch (error.kind) {
        case expr::CompileError::Kind::kParse:
        case expr::CompileError::Kind::kLimit:
            code = "parse";
            break;
        case expr::CompileError::Kind::kNamespace:
            code = "namespace";
            break;
        case expr::CompileError::Kind::kFunction:
            code = "function";
            break;
        case expr::CompileError::Kind::kArity:
            code = "arity";
            break;
        case expr::CompileError::Kind::kType:
            code = "type";
            break;
    }
    json::Object more;
    more["offset"] = error.offset;
    return {std::string(code), error.message, std::move(more)};
}

}  // namespace survey::forms
