#include "forms/expr/binder.h"

#include <array>
#include <cmath>
#include <utility>

#include "forms/expr/evaluator.h"
#include "forms/expr/functions.h"

namespace survey::expr {

namespace {

constexpr std::string_view kJavaRosaUri = "http://openrosa.org/javarosa";
constexpr std::string_view kXPathUri = "http://www.w3.org/2005/xpath-functions";

// Prefixes that forms use without declaring them (ODK XForms; XPath 3.1 for fn).
constexpr std::array<std::pair<std::string_view, std::string_view>, 16> kWellKnown = {{
    {"xf", "http://www.w3.org/2002/xforms"},
    {"xforms", "http://www.w3.org/2002/xforms"},
    {"h", "http://www.w3.org/1999/xhtml"},
    {"html", "http://www.w3.org/1999/xhtml"},
    {"xhtml", "http://www.w3.org/1999/xhtml"},
    {"jr", kJavaRosaUri},
    {"javarosa", kJavaRosaUri},
    {"odk", "http://www.opendatakit.org/xforms"},
    {"orx", "http://openrosa.org/xforms"},
    {"openrosa-xforms", "http://openrosa.org/xforms"},
    {"entities", "http://www.opendatakit.org/xforms/entities"},
    {"enk", "http://enketo.org/xforms"},
    {"fn", kXPathUri},
    {"xsd", "http://www.w3.org/2001/XMLSchema"},
    {"xml", "http://www.w3.org/XML/1998/namespace"},
    {"xmlns", "http://www.w3.org/2000/xmlns/"},
}};

// What is wanted of a path: decides whether JavaRosa's contextualising applies.
enum class Use : std::uint8_t { kSingle, kNodeSet, kResult };

bool may_be_nodes(const ExprNode& node) {
    return node.kind == ValueKind::kNodeSet || node.kind == ValueKind::kAny;
}

// The time zone decides what such a text is as a number, and it is not known yet.
bool reads_like_date(const ExprNode& node) {
    const auto* text = std::get_if<std::string>(&node.constant);
    return text != nullptr && text->size() > 10 && text->find('T') != std::string::npos &&
           text->find('-') != std::string::npos;
}

std::string counted(std::size_t number) {
    return std::to_string(number) + (number == 1 ? " argument" : " arguments");
}

class Binder {
  public:
    explicit Binder(const CompileOptions& options) : options_(options) {}

    Bound run(ExprPtr& root) {
        bind(root, Use::kResult);
        if (!result_.error) {
            result_.uses_position = result_.uses_position || root->asks_position;
            place_memos(*root, false);
        }
        return std::move(result_);
    }

  private:
    void refuse(CompileError::Kind kind, std::size_t offset, std::string message) {
        if (!result_.error) result_.error = CompileError{kind, offset, std::move(message)};
    }

    void bind(ExprPtr& node, Use use) {
        switch (node->type) {
            case NodeType::kConstant:
                node->kind = kind_of(node->constant);
                return;
            case NodeType::kPath:
                return bind_path(*node, use);
            case NodeType::kCall:
                bind_call(*node, use);
                break;
            case NodeType::kUnion:
                for (ExprPtr& arg : node->args) {
                    bind(arg, use);
                    if (!may_be_nodes(*arg)) {
                        refuse(CompileError::Kind::kType, arg->offset,
                               "\"|\" joins node-sets, and this is none");
                    }
                }
                node->kind = ValueKind::kNodeSet;
                break;
            default:
                for (ExprPtr& arg : node->args)
                    bind(arg, Use::kSingle);
                node->kind = node->type == NodeType::kAdditive ||
                                     node->type == NodeType::kMultiplicative ||
                                     node->type == NodeType::kNegate
                                 ? ValueKind::kNumber
                                 : ValueKind::kBoolean;
        }
        if (result_.error) return;
        for (const ExprPtr& arg : node->args)
            inherit(*node, *arg);
        fold(*node);
    }

    static void inherit(ExprNode& node, const ExprNode& arg) {
        node.uses_frame = node.uses_frame || arg.uses_frame;
        node.asks_position = node.asks_position || arg.asks_position;
        node.is_volatile = node.is_volatile || arg.is_volatile;
        node.reads_world = node.reads_world || arg.reads_world;
    }

    // Computes now what no document and no host can change.
    void fold(ExprNode& node) {
        if (node.reads_world || node.is_volatile || node.uses_frame) return;
        for (const ExprPtr& arg : node.args) {
            if (arg->type != NodeType::kConstant || reads_like_date(*arg)) return;
        }
        const EvalContext nowhere;
        Evaluator evaluator(nowhere, 0, options_.library, false);
        Value value = evaluator.value(node, evaluator.start());
        // What fails, fails when the expression is evaluated.
        if (evaluator.stopped()) return;
        node.type = NodeType::kConstant;
        node.constant = std::move(value);
        node.kind = kind_of(node.constant);
        node.args.clear();
    }

    std::optional<std::string> uri_of(const std::string& prefix, std::size_t offset) {
        if (options_.namespace_for) {
            if (auto uri = options_.namespace_for(prefix)) return uri;
        }
        for (const auto& [known, uri] : kWellKnown) {
            if (known == prefix) return std::string(uri);
        }
        refuse(CompileError::Kind::kNamespace, offset,
               "the prefix \"" + prefix + "\" is not declared");
        return std::nullopt;
    }

    // Spreadsheets write functions in capitals, and some people without hyphens.
    std::string did_you_mean(std::string_view name) const {
        const auto plain = [](std::string_view text) {
            std::string out;
            for (const char c : text) {
                if (c >= 'A' && c <= 'Z') {
                    out += static_cast<char>(c - 'A' + 'a');
                } else if (c != '-' && c != '_') {
                    out += c;
                }
            }
            return out;
        };
        const std::string wanted = plain(name);
        for (const FunctionSpec& spec : function_table(options_.library)) {
            if (plain(spec.name) == wanted) return "; write " + std::string(spec.name) + "()";
        }
        return {};
    }

    void bind_call(ExprNode& call, Use use) {
        std::string name = call.name;
        if (const std::size_t colon = name.find(':'); colon != std::string::npos) {
            const auto uri = uri_of(name.substr(0, colon), call.offset);
            if (!uri) return;
            name = name.substr(colon + 1);
            if (*uri == kJavaRosaUri) name = "jr:" + name;
        }
        call.function = find_function(options_.library, name);
        if (call.function == nullptr) {
            return refuse(
                CompileError::Kind::kFunction, call.offset,
                "there is no function " + call.name.substr(0, 80) + "()" + did_you_mean(name));
        }
        const FunctionSpec& spec = *call.function;
        if (!check_count(call, spec)) return;
        bind_arguments(call, spec, use);
        if (result_.error) return;
        call.kind = spec.result;
        if (spec.call == fn::if_ && call.args[1]->kind == call.args[2]->kind) {
            call.kind = call.args[1]->kind;
        }
        if (spec.call == fn::depend) call.kind = call.args[0]->kind;
        const bool at_context = (spec.flags & kReadsContext) != 0 ||
                                ((spec.flags & kContextWithoutArguments) != 0 && call.args.empty());
        call.uses_frame = at_context;
        call.asks_position = at_context && (spec.flags & kPosition) != 0;
        call.is_volatile = is_volatile(call, spec);
        call.reads_world = at_context || (spec.flags & kReadsHost) != 0;
        if (spec.call == fn::position && !call.args.empty()) result_.uses_position = true;
        if (spec.call == fn::once) result_.uses_once = true;
        if (spec.call == fn::regex) prepare_regex(call);
    }

    static bool is_volatile(const ExprNode& call, const FunctionSpec& spec) {
        // With a seed the order is always the same.
        if (spec.call == fn::randomize && call.args.size() == 2) return false;
        return (spec.flags & kVolatileCall) != 0;
    }

    static void prepare_regex(ExprNode& call) {
        const ExprNode& pattern = *call.args[1];
        if (pattern.type != NodeType::kConstant) return;
        if (auto regex = Regex::compile(to_string(pattern.constant))) {
            call.regex = std::make_shared<const Regex>(*std::move(regex));
        }
    }

    bool check_count(const ExprNode& call, const FunctionSpec& spec) {
        const std::size_t given = call.args.size();
        const bool odd_pairs = (spec.call == fn::indexed_repeat && given % 2 == 0) ||
                               (spec.call == fn::weighted_checklist && given % 2 != 0);
        if (given >= spec.args_min && !odd_pairs &&
            (spec.args_max == kAnyCount || given <= spec.args_max)) {
            return true;
        }
        std::string wanted = counted(spec.args_max);
        if (odd_pairs) {
            wanted = "its last arguments in pairs";
        } else if (spec.args_max == kAnyCount) {
            wanted = counted(spec.args_min) + " or more";
        } else if (spec.args_max != spec.args_min) {
            wanted = std::to_string(spec.args_min) + " to " + counted(spec.args_max);
        }
        refuse(CompileError::Kind::kArity, call.offset,
               call.name + "() takes " + wanted + ", and here are " + std::to_string(given));
        return false;
    }

    void bind_arguments(ExprNode& call, const FunctionSpec& spec, Use use) {
        std::size_t flattened = 0;
        for (std::size_t i = 0; i < call.args.size(); ++i) {
            if (argument_letter(spec, i) == 'F') ++flattened;
        }
        for (std::size_t i = 0; i < call.args.size(); ++i) {
            const char letter = argument_letter(spec, i);
            Use wanted = Use::kSingle;
            if (letter == 'p') wanted = use;
            if (letter == 'N' ||
                (letter == 'F' && flattened == 1 && spec.call != fn::concat_flattened)) {
                wanted = Use::kNodeSet;
            }
            bind(call.args[i], wanted);
            if (result_.error) return;
            if (letter == 'N' && !may_be_nodes(*call.args[i])) {
                refuse(CompileError::Kind::kType, call.args[i]->offset,
                       call.name + "() takes a path here, and this is a single value");
            }
        }
    }

    void bind_path(ExprNode& path, Use use) {
        path.kind = ValueKind::kNodeSet;
        path.reads_world = true;
        path.single_value = use == Use::kSingle;
        path.is_result = use == Use::kResult;
        if (path.start == PathStart::kContext) path.uses_frame = true;
        if (path.start == PathStart::kExpression) {
            bind(path.args[0], use);
            if (result_.error) return;
            if (!may_be_nodes(*path.args[0])) {
                return refuse(CompileError::Kind::kType, path.args[0]->offset,
                              "only a node-set can have predicates and steps");
            }
            inherit(path, *path.args[0]);
            bind_predicates(path, path.start_predicates);
        }
        for (Step& step : path.steps) {
            bind_test(step.test, path.offset);
            bind_predicates(path, step.predicates);
        }
        if (!result_.error) shorten(path.steps);
    }

    void bind_test(NodeTest& test, std::size_t offset) {
        if (test.kind == NodeTest::Kind::kInstruction) return;
        if (!test.prefix.empty()) {
            test.uri = uri_of(test.prefix, offset).value_or("");
            test.other_uri = test.uri;
        } else {
            test.other_uri = options_.default_namespace;
        }
    }

    void bind_predicates(ExprNode& path, std::vector<Predicate>& predicates) {
        for (Predicate& predicate : predicates) {
            bind(predicate.expr, Use::kSingle);
            if (result_.error) return;
            const ExprNode& test = *predicate.expr;
            path.is_volatile = path.is_volatile || test.is_volatile;
            predicate.positional = test.asks_position || test.kind == ValueKind::kNumber ||
                                   test.kind == ValueKind::kAny;
            if (const auto* number = std::get_if<double>(&test.constant);
                number != nullptr && test.type == NodeType::kConstant && *number >= 1 &&
                *number < 1e9 && *number == std::floor(*number)) {
                predicate.fixed_position = static_cast<std::size_t>(*number);
            }
            if (!predicate.positional) find_keys(predicate);
        }
    }

    static void find_keys(Predicate& predicate) {
        const ExprNode& test = *predicate.expr;
        if (test.type != NodeType::kAnd) {
            predicate.only_keys = add_key(test, predicate.keys);
            return;
        }
        for (const ExprPtr& conjunct : test.args)
            add_key(*conjunct, predicate.keys);
    }

    static bool add_key(const ExprNode& test, std::vector<EqualityKey>& keys) {
        if (test.type != NodeType::kEquality || test.args.size() != 2 ||
            test.operators[0] != Operator::kEqual) {
            return false;
        }
        for (std::size_t side = 0; side < 2; ++side) {
            const ExprNode& key = *test.args[side];
            const ExprNode& value = *test.args[1 - side];
            std::string signature;
            if (value.uses_frame || value.is_volatile || value.kind == ValueKind::kBoolean ||
                !is_key(key, signature)) {
                continue;
            }
            keys.push_back({&key, &value, std::move(signature)});
            return true;
        }
        return false;
    }

    static bool is_key(const ExprNode& node, std::string& signature) {
        if (node.type != NodeType::kPath || node.start != PathStart::kContext) return false;
        if (node.steps.size() == 1 && node.steps[0].axis == Axis::kSelf &&
            node.steps[0].test.kind == NodeTest::Kind::kNode) {
            signature = ".";
            return true;
        }
        for (const Step& step : node.steps) {
            const bool plain = step.axis == Axis::kChild || step.axis == Axis::kAttribute;
            if (!plain || step.test.kind != NodeTest::Kind::kName || !step.predicates.empty()) {
                return false;
            }
            signature += step.axis == Axis::kAttribute ? '@' : '/';
            signature += step.test.local + '\n' + step.test.uri + '\n' + step.test.other_uri;
        }
        return !node.steps.empty();
    }

    // `//x` is descendant-or-self::node()/child::x; without positions it is descendant::x.
    static void shorten(std::vector<Step>& steps) {
        for (std::size_t i = 0; i + 1 < steps.size(); ++i) {
            Step& any = steps[i];
            Step& next = steps[i + 1];
            if (any.axis != Axis::kDescendantOrSelf || any.test.kind != NodeTest::Kind::kNode ||
                !any.predicates.empty() || next.axis != Axis::kChild) {
                continue;
            }
            bool positional = false;
            for (const Predicate& predicate : next.predicates) {
                positional = positional || predicate.positional;
            }
            if (positional) continue;
            next.axis = Axis::kDescendant;
            steps.erase(steps.begin() + static_cast<std::ptrdiff_t>(i));
        }
    }

    // What is the same for every item of a predicate is computed once in an evaluation.
    void place_memos(ExprNode& node, bool per_item) {
        const bool same = !node.uses_frame && !node.is_volatile && node.reads_world;
        if (per_item && same && node.type != NodeType::kConstant) {
            node.memo = static_cast<int>(result_.memo_slots++);
            per_item = false;
        }
        for (ExprPtr& arg : node.args)
            place_memos(*arg, per_item);
        for (Predicate& predicate : node.start_predicates)
            place_memos(*predicate.expr, true);
        for (Step& step : node.steps) {
            for (Predicate& predicate : step.predicates)
                place_memos(*predicate.expr, true);
        }
    }

    const CompileOptions& options_;
    Bound result_;
};

}  // namespace

Bound bind(ExprPtr& root, const CompileOptions& options) {
    return Binder(options).run(root);
}

}  // namespace survey::expr
