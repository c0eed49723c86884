// Random forms, random operations: what was computed step by step must be what a fresh start from
// the draft computes, and the draft must come back unchanged.
#include <catch2/catch.hpp>

#include "tests/support/scenario.h"

using namespace survey;
using namespace survey::forms;

namespace {

/// A form of questions, groups and repeats whose rules read what stands before them.
class RandomForm {
  public:
    explicit RandomForm(SeededRandom& random) : random_(random) {
        instance_ = "<data id=\"f\">";
        fill("/data", 0);
        instance_ += "<meta><instanceID/></meta></data>";
    }

    std::string xml() const { return xform(instance_, binds_, body_); }
    const std::vector<std::string>& repeats() const { return repeats_; }

  private:
    std::size_t below(std::size_t bound) { return static_cast<std::size_t>(random_.below(bound)); }

    /// A path to an earlier question from a node at `context`: relative, so that it means the same
    /// instance, or a node-set over all instances.
    std::string number_of_earlier(const std::string& context) {
        if (questions_.empty()) return "3";
        const std::string& target = questions_[below(questions_.size())];
        const bool inside = target.find("/r") != std::string::npos;
        switch (below(inside ? 4 : 2)) {
            case 0:
                return "count(" + target + "[. != ''])";
            case 1:
                return "sum(" + target + "[. != ''])";
            case 2:
                return "count(" + target.substr(0, target.rfind('/')) + ")";
            default:
                break;
        }
        const std::string owner = context.substr(0, context.rfind('/'));
        if (target.substr(0, target.rfind('/')) == owner) {
            return "../" + target.substr(target.rfind('/') + 1);
        }
        return "number(" + target + ")";
    }

    std::string condition(const std::string& context) {
        const std::string number = number_of_earlier(context);
        switch (below(4)) {
            case 0:
                return number + " &gt; " + std::to_string(below(4));
            case 1:
                return number + " mod 2 = 0";
            case 2:
                return "not(" + number + " = " + std::to_string(below(4)) + ")";
            default:
                return "position(..) &lt; 3 and " + number + " &lt; 5";
        }
    }

    void bind(const std::string& path, const std::string& attributes) {
        binds_ += "<bind nodeset=\"" + path + "\" " + attributes + "/>";
    }

    void question(const std::string& path, const std::string& name) {
        instance_ +=
            "<" + name + ">" + (below(3) == 0 ? std::to_string(below(5)) : "") + "</" + name + ">";
        std::string rules = "type=\"int\"";
        if (below(3) == 0) rules += " relevant=\"" + condition(path) + "\"";
        if (below(4) == 0) rules += " required=\"" + condition(path) + "\"";
        if (below(4) == 0) {
            rules += " constraint=\". &lt; 3 or " + condition(path) + "\"";
        }
        if (below(5) == 0) rules += " readonly=\"" + condition(path) + "\"";
        if (below(3) == 0) {
            rules +=
                " calculate=\"" + number_of_earlier(path) + " + " + std::to_string(below(3)) + "\"";
        } else {
            body_ += "<input ref=\"" + path + "\"/>";
        }
        bind(path, rules);
        questions_.push_back(path);
    }

    void fill(const std::string& path, int depth) {
        const std::size_t count = 3 + below(4);
        for (std::size_t i = 0; i < count; ++i) {
            const std::string number = std::to_string(names_++);
            const std::size_t kind = depth < 3 ? below(6) : 5;
            if (kind == 0) {
                const std::string group = path + "/g" + number;
                if (below(2) == 0) bind(group, "relevant=\"" + condition(group) + "\"");
                instance_ += "<g" + number + ">";
                body_ += "<group ref=\"" + group + "\">";
                fill(group, depth + 1);
                body_ += "</group>";
                instance_ += "</g" + number + ">";
            } else if (kind == 1) {
                const std::string repeat = path + "/r" + number;
                if (below(2) == 0) bind(repeat, "relevant=\"" + condition(repeat) + "\"");
                const bool counted = below(3) == 0;
                body_ += "<repeat nodeset=\"" + repeat + "\"" +
                         (counted ? " jr:count=\"" + number_of_earlier(repeat) + " mod 4\"" : "") +
                         ">";
                if (!counted) repeats_.push_back(repeat);
                instance_ += "<r" + number + ">";
                fill(repeat, depth + 1);
                instance_ += "</r" + number + ">";
                body_ += "</repeat>";
            } else {
                question(path + "/q" + number, "q" + number);
            }
        }
    }

    SeededRandom& random_;
    std::string instance_, binds_, body_;
    std::vector<std::string> questions_;
    std::vector<std::string> repeats_;
    int names_ = 0;
};

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
