#include "forms/definition/dependency_cycles.h"

#include <catch2/catch.hpp>

namespace survey::forms {
namespace {

expr::Expr compiled(std::string_view source) {
    expr::Expr::Compiled result = expr::Expr::compile(source);
    INFO(source);
    REQUIRE(result.expr);
    return *result.expr;
}

/// /data { a, b, c, r (repeat) { x, y } }
class Form {
  public:
    Form() {
        add("data", kNoRef);
        for (const char* name : {"a", "b", "c", "r"})
            add(name, 0);
        form.nodes[4].is_repeat = true;
        form.nodes[4].repeat_scope = 4;
        add("x", 4);
        add("y", 4);
    }
    Form& calculate(NodeRef node, std::string_view source) {
        bind(node).calculate = compiled(source);
        return *this;
    }
    Form& relevant(NodeRef node, std::string_view source) {
        bind(node).relevant = compiled(source);
        return *this;
    }
    Form& required(NodeRef node, std::string_view source) {
        bind(node).required = compiled(source);
        return *this;
    }
    Form& constraint(NodeRef node, std::string_view source) {
        bind(node).constraint = compiled(source);
        return *this;
    }
    std::vector<Cycle> cycles() const { return dependency_cycles(form); }

  private:
    Bind& bind(NodeRef node) {
        if (!form.nodes[node].bind) form.nodes[node].bind.emplace();
        return *form.nodes[node].bind;
    }
    void add(const char* name, NodeRef parent) {
        FormNode node;
        node.name.local = name;
        node.parent = parent;
        if (parent != kNoRef) {
            node.repeat_scope = form.nodes[parent].repeat_scope;
            form.nodes[parent].children.push_back(static_cast<NodeRef>(form.nodes.size()));
        }
        form.nodes.push_back(node);
    }
    FormDefinition form;
};

constexpr NodeRef kA = 1, kB = 2, kC = 3, kR = 4, kX = 5, kY = 6;

TEST_CASE("a loop is given in the order of dependence, from its first node", "[cycles]") {
    CHECK(
        Form().calculate(kC, "../a").calculate(kA, "../b").calculate(kB, "../c").cycles() ==
        std::vector<Cycle>{
            {{kA, Property::kCalculate}, {kB, Property::kCalculate}, {kC, Property::kCalculate}}});
    CHECK(Form().calculate(kA, "/data/a").cycles() ==
          std::vector<Cycle>{{{kA, Property::kCalculate}}});
    CHECK(Form().relevant(kR, "/data/a = 1").calculate(kA, "sum(/data/r/x)").cycles() ==
          std::vector<Cycle>{{{kA, Property::kCalculate}, {kR, Property::kRelevant}}});
}

TEST_CASE("of a tangle the shortest loop is told, of two tangles both", "[cycles]") {
    const auto tangle =
        Form().calculate(kA, "../b").calculate(kB, "../c + ../a").calculate(kC, "../b").cycles();
    CHECK(tangle == std::vector<Cycle>{{{kA, Property::kCalculate}, {kB, Property::kCalculate}}});
    CHECK(Form().calculate(kA, ".").calculate(kB, "../c").calculate(kC, "../b").cycles().size() ==
          2);
}

TEST_CASE("chains, shared sources and constraints are no loops", "[cycles]") {
    CHECK(Form().calculate(kA, "../b").calculate(kC, "../a + ../b").cycles().empty());
    CHECK(Form().constraint(kA, ". > ../b").constraint(kB, ". < ../a").cycles().empty());
    CHECK(Form().relevant(kR, "/data/a").calculate(kX, "../y").cycles().empty());
}

TEST_CASE("what is required is seen by nobody else", "[cycles]") {
    CHECK(Form().required(kA, "../b != ''").required(kB, "../a != ''").cycles().empty());
    CHECK(Form().required(kA, ". != ''").cycles().size() == 1);
}

TEST_CASE("another instance of the repeat is no loop, the own and all of them are", "[cycles]") {
    CHECK(Form().calculate(kX, "../../r[position() = 1]/x").cycles().empty());
    CHECK(Form().calculate(kX, "indexed-repeat(/data/r/x, /data/r, 1)").cycles().empty());
    CHECK(Form().calculate(kX, "count(../../r[x > 1])").cycles().empty());
    CHECK(Form().calculate(kX, "../y").calculate(kY, "/data/r[1]/x").cycles().empty());
    CHECK(Form().calculate(kX, "sum(../../r/x)").cycles().size() == 1);
    CHECK(Form().calculate(kX, "/data/r/x").cycles().size() == 1);
    CHECK(Form().calculate(kX, "../y").calculate(kY, "../x").cycles().size() == 1);
    // The reader outside of the repeat is in no instance of it.
    CHECK(Form().calculate(kA, "/data/r[1]/x").calculate(kX, "/data/a").cycles().size() == 1);
}

}  // namespace
}  // namespace survey::forms
