#include "forms/simulate/simulate.h"

#include <unordered_set>

#include "forms/simulate/answer_candidates.h"
#include "forms/simulate/repair.h"
#include "forms/simulate/respondent.h"

namespace survey::forms {

namespace {

// Answers make further questions appear; a form deeper than this is reported, not followed.
constexpr int kPassesMax = 40;
constexpr int kRepairsMax = 3;
constexpr std::size_t kCandidatesMax = 80;

double effort_of(const Control& control, AnswerType type) {
    if (control.kind == ControlKind::kUpload) return 5;
    if (control.kind != ControlKind::kInput) return 1;
    return type == AnswerType::kString ? 2 : 1.3;
}

class Interview {
  public:
    Interview(FormSession& session, const SessionEnvironment& environment,
              const SimulateOptions& options, Respondent& respondent)
        : session_(session),
          environment_(environment),
          options_(options),
          respondent_(respondent) {}

    void run() {
        for (int pass = 0; pass < kPassesMax; ++pass) {
            bool moved = false;
            for (const FormEvent& event : session_.events()) {
                if (event.node == kNoNodeId || !session_.exists(event.node)) continue;
                if (event.kind == FormEvent::Kind::kPromptNewRepeat) {
                    moved = fill_repeat(event.node) || moved;
                } else if (event.kind == FormEvent::Kind::kQuestion) {
                    moved = visit(event.node) || moved;
                }
            }
            if (!moved) return;
        }
    }

    /// What is violated now is answered again, or the numbers behind it are changed.
    void mend() {
        for (int round = 0; round < kRepairsMax; ++round) {
            const std::vector<Violation> violations = session_.validate();
            if (violations.empty()) return;
            for (const Violation& violation : violations) {
                if (!session_.exists(violation.node)) continue;
                if (!session_.state(violation.node).violation) continue;
                if (answer(violation.node) || repair_equation(session_, violation.node)) run();
            }
        }
    }

    std::size_t answered() const { return answered_; }

  private:
    bool fill_repeat(NodeId range) {
        if (!visited_.insert(range).second) return false;
        std::size_t wanted = 1;
        while (wanted < options_.repeat_instances_max && respondent_.chance(0.4))
            ++wanted;
        bool added = false;
        while (session_.state(range).children.size() < wanted) {
            Change change;
            if (!session_.add_repeat(range, kNoNodeId, change)) break;
            added = true;
        }
        return added;
    }

    bool visit(NodeId node) {
        if (!visited_.insert(node).second) return false;
        const NodeState state = session_.state(node);
        if (!state.relevant || state.readonly || state.control == kNoControl) return false;
        const FormNode& definition = session_.form().nodes[state.definition];
        if (definition.bind && definition.bind->calculate) return false;
        const bool has_good_default = !state.value.empty() && !state.violation;
        if (has_good_default && respondent_.chance(0.8)) return false;
        if (!state.required) {
            const Control& control = session_.form().controls[state.control];
            const AnswerType type = definition.bind ? definition.bind->type : AnswerType::kString;
            // Files cannot be made up; only where the form insists is one named.
            if (control.kind == ControlKind::kUpload) return false;
            const double usual = options_.optional_answered;
            if (!respondent_.chance(respondent_.willingness(usual, effort_of(control, type)))) {
                return false;
            }
        }
        return answer(node);
    }

    bool answer(NodeId node) {
        if (session_.state(node).readonly) return false;
        std::size_t tried = 0;
        for (const std::string& candidate :
             answer_candidates(session_, node, environment_, respondent_)) {
            if (++tried > kCandidatesMax) break;
            const auto verdict = session_.try_value(node, candidate);
            if (!verdict || *verdict) continue;
            if (!session_.set_value(node, candidate)) return false;
            ++answered_;
            return true;
        }
        return false;
    }

    FormSession& session_;
    const SessionEnvironment& environment_;
    const SimulateOptions& options_;
    Respondent& respondent_;
    std::unordered_set<NodeId> visited_;
    std::size_t answered_ = 0;
};

Unsatisfied explain(const FormSession& session, const Violation& violation) {
    Unsatisfied out;
    out.ref = violation.ref;
    out.kind = violation.kind;
    const FormNode& definition = session.form().nodes[session.state(violation.node).definition];
    const std::optional<Bind>& bind = definition.bind;
    if (violation.kind == ViolationKind::kConstraint) {
        if (bind && bind->constraint) out.rule = bind->constraint->source();
        out.reason = "The answer stopped fitting when others were changed.";
        return out;
    }
    if (bind && bind->required) out.rule = bind->required->source();
    const auto choices = session.choices(violation.node);
    const ControlKind kind = definition.control == kNoControl
                                 ? ControlKind::kInput
                                 : session.form().controls[definition.control].kind;
    const bool chooses = kind == ControlKind::kSelectOne || kind == ControlKind::kSelectMany ||
                         kind == ControlKind::kRank;
    if (definition.control == kNoControl) {
        out.reason = "It is required and has no question that could be answered.";
    } else if (session.state(violation.node).readonly) {
        out.reason = "It is required and cannot be changed.";
    } else if (chooses && (!choices || choices->empty())) {
        out.reason = "It is required and no choice is offered.";
    } else if (bind && bind->constraint) {
        out.reason = "No answer that was tried fits the constraint " + bind->constraint->source();
    } else {
        out.reason = "No answer that was tried fits.";
    }
    return out;
}

}  // namespace

Result<SimulatedInstance> simulate(const std::shared_ptr<const FormDefinition>& form,
                                   const SessionEnvironment& environment,
                                   const SimulateOptions& options) {
    Respondent respondent(options.seed);
    SessionEnvironment own = environment;
    own.random = &respondent.random();
    OpenOptions open;
    open.language = options.language;
    open.properties = options.properties;
    TRY_ASSIGN(FormSession session, FormSession::open(form, own, open));
    Interview interview(session, own, options, respondent);
    interview.run();
    interview.mend();
    for (const Violation& warning : session.warnings()) {
        // Cannot fail: there is a warning, and the reason is a text.
        static_cast<void>(session.overrule(warning.node, "A made-up person has a made-up reason."));
    }
    SimulatedInstance out;
    Change change;
    out.record = session.finalise(change);
    out.answered = interview.answered();
    for (const Violation& violation : out.record.violations) {
        out.unsatisfied.push_back(explain(session, violation));
    }
    return out;
}

}  // namespace survey::forms
