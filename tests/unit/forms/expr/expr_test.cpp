#include "forms/expr/expr.h"

#include "tests/unit/forms/expr/test_tree.h"

namespace survey::expr {
namespace {

std::string text_of(std::string_view source, const TestTree& tree) {
    EvalContext context;
    context.node = tree.root();
    const auto value = compiled(source).evaluate_string(context);
    REQUIRE(value.has_value());
    return *value;
}

ErrorCode failure_of(std::string_view source, const TestTree& tree) {
    EvalContext context;
    context.node = tree.root();
    const auto value = compiled(source).evaluate(context);
    INFO(source);
    REQUIRE_FALSE(value.has_value());
    return value.error().code;
}

TEST_CASE("a compiled expression says what it is", "[expr]") {
    CHECK(compiled("1 + a").result_kind() == ValueKind::kNumber);
    CHECK(compiled("a = 1").result_kind() == ValueKind::kBoolean);
    CHECK(compiled("concat(a)").result_kind() == ValueKind::kString);
    CHECK(compiled("/a/b[1]").result_kind() == ValueKind::kNodeSet);
    CHECK(compiled("if(a, 1, 2)").result_kind() == ValueKind::kNumber);
    CHECK(compiled("if(a, 1, 'x')").result_kind() == ValueKind::kAny);
    CHECK(compiled(" a ").source() == " a ");
}

TEST_CASE("what no document can change is computed when it is compiled", "[expr]") {
    for (const char* source : {"1 + 2 * 3", "true()", "concat('a', 'b')", "if(1 = 1, 'x', 'y')",
                               "-5", "'x'", "round(2.5) = 3", "digest('a', 'MD5')"}) {
        INFO(source);
        CHECK(compiled(source).is_constant());
    }
    for (const char* source : {"a", ".", "string()", "now()", "random()", "uuid()", "position()",
                               "jr:itext('x')", "property('deviceid')", "instance('x')/root",
                               "current()", "today()", "'2024-01-01T10:00' + 1"}) {
        INFO(source);
        CHECK_FALSE(compiled(source).is_constant());
    }
    CHECK(compiled("1 + 2").evaluate_number({}).value_or(0) == 3);
}

TEST_CASE("chance and the clock make an expression volatile", "[expr]") {
    for (const char* source : {"now()", "today() + 1", "a[. > random()]", "uuid(5)",
                               "if(a, random(), 1)", "randomize(a)", "decimal-time(a)"}) {
        INFO(source);
        CHECK(compiled(source).is_volatile());
    }
    for (const char* source : {"a", "randomize(a, 42)", "date(a)", "1", "instance('x')/root"}) {
        INFO(source);
        CHECK_FALSE(compiled(source).is_volatile());
    }
}

TEST_CASE("where the context node stands matters only where it is asked for", "[expr]") {
    for (const char* source : {"position(..)", "position()", "last()", "a[x = position(..)]",
                               "indexed-repeat(/d/r/a, /d/r, position(..) - 1)"}) {
        INFO(source);
        CHECK(compiled(source).uses_position());
    }
    for (const char* source : {"a[position() = 1]", "a[last()]", "a[2]", "count(a)"}) {
        INFO(source);
        CHECK_FALSE(compiled(source).uses_position());
    }
    CHECK(compiled("if(a, once(random()), 1)").uses_once());
    CHECK_FALSE(compiled("a").uses_once());
}

TEST_CASE("a refusal says where and why", "[expr]") {
    CHECK(refused("1 + ").offset == 4);
    CHECK(refused("nope(1)").offset == 0);
    CHECK(refused("1 + nope(1)").offset == 4);
    CHECK(refused("1 + nope(1)").message == "there is no function nope()");
    CHECK(refused("round(1, 2, 3)").message == "round() takes 1 to 2 arguments, and here are 3");
    CHECK(refused("concat(a, $x)").message.find("variables") != std::string::npos);
    CHECK(refused("${age} > 5").message.find("${…}") != std::string::npos);
    CHECK(refused("count('x')").offset == 6);
    CHECK(refused("p:x").kind == CompileError::Kind::kNamespace);
}

TEST_CASE("namespaces come from the form before the well-known ones", "[expr]") {
    const TestTree tree("<d><x xmlns='urn:x'>1</x><x>2</x></d>");
    CompileOptions options;
    options.namespace_for = [](std::string_view prefix) -> std::optional<std::string> {
        if (prefix == "odk") return "urn:x";
        return std::nullopt;
    };
    EvalContext context;
    context.node = tree.root();
    CHECK(compiled("/d/odk:x", options).evaluate_string(context).value_or("") == "1");
    CHECK(compiled("/d/x", options).evaluate_string(context).value_or("") == "2");
    options.default_namespace = "urn:x";
    CHECK(compiled("/d/x", options).evaluate_string(context).value_or("") == "1");
    CHECK(compiled("/d/odk:*", options).evaluate_number(context).value_or(0) == 1);
}

TEST_CASE("nodes that are not included are in no result", "[expr]") {
    TestTree tree("<d><r><a>1</a></r><r><a>2</a></r><r><a>3</a></r></d>");
    EvalContext context;
    context.node = tree.root();
    const auto first = compiled("/d/r[1]/a").evaluate_nodes(context);
    REQUIRE(first.has_value());
    tree.hidden.insert(first->front().index);
    CHECK(text_of("count(/d/r/a)", tree) == "2");
    CHECK(text_of("sum(/d/r/a)", tree) == "5");
    CHECK(text_of("/d/r/a", tree) == "2");
    CHECK(text_of("/d/r[1]/a", tree).empty());
    CHECK(text_of("/d/r[2]/a", tree) == "2");
    CHECK(text_of("/d/r[a = 1]", tree).empty());
    CHECK(text_of("count(//a)", tree) == "2");
    CHECK(text_of("boolean(/d/r[1]/a)", tree) == "false");
}

TEST_CASE("evaluate_nodes sees plain XPath and refuses single values", "[expr]") {
    const TestTree tree("<d><r><a>1</a></r><r><a>2</a></r></d>");
    EvalContext context;
    context.node = tree.root();
    context.node = compiled("/d/r[2]").evaluate_nodes(context)->front();
    CHECK(compiled("/d/r/a").evaluate_nodes(context)->size() == 2);
    CHECK(compiled("/d/r/a").evaluate_string(context).value_or("") == "2");
    const auto refused_value = compiled("1 + 1").evaluate_nodes(context);
    REQUIRE_FALSE(refused_value.has_value());
    CHECK(refused_value.error().code == ErrorCode::kInvalidInput);
}

TEST_CASE("no axis leaves the root that is given", "[expr]") {
    const TestTree tree("<d><before/><i><x><y/></x></i><after/></d>");
    EvalContext context;
    context.node = tree.root();
    context.root = compiled("/d/i").evaluate_nodes(context)->front();
    context.node = compiled("/x/y").evaluate_nodes(context)->front();
    const auto count = [&](std::string_view source) {
        return compiled(source).evaluate_number(context).value_or(-1);
    };
    CHECK(count("count(/x)") == 1);
    CHECK(count("count(ancestor::*)") == 2);
    CHECK(count("count(following::*)") == 0);
    CHECK(count("count(preceding::*)") == 0);
    CHECK(count("count(../../..)") == 0);
    context.node = context.root;
    CHECK(count("count(following-sibling::*)") == 0);
    CHECK(count("count(preceding-sibling::*)") == 0);
}

TEST_CASE("without a host only what needs one fails", "[expr]") {
    const TestTree tree("<d>5</d>");
    CHECK(text_of("/d * 2", tree) == "10");
    for (const char* source : {"now()", "instance('x')/root", "random()", "jr:itext('x')"}) {
        CHECK(failure_of(source, tree) == ErrorCode::kUnsupported);
    }
}

TEST_CASE("evaluations end at their limits", "[expr][limits]") {
    std::string wide = "<d>";
    for (int i = 0; i < 3000; ++i)
        wide += "<a>" + std::to_string(i) + "</a>";
    const TestTree tree(wide + "</d>");
    CHECK(failure_of("/d/a[count(../a[. > -1]) > 5000]", tree) == ErrorCode::kLimit);
    std::string doubling = "'0123456789abcdef'";
    for (int i = 0; i < 25; ++i)
        doubling = "translate(" + doubling + ", 'x', '')";
    CHECK(text_of(doubling, tree).size() == 16);
    std::string text = "string(/d)";
    for (int i = 0; i < 12; ++i)
        text = "concat(" + text + ", " + text + ")";
    const auto too_long = Expr::compile(text);
    REQUIRE(too_long.expr.has_value());
    EvalContext context;
    context.node = tree.root();
    const auto value = too_long.expr->evaluate(context);
    REQUIRE_FALSE(value.has_value());
    CHECK(value.error().code == ErrorCode::kLimit);
}

TEST_CASE("nesting and length of the source have limits", "[expr][limits]") {
    const auto nested = [](std::size_t depth) {
        return std::string(depth, '(') + "1" + std::string(depth, ')');
    };
    CHECK(compiled(nested(kNestingMax - 1)).is_constant());
    CHECK(refused(nested(kNestingMax + 1)).kind == CompileError::Kind::kLimit);
    CHECK(refused(nested(100'000)).kind == CompileError::Kind::kLimit);
    CHECK(refused(std::string(kSourceBytesMax + 1, ' ')).kind == CompileError::Kind::kLimit);
    std::string calls = "/d";
    for (std::size_t i = 0; i + 1 < kNestingMax; ++i)
        calls = i % 2 == 0 ? "concat(" + calls + ", 'x')" : "/d[" + calls + "]";
    const TestTree tree("<d>1</d>");
    EvalContext context;
    context.node = tree.root();
    CHECK(compiled(calls).evaluate_boolean(context).value_or(false));
    // Long is not deep.
    std::string sum = "1";
    for (int i = 0; i < 20'000; ++i)
        sum += " + 1";
    CHECK(compiled(sum).evaluate_number({}).value_or(0) == 20'001);
    std::string choices = "a = 0";
    for (int i = 1; i < 5'000; ++i)
        choices += " or a = " + std::to_string(i);
    CHECK(compiled(choices).result_kind() == ValueKind::kBoolean);
    CHECK(compiled(std::string(10'000, '-') + "1").evaluate_number({}).value_or(0) == 1);
    std::string path = "a";
    for (int i = 0; i < 5'000; ++i)
        path += "/a";
    CHECK(compiled(path).references().front().steps.size() == 5'001);
}

TEST_CASE("copies of an expression are the same expression", "[expr]") {
    const TestTree tree("<d>7</d>");
    std::optional<Expr> copy;
    {
        const Expr original = compiled("/d + 1");
        copy = original;
    }
    EvalContext context;
    context.node = tree.root();
    CHECK(copy->evaluate_number(context).value_or(0) == 8);
    CHECK(copy->evaluate_boolean(context).value_or(false));
}

}  // namespace
TEST_CASE("operators of other languages are answered with ours", "[expr][messages]") {
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"/a == 1", "write ="},       {"/a || /b", "write or"},  {"/a <> 1", "write !="},
        {"/a => 1", "write >="},      {"/a =< 1", "write <="},   {"/a && /b", "write and"},
        {"/a = = 1", "cannot stand"}, {"/a == == 1", "write ="},
    };
    for (const auto& [source, advice] : cases) {
        INFO(source);
        const auto compiled = Expr::compile(source);
        REQUIRE(compiled.error);
        CHECK(compiled.error->message.find(advice) != std::string::npos);
    }
}

TEST_CASE("a function in other letters is named as it is written", "[expr][messages]") {
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"TRUE()", "there is no function TRUE(); write true()"},
        {"countSelected(/a)", "there is no function countSelected(); write count-selected()"},
        {"format_date(/a, '%Y')", "there is no function format_date(); write format-date()"},
        {"frobnicate(1)", "there is no function frobnicate()"},
    };
    for (const auto& [source, message] : cases) {
        INFO(source);
        const auto compiled = Expr::compile(source);
        REQUIRE(compiled.error);
        CHECK(compiled.error->kind == CompileError::Kind::kFunction);
        CHECK(compiled.error->message == message);
    }
}

}  // namespace survey::expr
