#include "forms/simulate/repair.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

#include "common/base/number.h"
#include "forms/definition/path_resolution.h"
#include "forms/simulate/answer_candidates.h"
#include "forms/simulate/rule_text.h"

namespace survey::forms {

namespace {

constexpr std::size_t kTermsMax = 200;  // numbers in one sum
constexpr double kNear = 1e-9;

/// Questions with a number that `expression` is computed from, directly or through calculations.
void collect_inputs(const FormDefinition& form, const expr::Expr& expression, NodeRef at,
                    std::set<NodeRef>& seen, std::vector<NodeRef>& inputs) {
    for (const expr::PathReference& path : expression.references()) {
        for (const NodeRef read : resolve_path(form, at, path).nodes) {
            if (!seen.insert(read).second) continue;
            const FormNode& node = form.nodes[read];
            if (!node.bind) continue;
            if (node.bind->calculate) {
                collect_inputs(form, *node.bind->calculate, read, seen, inputs);
            } else if (node.control != kNoControl && (node.bind->type == AnswerType::kInt ||
                                                      node.bind->type == AnswerType::kDecimal)) {
                inputs.push_back(read);
            }
        }
    }
}

class EquationRepair {
  public:
    EquationRepair(FormSession& session, NodeId node, const Comparison& equation)
        : session_(session),
          node_(node),
          difference_("(" + equation.left + ") - (" + equation.right + ")") {}

    bool run(const std::vector<NodeRef>& inputs) {
        // A blank number makes no sum; the node's own may stand against its rule meanwhile.
        const bool is_own_number =
            std::count(inputs.begin(), inputs.end(), session_.state(node_).definition) > 0;
        if (is_own_number && session_.state(node_).value.empty()) {
            (void)session_.set_value(node_, "0");
        }
        for (const NodeId node : session_.all_nodes()) {
            const NodeState state = session_.state(node);
            const bool is_input = state.role == NodeRole::kValue && state.relevant &&
                                  !state.readonly &&
                                  std::count(inputs.begin(), inputs.end(), state.definition) > 0;
            if (is_input && !state.value.empty() && terms_.size() < kTermsMax)
                terms_.push_back(node);
        }
        if (terms_.empty()) return false;
        scale();
        // What rounding left goes to the first numbers that can take it.
        for (const NodeId term : terms_) {
            const auto off = number_at(session_, node_, difference_);
            if (!off) return false;
            if (std::fabs(*off) < kNear) return true;
            const double value = value_of(term);
            const auto slope = slope_of(term);
            if (!slope || std::fabs(*slope) < kNear) continue;
            set_if_allowed(term, std::max(0.0, value - *off / *slope));
        }
        const auto off = number_at(session_, node_, difference_);
        return off && std::fabs(*off) < kNear;
    }

  private:
    double value_of(NodeId term) const {
        return parse_double(session_.state(term).value).value_or(0);
    }

    bool set_if_allowed(NodeId term, double value) {
        const std::string text = format_double(value);
        if (term != node_) {
            const auto verdict = session_.try_value(term, text);
            if (!verdict || *verdict) return false;
        }
        return session_.set_value(term, text).has_value();
    }

    std::optional<double> slope_of(NodeId term) {
        const auto before = number_at(session_, node_, difference_);
        const double value = value_of(term);
        if (!before || !session_.set_value(term, format_double(value + 1))) return std::nullopt;
        const auto after = number_at(session_, node_, difference_);
        if (!session_.set_value(term, format_double(value)) || !after) return std::nullopt;
        return *after - *before;
    }

    /// All in proportion, so that who gave much still gives much.
    void scale() {
        const auto off = number_at(session_, node_, difference_);
        const auto slope = slope_of(terms_.front());
        if (!off || !slope || std::fabs(*slope) < kNear) return;
        double sum = 0;
        for (const NodeId term : terms_)
            sum += value_of(term);
        const double wanted = sum - *off / *slope;
        if (sum < kNear || wanted < 0) return;
        for (const NodeId term : terms_) {
            set_if_allowed(term, std::floor(value_of(term) * wanted / sum));
        }
    }

    FormSession& session_;
    NodeId node_;
    std::string difference_;
    std::vector<NodeId> terms_;
};

}  // namespace

bool repair_equation(FormSession& session, NodeId node) {
    const FormDefinition& form = session.form();
    const NodeRef ref = session.state(node).definition;
    const std::optional<Bind>& bind = form.nodes[ref].bind;
    if (!bind) return false;
    const std::string before = session.state(node).value;
    for (const auto* rule : {&bind->constraint, &bind->relevant}) {
        if (!*rule) continue;
        for (const Comparison& comparison : comparisons_of((*rule)->source())) {
            const bool as_constraint = rule == &bind->constraint;
            if (comparison.op != (as_constraint ? "=" : "!=")) continue;
            std::set<NodeRef> seen;
            std::vector<NodeRef> inputs;
            if (as_constraint) inputs.push_back(ref);
            collect_inputs(form, **rule, ref, seen, inputs);
            if (!EquationRepair(session, node, comparison).run(inputs)) continue;
            if (!session.state(node).violation) return true;
        }
    }
    (void)session.set_value(node, before);
    return false;
}

}  // namespace survey::forms
