#include "forms/expr/parser.h"

#include <array>
#include <utility>

#include "forms/expr/lexer.h"

namespace survey::expr {

namespace {

struct BinaryOperator {
    TokenKind token;
    int level;  // 1 binds loosest
    NodeType type;
    Operator op;
};

constexpr std::array<BinaryOperator, 13> kBinaryOperators = {{
    {TokenKind::kOr, 1, NodeType::kOr, Operator::kEqual},
    {TokenKind::kAnd, 2, NodeType::kAnd, Operator::kEqual},
    {TokenKind::kEqual, 3, NodeType::kEquality, Operator::kEqual},
    {TokenKind::kNotEqual, 3, NodeType::kEquality, Operator::kNotEqual},
    {TokenKind::kLess, 4, NodeType::kRelational, Operator::kLess},
    {TokenKind::kLessEqual, 4, NodeType::kRelational, Operator::kLessEqual},
    {TokenKind::kGreater, 4, NodeType::kRelational, Operator::kGreater},
    {TokenKind::kGreaterEqual, 4, NodeType::kRelational, Operator::kGreaterEqual},
    {TokenKind::kPlus, 5, NodeType::kAdditive, Operator::kPlus},
    {TokenKind::kMinus, 5, NodeType::kAdditive, Operator::kMinus},
    {TokenKind::kMultiply, 6, NodeType::kMultiplicative, Operator::kMultiply},
    {TokenKind::kDivide, 6, NodeType::kMultiplicative, Operator::kDivide},
    {TokenKind::kModulo, 6, NodeType::kMultiplicative, Operator::kModulo},
}};

constexpr std::array<std::pair<std::string_view, Axis>, 13> kAxes = {{
    {"ancestor", Axis::kAncestor},
    {"ancestor-or-self", Axis::kAncestorOrSelf},
    {"attribute", Axis::kAttribute},
    {"child", Axis::kChild},
    {"descendant", Axis::kDescendant},
    {"descendant-or-self", Axis::kDescendantOrSelf},
    {"following", Axis::kFollowing},
    {"following-sibling", Axis::kFollowingSibling},
    {"namespace", Axis::kNamespace},
    {"parent", Axis::kParent},
    {"preceding", Axis::kPreceding},
    {"preceding-sibling", Axis::kPrecedingSibling},
    {"self", Axis::kSelf},
}};

Step node_step(Axis axis) {
    Step step;
    step.axis = axis;
    step.test.kind = NodeTest::Kind::kNode;
    return step;
}

class Parser {
  public:
    explicit Parser(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}

    Parsed run() {
        ExprPtr root = nested();
        if (!error_ && token().kind != TokenKind::kEnd) {
            refuse(token().kind == TokenKind::kClose ? "this \")\" closes nothing"
                                                     : "the expression should end here");
        }
        if (error_) return {nullptr, std::move(error_)};
        return {std::move(root), std::nullopt};
    }

  private:
    const Token& token(std::size_t ahead = 0) const {
        return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
    }
    bool is(TokenKind kind) const { return token().kind == kind; }
    bool take(TokenKind kind) {
        if (error_ || !is(kind)) return false;
        ++at_;
        return true;
    }
    void refuse(std::string message, CompileError::Kind kind = CompileError::Kind::kParse) {
        if (!error_) error_ = CompileError{kind, token().offset, std::move(message)};
    }
    ExprPtr make(NodeType type, std::size_t offset) const {
        auto node = std::make_unique<ExprNode>();
        node->type = type;
        node->offset = offset;
        return node;
    }

    // An expression inside another one, or the whole.
    ExprPtr nested() {
        if (depth_ == kNestingMax) {
            refuse("the expression is nested more than " + std::to_string(kNestingMax) +
                       " levels deep",
                   CompileError::Kind::kLimit);
            return make(NodeType::kConstant, 0);
        }
        ++depth_;
        ExprPtr node = operators(1);
        --depth_;
        return node;
    }

    static const BinaryOperator* binary_operator(TokenKind kind) {
        for (const BinaryOperator& candidate : kBinaryOperators) {
            if (candidate.token == kind) return &candidate;
        }
        return nullptr;
    }

    // Precedence climbing: everything that binds at least as tightly as `level`.
    ExprPtr operators(int level) {
        ExprPtr left = unary();
        while (!error_) {
            const BinaryOperator* op = binary_operator(token().kind);
            if (op == nullptr || op->level < level) break;
            ExprPtr chain = make(op->type, token().offset);
            chain->args.push_back(std::move(left));
            const int chain_level = op->level;
            while (!error_ && op != nullptr && op->level == chain_level) {
                ++at_;
                chain->operators.push_back(op->op);
                chain->args.push_back(operators(chain_level + 1));
                op = binary_operator(token().kind);
            }
            left = std::move(chain);
        }
        return left;
    }

    ExprPtr unary() {
        const std::size_t offset = token().offset;
        std::size_t minuses = 0;
        while (take(TokenKind::kMinus))
            ++minuses;
        ExprPtr node = path();
        if (!error_ && is(TokenKind::kUnion)) {
            ExprPtr all = make(NodeType::kUnion, offset);
            all->args.push_back(std::move(node));
            while (take(TokenKind::kUnion))
                all->args.push_back(path());
            node = std::move(all);
        }
        // Two minuses cancel out, but still ask for a number.
        const std::size_t needed = minuses == 0 ? 0 : 2 - minuses % 2;
        for (std::size_t i = 0; i < needed; ++i) {
            ExprPtr negated = make(NodeType::kNegate, offset);
            negated->args.push_back(std::move(node));
            node = std::move(negated);
        }
        return node;
    }

    bool starts_step() const {
        switch (token().kind) {
            case TokenKind::kName:
            case TokenKind::kNodeType:
            case TokenKind::kAxis:
            case TokenKind::kAt:
            case TokenKind::kDot:
            case TokenKind::kDoubleDot:
                return true;
            default:
                return false;
        }
    }

    ExprPtr path() {
        ExprPtr node = make(NodeType::kPath, token().offset);
        if (take(TokenKind::kSlash)) {
            node->start = PathStart::kRoot;
            if (starts_step()) relative(*node);
            return node;
        }
        if (take(TokenKind::kDoubleSlash)) {
            node->start = PathStart::kRoot;
            node->steps.push_back(node_step(Axis::kDescendantOrSelf));
            relative(*node);
            return node;
        }
        if (starts_step()) {
            relative(*node);
            return node;
        }
        ExprPtr start = primary();
        if (error_) return node;
        if (!is(TokenKind::kOpenPredicate) && !is(TokenKind::kSlash) &&
            !is(TokenKind::kDoubleSlash)) {
            return start;
        }
        node->start = PathStart::kExpression;
        node->args.push_back(std::move(start));
        predicates(node->start_predicates);
        if (take(TokenKind::kSlash)) {
            relative(*node);
        } else if (take(TokenKind::kDoubleSlash)) {
            node->steps.push_back(node_step(Axis::kDescendantOrSelf));
            relative(*node);
        }
        return node;
    }

    void relative(ExprNode& node) {
        do {
            step(node);
            if (take(TokenKind::kDoubleSlash)) {
                node.steps.push_back(node_step(Axis::kDescendantOrSelf));
            } else if (!take(TokenKind::kSlash)) {
                return;
            }
        } while (!error_);
    }

    void step(ExprNode& node) {
        if (take(TokenKind::kDot)) {
            node.steps.push_back(node_step(Axis::kSelf));
            return;
        }
        if (take(TokenKind::kDoubleDot)) {
            node.steps.push_back(node_step(Axis::kParent));
            return;
        }
        Step step;
        if (take(TokenKind::kAt)) {
            step.axis = Axis::kAttribute;
        } else if (is(TokenKind::kAxis)) {
            step.axis = axis();
        }
        node_test(step.test);
        predicates(step.predicates);
        node.steps.push_back(std::move(step));
    }

    Axis axis() {
        for (const auto& [name, value] : kAxes) {
            if (token().text != name) continue;
            ++at_;
            take(TokenKind::kDoubleColon);
            return value;
        }
        refuse("\"" + std::string(token().text) + "\" is not an axis");
        return Axis::kChild;
    }

    void node_test(NodeTest& test) {
        const std::string_view text = token().text;
        if (take(TokenKind::kNodeType)) {
            test.kind = text == "comment" ? NodeTest::Kind::kComment
                        : text == "text"  ? NodeTest::Kind::kText
                        : text == "node"  ? NodeTest::Kind::kNode
                                          : NodeTest::Kind::kInstruction;
            take(TokenKind::kOpen);
            if (test.kind == NodeTest::Kind::kInstruction && is(TokenKind::kLiteral)) {
                test.local = token().text;
                ++at_;
            }
            if (!take(TokenKind::kClose)) refuse("expected \")\" after the node type");
            return;
        }
        if (!take(TokenKind::kName)) {
            refuse(is(TokenKind::kEnd) ? "the path ends with a slash or an axis: a name is missing"
                                       : "expected a name here");
            return;
        }
        if (text == "*") {
            test.kind = NodeTest::Kind::kAnyName;
            return;
        }
        const std::size_t colon = text.find(':');
        if (colon == std::string_view::npos) {
            test.local = text;
            return;
        }
        test.prefix = text.substr(0, colon);
        test.local = text.substr(colon + 1);
        if (test.local == "*") test.kind = NodeTest::Kind::kInNamespace;
    }

    void predicates(std::vector<Predicate>& into) {
        while (take(TokenKind::kOpenPredicate)) {
            Predicate predicate;
            predicate.expr = nested();
            if (!take(TokenKind::kClosePredicate)) refuse("expected \"]\" here");
            into.push_back(std::move(predicate));
        }
    }

    ExprPtr primary() {
        const Token start = token();
        if (take(TokenKind::kOpen)) {
            ExprPtr node = nested();
            if (!take(TokenKind::kClose)) refuse("expected \")\" here");
            return node;
        }
        ExprPtr node = make(NodeType::kConstant, start.offset);
        if (take(TokenKind::kLiteral)) {
            node->constant = std::string(start.text);
        } else if (take(TokenKind::kNumber)) {
            node->constant = start.number;
        } else if (take(TokenKind::kFunction)) {
            node->type = NodeType::kCall;
            node->name = start.text;
            arguments(*node);
        } else if (is(TokenKind::kEnd)) {
            refuse(at_ == 0 ? "the expression is empty" : "the expression ends too early");
        } else {
            refuse(misplaced(start));
        }
        return node;
    }

    // Operators as other languages write them come as two of ours, side by side.
    std::string misplaced(const Token& token) const {
        static constexpr std::pair<std::string_view, std::string_view> kForeign[] = {
            {"==", "="}, {"||", "or"}, {"<>", "!="}, {"=>", ">="}, {"=<", "<="}};
        if (at_ > 0 && tokens_[at_ - 1].offset + tokens_[at_ - 1].text.size() == token.offset) {
            const std::string both =
                std::string(tokens_[at_ - 1].text) + std::string(token.text.substr(0, 60));
            for (const auto& [foreign, ours] : kForeign) {
                if (both == foreign) {
                    return "\"" + both + "\" is not an operator: write " + std::string(ours);
                }
            }
        }
        return "\"" + std::string(token.text.substr(0, 60)) + "\" cannot stand here";
    }

    void arguments(ExprNode& call) {
        take(TokenKind::kOpen);
        if (take(TokenKind::kClose)) return;
        do {
            call.args.push_back(nested());
        } while (take(TokenKind::kComma));
        if (!take(TokenKind::kClose)) refuse("expected \",\" or \")\" here");
    }

    std::vector<Token> tokens_;
    std::size_t at_ = 0;
    std::size_t depth_ = 0;
    std::optional<CompileError> error_;
};

}  // namespace

Parsed parse(std::string_view source, Library library) {
    if (source.size() > kSourceBytesMax) {
        return {nullptr, CompileError{CompileError::Kind::kLimit, 0,
                                      "the expression is longer than 256 KiB"}};
    }
    Tokens tokens = tokenize(source, library);
    if (tokens.error) return {nullptr, std::move(tokens.error)};
    return Parser(std::move(tokens.tokens)).run();
}

}  // namespace survey::expr
