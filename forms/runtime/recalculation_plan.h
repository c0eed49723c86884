#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "forms/definition/form_definition.h"

namespace survey::forms {

/// What one expression of the form decides. The values are bits of `InstanceNode::pending`.
enum class Rule : std::uint8_t {
    kCalculate,
    kRelevant,
    kReadonly,
    kRequired,
    kConstraint,
    kWarning,  ///< A soft check.
    kText,     ///< Label, hint, messages, choice labels: nothing to store, only "looks different".
    kCount,    ///< jr:count of a repeat.
    kChoices,  ///< Which choices are offered.
};

/// One rule of one node of the form, whatever the number of its instances.
struct PlannedRule {
    NodeRef node = kNoRef;
    Rule rule = Rule::kCalculate;
    const expr::Expr* expression = nullptr;  ///< Null for kText.
    ControlIndex control = kNoControl;       ///< kCount, kChoices.
    /// Rules that ask the same of the same nodes, wherever they stand: one answer serves all.
    std::uint32_t shared = kNotShared;

    static constexpr std::uint32_t kNotShared = 0xFFFFFFFF;
};

/// "When an instance of some node changes, evaluate `rule` at all its instances below the node of
/// `scope` that the changed one stands in": `scope` is a repeat, or the root for all of them.
struct Dependent {
    std::uint32_t rule = 0;
    NodeRef scope = 0;

    friend bool operator==(const Dependent&, const Dependent&) = default;
};

/// The order in which the rules of a form are evaluated and what each change reaches. Made once for
/// a form, shared by its sessions, immutable.
///
/// Rules are numbered in evaluation order: a rule comes after everything that writes what it reads
/// (calculations, relevance of the node or of an ancestor). Loops through predicates, which the
/// loader cannot tell from real ones, are cut at an arbitrary place; evaluation then settles in
/// rounds.
class RecalculationPlan {
  public:
    explicit RecalculationPlan(std::shared_ptr<const FormDefinition> form);

    const FormDefinition& form() const { return *form_; }
    const std::vector<PlannedRule>& rules() const { return rules_; }
    /// How many groups of rules share an answer: `PlannedRule::shared` is below.
    std::uint32_t shared_count() const { return shared_count_; }
    const std::vector<std::uint32_t>& rules_of(NodeRef node) const { return rules_of_[node]; }
    /// Rules that read the value or the relevance of `node`; for a repeat also how many there are.
    const std::vector<Dependent>& readers_of(NodeRef node) const { return readers_[node]; }
    /// Rules that ask for positions inside `repeat`.
    const std::vector<Dependent>& position_readers(NodeRef repeat) const;
    /// Rules that read nothing but the clock, evaluated at every change.
    const std::vector<std::uint32_t>& clock_rules() const { return clock_rules_; }
    /// Rules whose result depends on the active language.
    const std::vector<std::uint32_t>& language_rules() const { return language_rules_; }
    /// Actions for `xforms-value-changed` nested in controls of `node`, document order.
    const std::vector<std::uint32_t>& change_actions(NodeRef node) const;
    /// Actions of the model or of any control for another event, document order.
    std::vector<std::uint32_t> actions_for(std::string_view event) const;

    /// Where a new instance of `repeat` is copied from; kNoNode if the form has none.
    struct Template {
        xml::Node node = xml::kNoNode;
        bool is_explicit = false;  ///< Marked jr:template; else the first instance.
    };
    Template template_of(NodeRef repeat) const;
    /// The repeat control of a repeat node.
    ControlIndex repeat_control(NodeRef repeat) const { return repeat_controls_[repeat]; }

  private:
    struct Reading;  // what one rule reads, while planning
    void plan_binds(std::vector<Reading>& readings) const;
    void plan_controls(std::vector<Reading>& readings) const;
    void order_rules(std::vector<Reading>& readings);
    void index_rules(const std::vector<Reading>& readings);
    void index_actions();
    void find_shared();
    void find_templates(NodeRef ref, xml::Node element);
    NodeRef scope_of(NodeRef node) const;

    std::shared_ptr<const FormDefinition> form_;
    std::vector<PlannedRule> rules_;
    std::uint32_t shared_count_ = 0;
    std::vector<std::vector<std::uint32_t>> rules_of_;
    std::vector<std::vector<Dependent>> readers_;
    std::unordered_map<NodeRef, std::vector<Dependent>> position_readers_;
    std::vector<std::uint32_t> clock_rules_;
    std::vector<std::uint32_t> language_rules_;
    std::unordered_map<NodeRef, std::vector<std::uint32_t>> change_actions_;
    std::unordered_map<NodeRef, Template> templates_;
    std::vector<ControlIndex> repeat_controls_;
};

}  // namespace survey::forms
