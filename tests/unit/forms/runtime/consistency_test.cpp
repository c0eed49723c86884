// Random forms, random operations: what was computed step by step must be what a fresh start from
// the draft computes, and the draft must come back unchanged.
#include <algorithm>
#include <cstdlib>

#include <catch2/catch.hpp>

#include "common/base/number.h"
#include "tests/support/random_form.h"
#include "tests/support/scenario.h"

using namespace survey;
using namespace survey::forms;

namespace {

/// More for a night, a million operations and more in an hour of a release build:
/// SURVEY_FORM_SEEDS=50000 unit_forms_runtime "[property]"
std::uint64_t seeds(std::uint64_t usual) {
    const char* wish = std::getenv("SURVEY_FORM_SEEDS");
    const auto number = wish == nullptr ? std::nullopt : survey::parse_int(wish);
    return number && *number > 0 ? static_cast<std::uint64_t>(*number) : usual;
}

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
        if (state.warning) out += " !warning" + state.warning->reason;
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
        if (state.warning && random.below(2) == 0) {
            REQUIRE(session.overrule(node, "reason " + std::to_string(random.below(9))));
            return;
        }
        const std::uint64_t digit = random.below(6);
        (void)session.set_value(node, digit == 5 ? "" : std::to_string(digit));
    }
}

}  // namespace

TEST_CASE("computed step by step is computed afresh", "[runtime][property]") {
    int forms = 0;
    for (std::uint64_t seed = 1; seed <= seeds(60); ++seed) {
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

TEST_CASE("the order of answers does not change what comes of them", "[runtime][property]") {
    int forms = 0;
    for (std::uint64_t seed = 1; seed <= seeds(60); ++seed) {
        SeededRandom random(seed);
        // A question that is readonly for a while takes no answer then: order would count.
        std::string xml = RandomForm(random).xml();
        for (std::size_t at = xml.find(" readonly="); at != std::string::npos;
             at = xml.find(" readonly=")) {
            xml.replace(at, 9, " ignored");
        }
        INFO("seed " << seed);
        std::unique_ptr<Scenario> first;
        try {
            first = std::make_unique<Scenario>(xml);
        } catch (const std::runtime_error&) {
            continue;
        }
        Scenario second(xml);
        std::vector<std::pair<std::string, std::string>> answers;
        for (const NodeId node : first->session().all_nodes()) {
            const NodeState state = first->session().state(node);
            const bool is_question = state.role == NodeRole::kValue && state.control != kNoControl;
            if (!is_question || state.ref.find('[') != std::string::npos) continue;
            answers.emplace_back(state.ref, std::to_string(random.below(5)));
        }
        for (const auto& [ref, value] : answers)
            first->answer(ref, value);
        for (std::size_t left = answers.size(); left > 1; --left)
            std::swap(answers[left - 1], answers[random.below(left)]);
        for (const auto& [ref, value] : answers)
            second.answer(ref, value);
        REQUIRE(picture(second.session()) == picture(first->session()));
        ++forms;
    }
    CHECK(forms > 30);
}

TEST_CASE("a change names every node that looks different", "[runtime][property]") {
    for (std::uint64_t seed = 100; seed <= 100 + seeds(30); ++seed) {
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
