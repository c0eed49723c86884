#include "forms/runtime/recalculation_plan.h"

#include <algorithm>
#include <string>

#include "forms/runtime/child_index.h"
#include "forms/runtime/path_targets.h"

namespace survey::forms {

struct RecalculationPlan::Reading {
    PlannedRule rule;
    std::vector<const expr::Expr*> expressions;
    std::vector<std::pair<NodeRef, NodeRef>> reads;  // node, scope
    bool uses_position = false;
    bool follows_clock = false;
    bool follows_language = false;
};

namespace {

constexpr std::string_view kJavaRosa = "http://openrosa.org/javarosa";

void add_outputs(const RichText& text, std::vector<const expr::Expr*>& out) {
    for (const TextPart& part : text) {
        if (part.output) out.push_back(&*part.output);
    }
}

void add_outputs(const FormDefinition& form, const TextSource& source,
                 std::vector<const expr::Expr*>& out) {
    add_outputs(source.literal, out);
    if (source.itext) out.push_back(&*source.itext);
    if (source.itext_id.empty()) return;
    for (const Language& language : form.languages) {
        const auto found = language.texts.find(source.itext_id);
        if (found == language.texts.end()) continue;
        for (const ItextValue& value : found->second)
            add_outputs(value.text, out);
    }
}

bool mentions(const expr::Expr& expression, std::string_view word) {
    return expression.source().find(word) != std::string::npos;
}

/// Reads the clock, and neither chance nor a node: `now()` follows time, `random()` stands.
bool reads_clock_only(const expr::Expr& expression) {
    return expression.is_volatile() && expression.references().empty() && !expression.uses_once() &&
           !mentions(expression, "random") && !mentions(expression, "uuid");
}

}  // namespace

NodeRef RecalculationPlan::scope_of(NodeRef node) const {
    const NodeRef scope = form_->nodes[node].repeat_scope;
    return scope == kNoRef ? 0 : scope;
}

RecalculationPlan::RecalculationPlan(std::shared_ptr<const FormDefinition> form)
    : form_(std::move(form)) {
    repeat_controls_.assign(form_->nodes.size(), kNoControl);
    for (ControlIndex i = 0; i < form_->controls.size(); ++i) {
        const Control& control = form_->controls[i];
        if (control.kind == ControlKind::kRepeat && control.ref != kNoRef) {
            repeat_controls_[control.ref] = i;
        }
    }
    std::vector<Reading> readings;
    plan_binds(readings);
    plan_controls(readings);
    for (Reading& reading : readings) {
        for (const expr::Expr* expression : reading.expressions) {
            reading.uses_position = reading.uses_position || expression->uses_position();
            reading.follows_clock = reading.follows_clock || reads_clock_only(*expression);
            reading.follows_language = reading.follows_language || mentions(*expression, "itext") ||
                                       mentions(*expression, "choice-name");
            for (const PathTargets& targets : targets_of(*form_, *expression, reading.rule.node)) {
                for (const NodeRef node : targets.nodes) {
                    const bool itself =
                        node == reading.rule.node && reading.rule.rule == Rule::kCalculate;
                    if (!itself) reading.reads.emplace_back(node, targets.scope);
                }
            }
        }
    }
    order_rules(readings);
    index_rules(readings);
    find_shared();
    index_actions();
    if (form_->source && form_->primary_root != xml::kNoNode) {
        find_templates(0, form_->primary_root);
    }
}

void RecalculationPlan::plan_binds(std::vector<Reading>& readings) const {
    const auto add = [&](NodeRef node, Rule rule, const std::optional<expr::Expr>& expression) {
        if (!expression) return;
        Reading reading;
        reading.rule = {node, rule, &*expression, kNoControl};
        reading.expressions.push_back(&*expression);
        // A check is about the node's own value, and asked again when that changes.
        if (rule == Rule::kConstraint || rule == Rule::kWarning)
            reading.reads.emplace_back(node, scope_of(node));
        readings.push_back(std::move(reading));
    };
    for (NodeRef ref = 0; ref < form_->nodes.size(); ++ref) {
        if (!form_->nodes[ref].bind) continue;
        const Bind& bind = *form_->nodes[ref].bind;
        add(ref, Rule::kRelevant, bind.relevant);
        add(ref, Rule::kCalculate, bind.calculate);
        add(ref, Rule::kReadonly, bind.readonly);
        add(ref, Rule::kRequired, bind.required);
        add(ref, Rule::kConstraint, bind.constraint);
        add(ref, Rule::kWarning, bind.warn_if);
    }
}

void RecalculationPlan::plan_controls(std::vector<Reading>& readings) const {
    std::vector<Reading> texts(form_->nodes.size());
    for (NodeRef ref = 0; ref < form_->nodes.size(); ++ref) {
        texts[ref].rule = {ref, Rule::kText, nullptr, kNoControl};
        if (!form_->nodes[ref].bind) continue;
        add_outputs(*form_, form_->nodes[ref].bind->constraint_message, texts[ref].expressions);
        add_outputs(*form_, form_->nodes[ref].bind->required_message, texts[ref].expressions);
        add_outputs(*form_, form_->nodes[ref].bind->warn_message, texts[ref].expressions);
    }
    for (ControlIndex i = 0; i < form_->controls.size(); ++i) {
        const Control& control = form_->controls[i];
        if (control.ref == kNoRef) continue;
        std::vector<const expr::Expr*>& text = texts[control.ref].expressions;
        add_outputs(*form_, control.label, text);
        add_outputs(*form_, control.hint, text);
        for (const InlineChoice& item : control.items)
            add_outputs(*form_, item.label, text);
        if (control.repeat_count) {
            Reading count;
            count.rule = {control.ref, Rule::kCount, &*control.repeat_count, i};
            count.expressions.push_back(&*control.repeat_count);
            readings.push_back(std::move(count));
        }
        if (!control.itemset || form_->nodes[control.ref].control != i) continue;
        Reading choices;
        choices.rule = {control.ref, Rule::kChoices, &control.itemset->nodeset, i};
        choices.expressions.push_back(&control.itemset->nodeset);
        for (const PathTargets& items : targets_of(*form_, control.itemset->nodeset, control.ref)) {
            for (const NodeRef item : items.nodes) {
                for (const auto* part : {&control.itemset->value, &control.itemset->label}) {
                    if (!*part) continue;
                    for (const PathTargets& read : targets_of(*form_, **part, item)) {
                        for (const NodeRef node : read.nodes)
                            choices.reads.emplace_back(node, 0);
                    }
                }
            }
        }
        readings.push_back(std::move(choices));
    }
    for (Reading& text : texts) {
        if (!text.expressions.empty()) readings.push_back(std::move(text));
    }
}

void RecalculationPlan::order_rules(std::vector<Reading>& readings) {
    constexpr std::uint32_t kNone = 0xFFFFFFFF;
    std::vector<std::uint32_t> calculates(form_->nodes.size(), kNone);
    std::vector<std::uint32_t> relevants(form_->nodes.size(), kNone);
    for (std::uint32_t i = 0; i < readings.size(); ++i) {
        const PlannedRule& rule = readings[i].rule;
        if (rule.rule == Rule::kCalculate) calculates[rule.node] = i;
        if (rule.rule == Rule::kRelevant) relevants[rule.node] = i;
    }
    const auto writers = [&](const Reading& reading) {
        std::vector<std::uint32_t> out;
        for (const auto& [node, scope] : reading.reads) {
            if (calculates[node] != kNone) out.push_back(calculates[node]);
            for (NodeRef up = node; up != kNoRef; up = form_->nodes[up].parent) {
                if (relevants[up] != kNone) out.push_back(relevants[up]);
            }
        }
        return out;
    };
    // Depth first with its own stack: a chain of thousands of calculations is an ordinary form.
    struct Visit {
        std::uint32_t reading;
        std::vector<std::uint32_t> writers;
        std::size_t next = 0;
    };
    std::vector<bool> seen(readings.size(), false);
    std::vector<std::uint32_t> order;
    order.reserve(readings.size());
    const auto visit_from = [&](std::uint32_t start) {
        std::vector<Visit> stack;
        seen[start] = true;
        stack.push_back({start, writers(readings[start]), 0});
        while (!stack.empty()) {
            Visit& top = stack.back();
            if (top.next == top.writers.size()) {
                order.push_back(top.reading);
                stack.pop_back();
                continue;
            }
            const std::uint32_t writer = top.writers[top.next++];
            if (seen[writer]) continue;
            seen[writer] = true;
            stack.push_back({writer, writers(readings[writer]), 0});
        }
    };
    const auto writes = [](const PlannedRule& rule) {
        return rule.rule == Rule::kCalculate || rule.rule == Rule::kRelevant;
    };
    for (std::uint32_t i = 0; i < readings.size(); ++i) {
        if (!seen[i] && writes(readings[i].rule)) visit_from(i);
    }
    for (std::uint32_t i = 0; i < readings.size(); ++i) {
        if (!writes(readings[i].rule)) order.push_back(i);
    }
    std::vector<Reading> sorted;
    sorted.reserve(readings.size());
    for (const std::uint32_t i : order)
        sorted.push_back(std::move(readings[i]));
    readings = std::move(sorted);
}

void RecalculationPlan::index_rules(const std::vector<Reading>& readings) {
    rules_of_.resize(form_->nodes.size());
    readers_.resize(form_->nodes.size());
    const auto add = [](std::vector<Dependent>& list, const Dependent& dependent) {
        // The same rule for all instances makes the narrower entries needless.
        for (const Dependent& other : list) {
            if (other.rule == dependent.rule &&
                (other.scope == dependent.scope || other.scope == 0)) {
                return;
            }
        }
        list.push_back(dependent);
    };
    for (std::uint32_t i = 0; i < readings.size(); ++i) {
        const Reading& reading = readings[i];
        rules_.push_back(reading.rule);
        rules_of_[reading.rule.node].push_back(i);
        for (const auto& [node, scope] : reading.reads)
            add(readers_[node], {i, scope});
        if (reading.follows_clock) clock_rules_.push_back(i);
        if (reading.follows_language) language_rules_.push_back(i);
        if (!reading.uses_position) continue;
        NodeRef repeat = form_->nodes[reading.rule.node].repeat_scope;
        while (repeat != kNoRef) {
            const NodeRef outside = form_->nodes[repeat].parent;
            add(position_readers_[repeat], {i, outside == kNoRef ? 0 : scope_of(outside)});
            repeat = outside == kNoRef ? kNoRef : form_->nodes[outside].repeat_scope;
        }
    }
}

/// A gate before a thousand questions is asked once. Shared are conditions of the same words that
/// read absolute paths outside of repeats and nothing else: no context, no place, no chance.
void RecalculationPlan::find_shared() {
    const auto depends_on_place = [&](const PlannedRule& rule) {
        const expr::Expr& expression = *rule.expression;
        const std::string& source = expression.source();
        // A call without arguments may mean the context node, a prefix what its place declares.
        if (source.find("()") != std::string::npos || source.find(':') != std::string::npos ||
            source.find("indexed-repeat") != std::string::npos || expression.is_volatile() ||
            expression.uses_position() || expression.uses_once() ||
            expression.references().empty()) {
            return true;
        }
        for (const expr::PathReference& path : expression.references()) {
            if (path.origin != expr::PathReference::Origin::kRoot) return true;
        }
        for (const PathTargets& targets : targets_of(*form_, expression, rule.node)) {
            for (const NodeRef node : targets.nodes) {
                if (form_->nodes[node].repeat_scope != kNoRef) return true;
            }
        }
        return false;
    };
    std::unordered_map<std::string_view, std::uint32_t> first;  // by source: the rule seen first
    for (std::uint32_t i = 0; i < rules_.size(); ++i) {
        PlannedRule& rule = rules_[i];
        if (rule.rule != Rule::kRelevant && rule.rule != Rule::kReadonly &&
            rule.rule != Rule::kRequired) {
            continue;
        }
        const auto [known, is_new] = first.try_emplace(rule.expression->source(), i);
        if (is_new) continue;
        PlannedRule& other = rules_[known->second];
        if (other.shared == PlannedRule::kNotShared) {
            if (depends_on_place(other)) continue;
            other.shared = shared_count_++;
        }
        rule.shared = other.shared;
    }
}

void RecalculationPlan::index_actions() {
    for (std::uint32_t i = 0; i < form_->actions.size(); ++i) {
        const Action& action = form_->actions[i];
        if (action.nested_in == kNoControl) continue;
        const NodeRef node = form_->controls[action.nested_in].ref;
        if (node == kNoRef) continue;
        const auto& events = action.events;
        if (std::find(events.begin(), events.end(), "xforms-value-changed") != events.end()) {
            change_actions_[node].push_back(i);
        }
    }
}

std::vector<std::uint32_t> RecalculationPlan::actions_for(std::string_view event) const {
    std::vector<std::uint32_t> out;
    for (std::uint32_t i = 0; i < form_->actions.size(); ++i) {
        const auto& events = form_->actions[i].events;
        if (std::find(events.begin(), events.end(), event) != events.end()) out.push_back(i);
    }
    return out;
}

const std::vector<Dependent>& RecalculationPlan::position_readers(NodeRef repeat) const {
    static const std::vector<Dependent> kNobody;
    const auto found = position_readers_.find(repeat);
    return found == position_readers_.end() ? kNobody : found->second;
}

const std::vector<std::uint32_t>& RecalculationPlan::change_actions(NodeRef node) const {
    static const std::vector<std::uint32_t> kNone;
    const auto found = change_actions_.find(node);
    return found == change_actions_.end() ? kNone : found->second;
}

RecalculationPlan::Template RecalculationPlan::template_of(NodeRef repeat) const {
    const auto found = templates_.find(repeat);
    return found == templates_.end() ? Template{} : found->second;
}

/// A template counts where its parent's template is, or in the first instance around it; a nested
/// one elsewhere is ignored (ODK XForms specification, "Default Values in Repeats").
void RecalculationPlan::find_templates(NodeRef ref, xml::Node element) {
    const xml::Document& source = *form_->source;
    const ChildIndex index(source, element);
    for (const NodeRef child : form_->nodes[ref].children) {
        const FormNode& node = form_->nodes[child];
        const std::vector<xml::Node> found = index.find(node.name);
        if (found.empty()) continue;
        Template chosen{found.front(), false};
        for (const xml::Node at : found) {
            if (!source.has_attribute(at, "template", kJavaRosa)) continue;
            chosen = {at, true};
            break;
        }
        if (node.is_repeat) templates_[child] = chosen;
        if (!node.children.empty()) find_templates(child, chosen.node);
    }
}

}  // namespace survey::forms
