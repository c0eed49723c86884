#include "forms/authoring/change_effects.h"

#include <algorithm>

#include "forms/authoring/question_aspects.h"

namespace survey::forms {

namespace {

void worsen(QuestionChange& change, Effect effect, std::string note) {
    change.drafts = std::max(change.drafts, effect);
    if (std::find(change.notes.begin(), change.notes.end(), note) == change.notes.end()) {
        change.notes.push_back(std::move(note));
    }
}

void part(QuestionChange& change, std::string note) {
    change.together = false;
    change.notes.push_back(std::move(note));
}

/// Whether every value of one class is a value of the other.
bool always_fits(AnswerClass from, AnswerClass to) {
    if (from == to || to == AnswerClass::kText) return true;
    return (from == AnswerClass::kInteger && to == AnswerClass::kDecimal) ||
           (from == AnswerClass::kOneChoice && to == AnswerClass::kChoices);
}

/// Whether both go into one column of a table.
bool same_column(AnswerClass from, AnswerClass to) {
    const auto is_number = [](AnswerClass one) {
        return one == AnswerClass::kInteger || one == AnswerClass::kDecimal;
    };
    const auto is_choice = [](AnswerClass one) {
        return one == AnswerClass::kOneChoice || one == AnswerClass::kChoices;
    };
    return from == to || (is_number(from) && is_number(to)) || (is_choice(from) && is_choice(to));
}

void judge_type(AnswerClass from, AnswerClass to, QuestionChange& change) {
    if (from == to) return;
    if (!always_fits(from, to)) {
        worsen(change, Effect::kChecked, "Answers of the old type may not be answers of the new.");
    }
    if (!same_column(from, to)) {
        part(change, "The old and the new answers cannot be tabulated together.");
    }
}

void judge_difference(const Difference& one, QuestionChange& change) {
    const std::string& what = one.what;
    if (what == "choice removed") {
        worsen(change, Effect::kChecked,
               "Drafts lose the choices that are gone; records keep them, without a label.");
    } else if (what == "choice added") {
        change.notes.push_back("Earlier respondents could not choose " + one.after + ".");
    } else if (what.starts_with("label of choice")) {
        worsen(change, Effect::kKept, "See that the choices still mean what they meant.");
    } else if (what == "constraint" && !one.after.empty()) {
        worsen(change, Effect::kChecked, "Answers in drafts are checked by the new constraint.");
    } else if (what == "required" && !one.after.empty() && one.after != "false()") {
        worsen(change, Effect::kChecked, "Drafts without an answer cannot be finished.");
    } else if (what == "relevant") {
        worsen(change, Effect::kChecked,
               "In drafts it may now be hidden, and its answer left out, or asked for.");
    } else if (what == "calculation") {
        worsen(change, Effect::kKept,
               "Drafts are calculated anew; records keep what was calculated before.");
    } else if (what == "choice_filter" || what == "choices from" || what == "repeat_count") {
        worsen(change, Effect::kChecked, "Answers in drafts may no longer be offered.");
    }
}

}  // namespace

void judge_added(const FormDefinition& after, NodeRef ref, QuestionChange& change) {
    change.notes.emplace_back("Records from before have no answer.");
    const auto& bind = after.nodes[ref].bind;
    if (bind && bind->required && squeezed(bind->required->source()) != "false()") {
        worsen(change, Effect::kChecked, "Drafts cannot be finished without it.");
    }
}

void judge_removed(const FormDefinition& before, NodeRef ref, QuestionChange& change) {
    if (answer_class(before, ref) == AnswerClass::kNone) return;
    worsen(change, Effect::kLost, "Drafts lose the answer; records keep it.");
    change.together = false;
}

void judge_change(const FormDefinition& before, NodeRef old, const FormDefinition& after,
                  NodeRef now, QuestionChange& change) {
    const AnswerClass from = answer_class(before, old);
    const AnswerClass to = answer_class(after, now);
    if (change.kind != ChangeKind::kChanged && from != AnswerClass::kNone) {
        worsen(change, Effect::kLost,
               "Drafts lose the answer, which stands elsewhere; records keep it where it was.");
        part(change, "The old and the new answers stand in two columns.");
    }
    if (before.nodes[old].is_repeat && !after.nodes[now].is_repeat) {
        worsen(change, Effect::kLost, "Of several entries only the first has a place.");
        change.together = false;
    } else if (!before.nodes[old].is_repeat && after.nodes[now].is_repeat) {
        part(change, "The answers stand in a table of their own from now on.");
    } else if ((from == AnswerClass::kNone) != (to == AnswerClass::kNone)) {
        worsen(change, Effect::kLost, "A group cannot hold an answer, nor a question a group.");
        change.together = false;
    } else {
        judge_type(from, to, change);
    }
    for (const Difference& one : change.differences)
        judge_difference(one, change);
}

}  // namespace survey::forms
