#include "forms/expr/evaluator.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "forms/expr/calendar.h"
#include "forms/expr/conversion.h"
#include "forms/expr/functions.h"

namespace survey::expr {

namespace {

NodeView default_root(const EvalContext& context) {
    if (!context.root.is_null()) return context.root;
    const NodeView& node = context.current.is_null() ? context.node : context.current;
    if (node.is_null()) return {};
    return {node.tree, node.tree->document()};
}

}  // namespace

Evaluator::Evaluator(const EvalContext& context, std::size_t memo_slots, Library library,
                     bool wants_nodes)
    : context_(context),
      root_(default_root(context)),
      library_(library),
      wants_nodes_(wants_nodes),
      memo_(memo_slots) {}

void Evaluator::stop(ErrorCode code, std::string message) {
    if (!error_) error_ = fail(code, std::move(message));
}

bool Evaluator::charge(std::uint64_t steps) {
    steps_ += steps;
    if (steps_ > kStepsMax) stop(ErrorCode::kLimit, "the expression takes too many steps");
    return !stopped();
}

bool Evaluator::check_length(std::size_t bytes) {
    if (bytes > kStringBytesMax) {
        stop(ErrorCode::kLimit, "the expression makes a text of more than 16 MiB");
    }
    return !stopped();
}

const Host& Evaluator::host() {
    class NoHost final : public Host {
      public:
        Instant now() const override { return {}; }
        const TimeZone& time_zone() const override {
            static const FixedOffset kUtc{std::chrono::minutes(0)};
            return kUtc;
        }
        Random& random() const override {
            static SeededRandom random(0);
            return random;
        }
    };
    static const NoHost kNoHost;
    if (context_.host != nullptr) return *context_.host;
    stop(ErrorCode::kUnsupported,
         "the expression asks for the time, chance or an instance, which "
         "are not to be had here");
    return kNoHost;
}

const TimeZone& Evaluator::time_zone() const {
    static const FixedOffset kUtc{std::chrono::minutes(0)};
    return context_.host == nullptr ? kUtc : context_.host->time_zone();
}

std::string Evaluator::to_text(const NodeView& node) {
    std::string text;
    if (node.is_null()) return text;
    node.tree->append_string_value(node.index, text);
    charge(1 + text.size() / 64);
    check_length(text.size());
    return text;
}

double Evaluator::text_number(std::string_view text) const {
    return library_ == Library::kCore ? plain_number(text) : read_number(text, time_zone());
}

double Evaluator::to_number(const NodeView& node) {
    return text_number(to_text(node));
}

double Evaluator::to_number(const Value& value) {
    if (const auto* number = std::get_if<double>(&value)) return *number;
    if (const auto* truth = std::get_if<bool>(&value)) return *truth ? 1 : 0;
    if (const auto* text = std::get_if<std::string>(&value)) return text_number(*text);
    const NodeSet& nodes = *std::get_if<NodeSet>(&value);
    return to_number(nodes.empty() ? NodeView() : nodes.front());
}

const Value& Evaluator::memoised(const ExprNode& node, const Frame& frame) {
    std::optional<Value>& slot = memo_[static_cast<std::size_t>(node.memo)];
    if (!slot) {
        Value value = compute(node, frame);
        slot = std::move(value);
    }
    return *slot;
}

Value Evaluator::value(const ExprNode& node, const Frame& frame) {
    if (node.memo >= 0) return memoised(node, frame);
    return compute(node, frame);
}

std::string Evaluator::text_of(const Value& value) {
    if (const auto* nodes = std::get_if<NodeSet>(&value)) {
        return nodes->empty() ? std::string() : to_text(nodes->front());
    }
    return to_string(value);
}

std::string Evaluator::string(const ExprNode& node, const Frame& frame) {
    if (node.memo >= 0) return text_of(memoised(node, frame));
    if (node.type == NodeType::kConstant) return to_string(node.constant);
    if (node.type == NodeType::kPath) {
        const NodeSet found = path(node, frame, true);
        return found.empty() ? std::string() : to_text(found.front());
    }
    Value result = compute(node, frame);
    if (auto* text = std::get_if<std::string>(&result)) return std::move(*text);
    return text_of(result);
}

double Evaluator::number(const ExprNode& node, const Frame& frame) {
    if (node.memo >= 0) return to_number(memoised(node, frame));
    if (node.type == NodeType::kConstant) return to_number(node.constant);
    if (node.type == NodeType::kPath) return text_number(string(node, frame));
    return to_number(compute(node, frame));
}

bool Evaluator::boolean(const ExprNode& node, const Frame& frame) {
    return node.memo >= 0 ? to_boolean(memoised(node, frame)) : truth(node, frame);
}

bool Evaluator::truth(const ExprNode& node, const Frame& frame) {
    switch (node.type) {
        case NodeType::kOr:
            return std::any_of(node.args.begin(), node.args.end(), [&](const ExprPtr& arg) {
                return !stopped() && boolean(*arg, frame);
            });
        case NodeType::kAnd:
            return std::all_of(node.args.begin(), node.args.end(), [&](const ExprPtr& arg) {
                return !stopped() && boolean(*arg, frame);
            });
        case NodeType::kEquality:
        case NodeType::kRelational:
            return comparison(node, frame);
        case NodeType::kPath:
            return !path(node, frame, true).empty();
        default:
            return to_boolean(compute(node, frame));
    }
}

NodeSet Evaluator::nodes(const ExprNode& node, const Frame& frame) {
    if (node.memo < 0 && node.type == NodeType::kPath) return path(node, frame, false);
    Value result = value(node, frame);
    if (auto* nodes = std::get_if<NodeSet>(&result)) return std::move(*nodes);
    stop(ErrorCode::kInvalidInput,
         "a node-set is wanted where the expression gives a single value");
    return {};
}

Value Evaluator::compute(const ExprNode& node, const Frame& frame) {
    if (!charge(1)) return false;
    switch (node.type) {
        case NodeType::kConstant:
            return node.constant;
        case NodeType::kOr:
        case NodeType::kAnd:
        case NodeType::kEquality:
        case NodeType::kRelational:
            return truth(node, frame);
        case NodeType::kAdditive:
        case NodeType::kMultiplicative:
            return arithmetic(node, frame);
        case NodeType::kNegate:
            return -number(*node.args[0], frame);
        case NodeType::kUnion:
            return unite(node, frame);
        case NodeType::kPath:
            return path(node, frame, false);
        case NodeType::kCall:
            break;
    }
    Call call(*this, node, frame);
    Value result = node.function->call(call);
    if (const auto* text = std::get_if<std::string>(&result)) {
        charge(text->size() / 64);
        check_length(text->size());
    }
    return result;
}

Value Evaluator::arithmetic(const ExprNode& node, const Frame& frame) {
    double result = number(*node.args[0], frame);
    for (std::size_t i = 1; i < node.args.size() && !stopped(); ++i) {
        const double operand = number(*node.args[i], frame);
        switch (node.operators[i - 1]) {
            case Operator::kPlus:
                result += operand;
                break;
            case Operator::kMinus:
                result -= operand;
                break;
            case Operator::kMultiply:
                result *= operand;
                break;
            case Operator::kDivide:
                result /= operand;
                break;
            default:
                result = std::fmod(result, operand);
                break;  // sign of the dividend: 3.5
        }
    }
    return result;
}

Value Evaluator::unite(const ExprNode& node, const Frame& frame) {
    NodeSet all;
    for (const ExprPtr& arg : node.args) {
        NodeSet part = nodes(*arg, frame);
        if (stopped()) return all;
        all.insert(all.end(), part.begin(), part.end());
    }
    charge(all.size());
    sort_nodes(all);
    return all;
}

// Hidden answers are in no node-set, yet a comparison reads them as blank: `${hidden} != 'x'`
// holds. So does a function without a node to give. A path that leads nowhere stays XPath's empty
// set.
Value Evaluator::operand(const ExprNode& node, const Frame& frame) {
    Value result = value(node, frame);
    const auto* nodes = std::get_if<NodeSet>(&result);
    if (nodes == nullptr || !nodes->empty() || library_ == Library::kCore) return result;
    const bool is_blank = node.type == NodeType::kCall ||
                          (node.type == NodeType::kPath && !path(node, frame, true, true).empty());
    return is_blank ? Value(std::string()) : std::move(result);
}

bool Evaluator::comparison(const ExprNode& node, const Frame& frame) {
    Value left = operand(*node.args[0], frame);
    for (std::size_t i = 1; i < node.args.size() && !stopped(); ++i) {
        const Value right = operand(*node.args[i], frame);
        if (stopped()) return false;
        left = compare(node.operators[i - 1], left, right);
    }
    return to_boolean(left);
}

namespace {

bool is_equality(Operator op) {
    return op == Operator::kEqual || op == Operator::kNotEqual;
}

bool ordered(Operator op, double a, double b) {
    switch (op) {
        case Operator::kLess:
            return a < b;
        case Operator::kLessEqual:
            return a <= b;
        case Operator::kGreater:
            return a > b;
        default:
            return a >= b;
    }
}

}  // namespace

bool Evaluator::numbers_equal(double a, double b) const {
    if (a == b) return true;
    return library_ == Library::kOpenRosa && std::fabs(a - b) < kTolerance;
}

// Texts are ordered as numbers. A date beside a date-time is its local midnight, so that now() is
// not before today(); as a number of days it would be whole.
bool Evaluator::texts_ordered(Operator op, std::string_view a, std::string_view b) const {
    if (library_ == Library::kOpenRosa && a.size() != b.size()) {
        const auto left = parse_date_time(a);
        const auto right = left ? parse_date_time(b) : std::nullopt;
        if (right && left->has_time != right->has_time) {
            const auto instant = [this](const DateTime& time) {
                return static_cast<double>(
                    to_instant(time, time_zone()).time_since_epoch().count());
            };
            return ordered(op, instant(*left), instant(*right));
        }
    }
    return ordered(op, text_number(a), text_number(b));
}

// Section 3.4 of XPath 1.0.
bool Evaluator::compare(Operator op, const Value& a, const Value& b) {
    const auto* a_nodes = std::get_if<NodeSet>(&a);
    const auto* b_nodes = std::get_if<NodeSet>(&b);
    const bool any_boolean = std::holds_alternative<bool>(a) || std::holds_alternative<bool>(b);
    if (!any_boolean) {
        if (a_nodes != nullptr && b_nodes != nullptr) return compare_sets(op, *a_nodes, *b_nodes);
        if (a_nodes != nullptr) return compare_set(op, *a_nodes, b, true);
        if (b_nodes != nullptr) return compare_set(op, *b_nodes, a, false);
    }
    if (!is_equality(op)) {
        const auto* a_text = std::get_if<std::string>(&a);
        const auto* b_text = std::get_if<std::string>(&b);
        if (a_text != nullptr && b_text != nullptr) return texts_ordered(op, *a_text, *b_text);
        // A node-set beside a boolean is a boolean.
        const double left = a_nodes != nullptr ? (a_nodes->empty() ? 0 : 1) : to_number(a);
        const double right = b_nodes != nullptr ? (b_nodes->empty() ? 0 : 1) : to_number(b);
        return ordered(op, left, right);
    }
    bool equal = false;
    if (any_boolean) {
        equal = to_boolean(a) == to_boolean(b);
    } else if (std::holds_alternative<double>(a) || std::holds_alternative<double>(b)) {
        equal = numbers_equal(to_number(a), to_number(b));
    } else {
        equal = *std::get_if<std::string>(&a) == *std::get_if<std::string>(&b);
    }
    return equal == (op == Operator::kEqual);
}

bool Evaluator::compare_set(Operator op, const NodeSet& set, const Value& other, bool set_is_left) {
    const auto* text = std::get_if<std::string>(&other);
    const bool as_text = is_equality(op) && text != nullptr;
    const double number = as_text ? 0 : to_number(other);
    for (const NodeView& node : set) {
        const std::string item = to_text(node);
        if (stopped()) return false;
        bool holds = false;
        if (as_text) {
            holds = (item == *text) == (op == Operator::kEqual);
        } else if (text != nullptr) {
            holds = set_is_left ? texts_ordered(op, item, *text) : texts_ordered(op, *text, item);
        } else {
            const double left = set_is_left ? text_number(item) : number;
            const double right = set_is_left ? number : text_number(item);
            holds = is_equality(op) ? numbers_equal(left, right) == (op == Operator::kEqual)
                                    : ordered(op, left, right);
        }
        if (holds) return true;
    }
    return false;
}

bool Evaluator::compare_sets(Operator op, const NodeSet& a, const NodeSet& b) {
    if (a.empty() || b.empty()) return false;
    if (!is_equality(op)) {
        // Some pair is ordered if the extremes are: no need to look at each pair.
        const auto extremes = [this](const NodeSet& nodes, double& low, double& high) {
            low = std::numeric_limits<double>::infinity();
            high = -low;
            bool any = false;
            for (const NodeView& node : nodes) {
                const double number = to_number(node);
                if (std::isnan(number)) continue;
                low = std::min(low, number);
                high = std::max(high, number);
                any = true;
            }
            return any;
        };
        double a_low = 0, a_high = 0, b_low = 0, b_high = 0;
        if (!extremes(a, a_low, a_high) || !extremes(b, b_low, b_high)) return false;
        const bool up = op == Operator::kLess || op == Operator::kLessEqual;
        return ordered(op, up ? a_low : a_high, up ? b_high : b_low);
    }
    std::vector<std::string> texts;
    texts.reserve(b.size());
    for (const NodeView& node : b)
        texts.push_back(to_text(node));
    std::sort(texts.begin(), texts.end());
    const bool one_text = texts.front() == texts.back();
    for (const NodeView& node : a) {
        const std::string item = to_text(node);
        if (stopped()) return false;
        if (op == Operator::kEqual) {
            if (std::binary_search(texts.begin(), texts.end(), item)) return true;
        } else if (!one_text || item != texts.front()) {
            return true;
        }
    }
    return false;
}

bool precedes(const NodeView& a, const NodeView& b) {
    if (a.tree != b.tree) return std::less<const NodeTree*>()(a.tree, b.tree);
    return a.index != b.index && a.tree->precedes(a.index, b.index);
}

void sort_nodes(NodeSet& nodes) {
    bool in_order = true;
    for (std::size_t i = 1; i < nodes.size() && in_order; ++i) {
        in_order = precedes(nodes[i - 1], nodes[i]);
    }
    if (in_order) return;
    std::sort(nodes.begin(), nodes.end(), precedes);
    nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
}

}  // namespace survey::expr
