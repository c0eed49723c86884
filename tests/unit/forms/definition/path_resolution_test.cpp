#include "forms/definition/path_resolution.h"

#include <catch2/catch.hpp>

namespace survey::forms {
namespace {

using Axis = expr::PathReference::Axis;
using Origin = expr::PathReference::Origin;
using Outcome = ResolvedPath::Outcome;

/// /data { a @k, r (repeat) { b, s (repeat) { c } }, d }
FormDefinition small_form() {
    FormDefinition form;
    const auto add = [&form](std::string local, NodeRef parent, bool repeat = false) {
        const auto ref = static_cast<NodeRef>(form.nodes.size());
        FormNode node;
        node.name.local = std::move(local);
        node.parent = parent;
        node.is_repeat = repeat;
        node.repeat_scope = repeat             ? ref
                            : parent == kNoRef ? kNoRef
                                               : form.nodes[parent].repeat_scope;
        if (parent != kNoRef) form.nodes[parent].children.push_back(ref);
        form.nodes.push_back(std::move(node));
        return ref;
    };
    add("data", kNoRef);
    const NodeRef a = add("a", 0);
    const NodeRef r = add("r", 0, true);
    add("b", r);
    const NodeRef s = add("s", r, true);
    add("c", s);
    add("d", 0);
    FormNode attribute;
    attribute.name.local = "k";
    attribute.parent = a;
    attribute.is_attribute = true;
    form.nodes.push_back(attribute);
    form.nodes[a].attributes.push_back(7);
    form.primary_instance_id = "main";
    return form;
}

constexpr NodeRef kData = 0, kA = 1, kR = 2, kB = 3, kS = 4, kC = 5, kD = 6, kK = 7;

/// "child", "..", ".", "@name", "name[" (with a predicate), "axis::" for any other axis.
expr::PathReference path(Origin origin, std::vector<std::string> steps) {
    expr::PathReference out;
    out.origin = origin;
    for (std::string& text : steps) {
        expr::PathReference::Step step;
        step.name = text;
        if (text == "..") {
            step = {Axis::kParent, "*", false};
        } else if (text == ".") {
            step = {Axis::kSelf, "*", false};
        } else if (text[0] == '@') {
            step = {Axis::kAttribute, text.substr(1), false};
        } else if (text.ends_with("[")) {
            step = {Axis::kChild, text.substr(0, text.size() - 1), true};
        } else if (text.ends_with("::")) {
            step = {Axis::kOther, "*", false};
        }
        out.steps.push_back(step);
    }
    return out;
}

TEST_CASE("paths lead to the nodes that they name", "[path_resolution]") {
    struct Case {
        NodeRef context;
        Origin origin;
        std::vector<std::string> steps;
        std::vector<NodeRef> nodes;
    };
    const Case cases[] = {
        {kA, Origin::kRoot, {"data", "r", "b"}, {kB}},
        {kA, Origin::kRoot, {"data"}, {kData}},
        {kA, Origin::kRoot, {}, {}},
        {kB, Origin::kContext, {"..", "..", "a"}, {kA}},
        {kB, Origin::kContext, {"."}, {kB}},
        {kB, Origin::kContext, {}, {kB}},
        {kR, Origin::kContext, {"s", "c"}, {kC}},
        {kA, Origin::kContext, {"@k"}, {kK}},
        {kK, Origin::kContext, {"..", "..", "d"}, {kD}},
        {kData, Origin::kContext, {"..", "data", "d"}, {kD}},
        {kData, Origin::kContext, {"*"}, {kA, kR, kD}},
        {kA, Origin::kRoot, {"*", "*", "b"}, {kB}},
        {kA, Origin::kContext, {"*"}, {kA}},
        {kNoRef, Origin::kContext, {"data", "a"}, {kA}},
    };
    for (const Case& one : cases) {
        CAPTURE(one.context, one.steps);
        const FormDefinition form = small_form();
        const ResolvedPath found = resolve_path(form, one.context, path(one.origin, one.steps));
        CHECK(found.outcome == Outcome::kFound);
        CHECK(found.nodes == one.nodes);
    }
}

TEST_CASE("a path to nothing says which step fails", "[path_resolution]") {
    struct Case {
        NodeRef context;
        Origin origin;
        std::vector<std::string> steps;
        std::size_t step;
    };
    const Case cases[] = {
        {kA, Origin::kRoot, {"other"}, 0},    {kA, Origin::kRoot, {"data", "b"}, 1},
        {kA, Origin::kContext, {"b"}, 0},     {kA, Origin::kContext, {"..", "..", ".."}, 2},
        {kA, Origin::kContext, {"@j"}, 0},    {kB, Origin::kContext, {"..", "a", "x"}, 1},
        {kNoRef, Origin::kContext, {"a"}, 0},
    };
    for (const Case& one : cases) {
        CAPTURE(one.context, one.steps);
        const FormDefinition form = small_form();
        const ResolvedPath found = resolve_path(form, one.context, path(one.origin, one.steps));
        CHECK(found.outcome == Outcome::kMissing);
        CHECK(found.missing_step == one.step);
        CHECK(found.nodes.empty());
    }
}

TEST_CASE("what the form alone cannot tell is left open", "[path_resolution]") {
    const FormDefinition form = small_form();
    CHECK(resolve_path(form, kA, path(Origin::kUnknown, {"x"})).outcome == Outcome::kCannotBeSaid);
    CHECK(resolve_path(form, kA, path(Origin::kContext, {"before::", "x"})).outcome ==
          Outcome::kCannotBeSaid);
    expr::PathReference list = path(Origin::kInstance, {"item"});
    list.instance_id = "list";
    CHECK(resolve_path(form, kA, list).outcome == Outcome::kOtherTree);
    list.instance_id = "main";
    CHECK(resolve_path(form, kA, list).outcome == Outcome::kMissing);
    list.steps = path(Origin::kInstance, {"data", "d"}).steps;
    CHECK(resolve_path(form, kA, list).nodes == std::vector<NodeRef>{kD});
}

TEST_CASE("a path shares the repeats that it does not climb out of", "[path_resolution]") {
    struct Case {
        NodeRef context;
        Origin origin;
        std::vector<std::string> steps;
        bool as_node_set;
        NodeRef shared;
    };
    const Case cases[] = {
        {kC, Origin::kContext, {"."}, false, kS},
        {kC, Origin::kContext, {".."}, true, kS},
        {kC, Origin::kContext, {"..", "..", "b"}, false, kR},
        {kC, Origin::kContext, {"..", "..", "s", "c"}, true, kR},
        {kB, Origin::kContext, {"..", "..", "r", "b"}, true, kNoRef},
        {kB, Origin::kContext, {"..", "s", "c"}, true, kR},
        {kA, Origin::kContext, {"..", "r", "b"}, true, kNoRef},
        // Absolute paths take the context's positions where a single value is wanted.
        {kC, Origin::kRoot, {"data", "r", "b"}, false, kR},
        {kC, Origin::kRoot, {"data", "r", "s", "c"}, false, kS},
        {kB, Origin::kRoot, {"data", "r", "s", "c"}, false, kR},
        {kB, Origin::kRoot, {"data", "r", "b"}, true, kNoRef},
        {kB, Origin::kRoot, {"data", "r[", "b"}, false, kNoRef},
        {kC, Origin::kRoot, {"data", "r", "s[", "c"}, false, kR},
        {kA, Origin::kRoot, {"data", "r", "b"}, false, kNoRef},
        {kNoRef, Origin::kRoot, {"data", "r", "b"}, false, kNoRef},
    };
    for (const Case& one : cases) {
        CAPTURE(one.context, one.steps, one.as_node_set);
        const FormDefinition form = small_form();
        expr::PathReference reference = path(one.origin, one.steps);
        reference.as_node_set = one.as_node_set;
        const ResolvedPath found = resolve_path(form, one.context, reference);
        REQUIRE(found.outcome == Outcome::kFound);
        CHECK(found.shared_repeat == one.shared);
    }
}

TEST_CASE("steps with predicates are remembered", "[path_resolution]") {
    const FormDefinition form = small_form();
    const ResolvedPath found =
        resolve_path(form, kA, path(Origin::kRoot, {"data", "r[", "s[", "c"}));
    CHECK(found.filtered == std::vector<NodeRef>{kR, kS});
}

TEST_CASE("a node is below itself and its ancestors", "[path_resolution]") {
    const FormDefinition form = small_form();
    CHECK(is_at_or_below(form, kC, kC));
    CHECK(is_at_or_below(form, kC, kR));
    CHECK(is_at_or_below(form, kK, kA));
    CHECK_FALSE(is_at_or_below(form, kR, kC));
    CHECK_FALSE(is_at_or_below(form, kA, kR));
}

}  // namespace
}  // namespace survey::forms
