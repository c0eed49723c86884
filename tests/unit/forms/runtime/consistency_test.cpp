// Random forms, random operations: what was computed step by step must be what a fresh start from
// the draft computes, and the draft must come back unchanged.
#include <catch2/catch.hpp>

#include "tests/support/random_form.h"
#include "tests/support/scenario.h"

using namespace survey;
using namespace survey::forms;

namespace {

/// Everything a screen could show, as text.
std::string picture(const FormSession& session) {
    std::string out;
    for (const NodeId node : session.all_nodes()) {
        const NodeState state = session.state(node);
        out += state.ref + " = " + state.value + (state.relevant ? "" : " hidden") +
               (state.readonly ? " readonly" : "") + (state.required ? " required" : "");
        if (state.violation) {
            out +=
                state.violation->kind == ViolationKind::kRequired ? " !required" : " !constraint";
        }
        if (!state.fault.empty()) out += " fault " + state.fault;
        out += "\n";
    }
    return out;
}

void operate(Scenario& form, SeededRandom& random) {
    FormSession& session = form.session();
    const std::vector<NodeId> nodes = session.all_nodes();
    const NodeId node = nodes[random.below(nodes.size())];
    const NodeState state = session.state(node);
    if (state.role == NodeRole::kRepeatRange && state.children.size() < 5) {
        Change change;
        const NodeId after = state.children.empty() || random.below(2) == 0
                                 ? kNoNodeId
                                 : state.children[random.below(state.children.size())];
        (void)session.add_repeat(node, after, change);
    } else if (state.role == NodeRole::kRepeatInstance) {
        (void)session.remove_repeat(node);
    } else if (state.role == NodeRole::kValue) {
        const auto& bind = session.form().nodes[state.definition].bind;
        // A written answer may differ from its calculation until a dependency changes.
        if (bind && bind->calculate) return;
        const std::uint64_t digit = random.below(6);
        (void)session.set_value(node, digit == 5 ? "" : std::to_string(digit));
    }
}

}  // namespace

TEST_CASE("computed step by step is computed afresh", "[runtime][property]") {
    int forms = 0;
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        SeededRandom random(seed);
        const RandomForm shape(random);
        INFO("seed " << seed);
        std::unique_ptr<Scenario> form;
        try {
            form = std::make_unique<Scenario>(shape.xml());
        } catch (const std::runtime_error& refused) {
            // A random form may contain a loop, which the loader refuses.
            INFO(refused.what());
            REQUIRE(std::string(refused.what()).find("refused") != std::string::npos);
            continue;
        }
        ++forms;
        for (int step = 0; step < 25; ++step) {
            INFO("step " << step);
            operate(*form, random);
            const Scenario afresh = form->restored();
            const std::string expected = picture(afresh.session());
            const std::string actual = picture(form->session());
            if (expected != actual) INFO(shape.xml());
            REQUIRE(actual == expected);
            REQUIRE(afresh.draft() == form->draft());
        }
    }
    CHECK(forms > 30);
}

TEST_CASE("a change names every node that looks different", "[runtime][property]") {
    for (std::uint64_t seed = 100; seed <= 130; ++seed) {
        SeededRandom random(seed);
        const RandomForm shape(random);
        INFO("seed " << seed);
        std::unique_ptr<Scenario> form;
        try {
            form = std::make_unique<Scenario>(shape.xml());
        } catch (const std::runtime_error&) {
            continue;
        }
        FormSession& session = form->session();
        for (int step = 0; step < 25; ++step) {
            std::map<NodeId, NodeState> before;
            for (const NodeId node : session.all_nodes())
                before[node] = session.state(node);
            const std::vector<NodeId> nodes = session.all_nodes();
            const NodeId node = nodes[random.below(nodes.size())];
            if (before[node].role != NodeRole::kValue) continue;
            const auto result = session.set_value(node, std::to_string(random.below(5)));
            if (!result) continue;
            for (const NodeId after : session.all_nodes()) {
                const NodeState now = session.state(after);
                const auto old = before.find(after);
                const bool same =
                    old != before.end() && old->second.value == now.value &&
                    old->second.relevant == now.relevant && old->second.required == now.required &&
                    old->second.readonly == now.readonly && old->second.children == now.children &&
                    old->second.violation.has_value() == now.violation.has_value();
                if (same) continue;
                INFO(now.ref);
                REQUIRE(std::count(result->changed.begin(), result->changed.end(), after) == 1);
            }
            for (const auto& [old, state] : before) {
                if (session.exists(old)) continue;
                INFO(state.ref);
                REQUIRE(std::count(result->removed.begin(), result->removed.end(), old) == 1);
            }
        }
    }
}
