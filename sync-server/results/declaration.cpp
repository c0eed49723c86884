#include "sync-server/results/declaration.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <unordered_map>
#include <utility>

namespace survey::server {

namespace {

bool contains(const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

QuestionKind kind_of(FormQuestion::Kind kind) {
    switch (kind) {
        case FormQuestion::Kind::kSelectOne:
            return QuestionKind::kSelectOne;
        case FormQuestion::Kind::kSelectMany:
            return QuestionKind::kSelectMany;
        case FormQuestion::Kind::kNumber:
            return QuestionKind::kNumber;
    }
    return QuestionKind::kSelectOne;
}

Answer answer_for(const ColumnQuestion& question, const AnswerCell& cell) {
    if (question.kind == QuestionKind::kNumber) {
        return cell.number && std::isfinite(*cell.number) ? Answer::of(*cell.number)
                                                          : Answer::blank();
    }
    if (question.kind == QuestionKind::kSelectOne && cell.chosen.size() != 1)
        return Answer::blank();
    const std::set<std::string> once(cell.chosen.begin(), cell.chosen.end());
    if (once.empty() || once.size() > kChosenMax || once.count("") != 0) return Answer::blank();
    return Answer::of(std::vector<std::string>(once.begin(), once.end()));
}

}  // namespace

ColumnQuestion as_column(const FormQuestion& question) {
    ColumnQuestion column;
    column.name = question.name;
    column.kind = kind_of(question.kind);
    column.identifying = question.identifying;
    for (const FormOption& option : question.options) {
        if (column.options.size() >= kOptionsMax) break;
        column.options.push_back(option.name);
        if (option.outside_scale) column.cannot_say.push_back(option.name);
    }
    return column;
}

std::vector<ColumnQuestion> extended(std::vector<ColumnQuestion> declared, const Columns* columns,
                                     const QuestionList& version) {
    for (ColumnQuestion& question : declared) {
        const auto index = columns ? columns->find(question.name) : std::nullopt;
        if (!index) continue;
        for (const std::string& option : columns->column(*index).options()) {
            if (!contains(question.options, option)) question.options.push_back(option);
        }
    }
    for (const FormQuestion& asked : version.questions) {
        const auto known =
            std::find_if(declared.begin(), declared.end(),
                         [&](const ColumnQuestion& old) { return old.name == asked.name; });
        if (known == declared.end()) {
            if (declared.size() < kQuestionsMax) declared.push_back(as_column(asked));
            continue;
        }
        if (known->kind != kind_of(asked.kind)) continue;
        for (const FormOption& option : asked.options) {
            if (contains(known->options, option.name) || known->options.size() >= kOptionsMax)
                continue;
            known->options.push_back(option.name);
            if (option.outside_scale) known->cannot_say.push_back(option.name);
        }
    }
    return declared;
}

std::vector<Answer> answers_for(const Columns& columns, const AnswerRow& row) {
    std::unordered_map<std::string_view, const AnswerCell*> cells;
    for (const AnswerCell& cell : row.cells)
        cells.emplace(cell.question, &cell);
    std::vector<Answer> answers;
    answers.reserve(columns.columns().size());
    for (const Column& column : columns.columns()) {
        const auto found = cells.find(column.question().name);
        if (found == cells.end()) {
            answers.push_back(Answer::not_asked());
        } else if (found->second->blank) {
            answers.push_back(Answer::blank());
        } else {
            answers.push_back(answer_for(column.question(), *found->second));
        }
    }
    return answers;
}

std::optional<Scale> scale_of(const FormQuestion& question) {
    if (question.kind != FormQuestion::Kind::kSelectOne) return std::nullopt;
    std::set<double> values;
    for (const FormOption& option : question.options) {
        if (option.scale && !option.outside_scale) values.insert(*option.scale);
    }
    if (values.size() < 2) return std::nullopt;
    const bool two_sided = *values.begin() < 0;
    const std::size_t ends = values.size() >= 4 ? 2 : 1;
    const double low =
        two_sided ? 0 : *std::next(values.begin(), static_cast<std::ptrdiff_t>(ends));
    const double high =
        two_sided ? 0 : *std::prev(values.end(), static_cast<std::ptrdiff_t>(ends + 1));
    Scale scale;
    for (const FormOption& option : question.options) {
        if (!option.scale || option.outside_scale) continue;
        if (*option.scale > high) scale.positive.push_back(option.name);
        if (*option.scale < low) scale.negative.push_back(option.name);
    }
    if (scale.positive.empty() || scale.negative.empty()) return std::nullopt;
    return scale;
}

}  // namespace survey::server
