// Random expressions: whatever is written, it is compiled or refused, and evaluated or failed.
#include <array>

#include "common/base/random.h"
#include "forms/expr/functions.h"
#include "tests/unit/forms/expr/test_tree.h"

namespace survey::expr {
namespace {

constexpr std::array kPieces = {
    "(",
    ")",
    "[",
    "]",
    "/",
    "//",
    ".",
    "..",
    "@",
    ",",
    "|",
    "+",
    "-",
    "*",
    " div ",
    " mod ",
    " and ",
    " or ",
    "=",
    "!=",
    "<",
    "<=",
    ">",
    ">=",
    "1",
    "0.5",
    "'x'",
    "''",
    "a",
    "b",
    "d",
    "r",
    "x:y",
    "jr:z",
    "::",
    "child::",
    "$v",
    "text()",
    "node()",
    "comment()",
    "'2024-01-01'",
    "ancestor::",
    "following::*",
    "-1",
    "preceding::*",
    "self::node()",
    "1e9",
    "\xC3\xA4",
    "\xFF",
    "'",
    "\"",
    ":",
    "!",
    " ",
    "current()",
};

class FuzzHost final : public Host {
  public:
    explicit FuzzHost(const TestTree& tree) : tree_(tree) {}
    NodeView instance(std::string_view) const override {
        return {&tree_, tree_.document_element()};
    }
    IndexCache* indexes() const override { return &indexes_; }
    Instant now() const override { return {}; }
    const TimeZone& time_zone() const override { return zone_; }
    Random& random() const override { return random_; }

  private:
    const TestTree& tree_;
    FixedOffset zone_{std::chrono::minutes(90)};
    mutable SeededRandom random_{1};
    mutable IndexCache indexes_;
};

const char* kDocument =
    "<d><a i='1'>1</a><a>x</a><r><b>2</b><b/><!--c--></r><r><b>3</b></r><r>2024-01-01</r></d>";

void evaluate_everywhere(const Expr& expression, const TestTree& tree, const Host& host) {
    EvalContext context;
    context.host = &host;
    for (NodeIndex node = 0; node < 8; ++node) {
        context.node = {&tree, node};
        const auto value = expression.evaluate(context);
        const auto text = expression.evaluate_string(context);
        if (!expression.is_volatile()) CHECK(value.has_value() == text.has_value());
        (void)expression.evaluate_nodes(context).has_value();
        (void)expression.evaluate_number(context).has_value();
        (void)expression.evaluate_boolean(context).has_value();
    }
}

TEST_CASE("token soup is compiled or refused", "[expr][fuzz]") {
    const std::uint64_t seed = 20261125;
    CAPTURE(seed);
    SeededRandom random(seed);
    const TestTree tree(kDocument);
    const FuzzHost host(tree);
    std::size_t accepted = 0;
    for (int round = 0; round < 20'000; ++round) {
        std::string source;
        for (std::uint64_t i = random.below(9) + 1; i > 0; --i) {
            source += kPieces[random.below(kPieces.size())];
        }
        const auto result = Expr::compile(source);
        REQUIRE(result.expr.has_value() != result.error.has_value());
        if (result.error) {
            CHECK(result.error->offset <= source.size());
            CHECK_FALSE(result.error->message.empty());
            continue;
        }
        ++accepted;
        CAPTURE(source);
        evaluate_everywhere(*result.expr, tree, host);
    }
    CHECK(accepted > 500);
}

std::string random_expression(Random& random, int depth) {
    const auto table = function_table(Library::kOpenRosa);
    if (depth == 0 || random.below(4) == 0) {
        static constexpr std::array kLeaves = {"a",  "/d/r", "'x'", "3",  "//b",          ".",
                                               "''", "-2",   "@i",  "..", "'2024-01-01'", "/d/r/b"};
        return kLeaves[random.below(kLeaves.size())];
    }
    const auto inner = [&] { return random_expression(random, depth - 1); };
    switch (random.below(5)) {
        case 0: {
            static constexpr std::array kOperators = {" + ",  " - ",   " * ",   " = ",
                                                      " != ", " < ",   " and ", " or ",
                                                      " | ",  " div ", " mod "};
            const std::string left = inner();
            return left + kOperators[random.below(kOperators.size())] + inner();
        }
        case 1:
            return "/d/*[" + inner() + "]";
        case 2:
            return "(" + inner() + ")";
        default: {
            const FunctionSpec& spec = table[random.below(table.size())];
            const std::uint64_t extra = random.below(3);
            std::string call(spec.name);
            call += '(';
            for (std::uint64_t i = 0; i < spec.args_min + extra; ++i) {
                if (i >= spec.args_max) break;
                if (i > 0) call += ", ";
                call += inner();
            }
            return call + ")";
        }
    }
}

TEST_CASE("random calls of all functions give a value or a failure", "[expr][fuzz]") {
    const std::uint64_t seed = 4711;
    CAPTURE(seed);
    SeededRandom random(seed);
    const TestTree tree(kDocument);
    const FuzzHost host(tree);
    std::size_t accepted = 0;
    for (int round = 0; round < 6'000; ++round) {
        const std::string source = random_expression(random, 4);
        CAPTURE(source);
        const auto result = Expr::compile(source);
        if (!result.expr) continue;
        ++accepted;
        evaluate_everywhere(*result.expr, tree, host);
    }
    CHECK(accepted > 1'000);
}

}  // namespace
}  // namespace survey::expr
