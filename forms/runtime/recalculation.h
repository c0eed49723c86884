#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "forms/runtime/instance_tree.h"
#include "forms/runtime/recalculation_plan.h"
#include "forms/runtime/session_host.h"

namespace survey::forms {

/// Keeps an instance in step with its rules. Whatever changes the tree tells it here; `run`
/// evaluates what is affected, each rule after what it reads, and stops where a value came out as
/// it was. Collects which nodes look different and what is left to do for the session: counts to
/// meet, answers to check against their choices, actions of changed values.
class Recalculation {
  public:
    /// All outlive it.
    Recalculation(const RecalculationPlan& plan, InstanceTree& tree, const SessionHost& host);

    /// Every rule of every node at or below.
    void schedule_below(NodeId node);
    void schedule_clock();
    void schedule_language();
    /// Stores an answer in its final form. False: it was the same.
    bool store(NodeId node, std::string answer);
    /// An instance was put into its range, built but with flags as created.
    void instance_added(NodeId instance);
    /// Takes the instance out. \param removed receives its nodes.
    void remove_instance(NodeId instance, std::vector<NodeId>& removed);
    /// Evaluates until nothing is left; false: the form does not settle (see `fault`).
    bool run();

    void touch(NodeId node);
    std::vector<NodeId> take_touched();         ///< In document order, alive only.
    std::vector<NodeId> take_counts();          ///< Ranges.
    std::vector<NodeId> take_choices();         ///< Selects whose answer may no longer be offered.
    std::vector<NodeId> take_changed_values();  ///< Nodes with actions, in document order.
    /// Why an expression of this node could not be evaluated; empty where all could.
    std::string fault(NodeId node) const;
    void set_fault(NodeId node, std::string_view part, std::string message);

  private:
    void schedule(std::uint32_t rule, NodeId node);
    void schedule_instances(std::uint32_t rule, NodeId below);
    void schedule_all(std::uint32_t rule) { schedule_instances(rule, tree_.root()); }
    void schedule_readers(NodeRef changed, NodeId stands_in);
    void schedule_dependent(const Dependent& dependent, NodeId stands_in);
    void schedule_moved(NodeId range, std::size_t first);
    void evaluate(std::uint32_t rule, NodeId node);
    void calculate(const PlannedRule& rule, NodeId node);
    bool condition(const PlannedRule& rule, NodeId node, bool otherwise);
    void refresh_relevance(NodeId node);
    void refresh_readonly(NodeId node);
    void clear_fault(NodeId node, std::string_view part);

    const RecalculationPlan& plan_;
    InstanceTree& tree_;
    const SessionHost& host_;
    std::vector<std::vector<NodeId>> waiting_;  // by rule
    /// By group of rules that share an answer: what it was, until something schedules one of them.
    std::vector<std::optional<bool>> shared_;
    std::vector<std::uint32_t> heap_;  // rules that have somebody waiting, lowest first
    std::vector<NodeId> touched_;
    std::vector<NodeId> counts_;
    std::vector<NodeId> choices_;
    std::vector<NodeId> changed_values_;
    std::unordered_map<NodeId, std::vector<std::pair<std::string, std::string>>> faults_;
};

}  // namespace survey::forms
