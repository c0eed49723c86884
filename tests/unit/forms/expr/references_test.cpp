#include "tests/unit/forms/expr/test_tree.h"

namespace survey::expr {
namespace {

// "/data/r[]/a set" and the like.
std::string describe(const PathReference& reference) {
    std::string text;
    switch (reference.origin) {
        case PathReference::Origin::kRoot:
            break;
        case PathReference::Origin::kContext:
            text = ".";
            break;
        case PathReference::Origin::kInstance:
            text = "#" + reference.instance_id;
            break;
        case PathReference::Origin::kUnknown:
            text = "?";
            break;
    }
    for (const PathReference::Step& step : reference.steps) {
        text += "/";
        switch (step.axis) {
            case PathReference::Axis::kChild:
                text += step.name;
                break;
            case PathReference::Axis::kParent:
                text += "..";
                break;
            case PathReference::Axis::kSelf:
                text += ".";
                break;
            case PathReference::Axis::kAttribute:
                text += "@" + step.name;
                break;
            case PathReference::Axis::kOther:
                text += "~" + step.name;
                break;
        }
        if (step.has_predicate) text += "[]";
    }
    if (reference.as_node_set) text += " set";
    if (reference.in_predicate) text += " in";
    return text;
}

std::vector<std::string> references(std::string_view source) {
    std::vector<std::string> all;
    const Expr expression = compiled(source);
    for (const PathReference& reference : expression.references()) {
        all.push_back(describe(reference));
    }
    return all;
}

using List = std::vector<std::string>;

TEST_CASE("an expression knows its paths, outermost first", "[expr][references]") {
    CHECK(references("/data/a + ../b * @c") == List{"/data/a", "./../b", "./@c"});
    CHECK(references(".") == List{"./."});
    CHECK(references("current()/../a") == List{"./../a"});
    CHECK(references("string() = 'x'") == List{"./."});
    CHECK(references("1 + 1") == List{});
    CHECK(references("/data//a") == List{"/data/~a"});
    CHECK(references("/data/*/text()") == List{"/data/*/*"});
    CHECK(references("if(/data/a, /data/b, 'x')") == List{"/data/a", "/data/b"});
}

TEST_CASE("paths that a function takes as node-sets say so", "[expr][references]") {
    CHECK(references("sum(/data/r/a)") == List{"/data/r/a set"});
    CHECK(references("count(../r) + /data/r") == List{"./../r set", "/data/r"});
    CHECK(references("max(/data/a, /data/b)") == List{"/data/a", "/data/b"});
    CHECK(references("max(/data/r/a)") == List{"/data/r/a set"});
    CHECK(references("indexed-repeat(/d/r/a, /d/r, /d/i)") ==
          List{"/d/r/a set", "/d/r set", "/d/i"});
    CHECK(references("position(..)") == List{"./.."});
}

TEST_CASE("paths in predicates start where the path with the predicate does",
          "[expr][references]") {
    CHECK(references("/data/r[x = /data/y]/a") ==
          List{"/data/r[]/a", "/data/r[]/x in", "/data/y in"});
    CHECK(references("instance('l')/root/item[name = current()/../c]/label") ==
          List{"#l/root/item[]/label", "#l/root/item[]/name in", "./../c in"});
    CHECK(references("../r[position() < position(current()/..)]/a") ==
          List{"./../r[]/a", "./.. in"});
    CHECK(references("a[string-length() > 3]") == List{"./a[]", "./a[]/. in"});
    CHECK(references("(/data/a)[x]/b") == List{"/data/a[]/b", "/data/a/x in"});
}

TEST_CASE("lists are named by their instance", "[expr][references]") {
    CHECK(references("pulldata('villages', 'name', 'code', /data/v)") ==
          List{"/data/v", "#villages/root/item[]/name"});
    CHECK(references("instance(/data/which)/root/item") == List{"?/root/item", "/data/which"});
    CHECK(references("randomize(instance('l')/root/item)") == List{"#l/root/item set"});
    CHECK(references("(a | b)/c") == List{"?/c", "./a", "./b"});
}

TEST_CASE("the quoted path of jr:choice-name is a path too", "[expr][references]") {
    CHECK(references("jr:choice-name(/data/f, ' /data/f ')") == List{"/data/f", "/data/f"});
    CHECK(references("jr:choice-name('a', '../f')") == List{"./../f"});
    CHECK(references("jr:choice-name('a', 'not a path')") == List{});
    const Expr expression = compiled("jr:choice-name(/data/f, '/data/g')");
    REQUIRE(expression.references().size() == 2);
    CHECK(expression.references()[0].offset == 15);
    CHECK(expression.references()[1].offset == 24);
}

}  // namespace
}  // namespace survey::expr
