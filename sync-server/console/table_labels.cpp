#include "sync-server/console/table_labels.h"

#include <utility>

namespace survey::server {

namespace {

/// Labels may carry the form authors' small markup (bold, colour); tables show the words.
std::string without_markup(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '<') {
            const auto end = text.find('>', i);
            if (end != std::string_view::npos) {
                i = end;
                continue;
            }
        }
        if ((c == '*' || c == '_') && i + 1 < text.size() && text[i + 1] == c) {
            ++i;
            continue;
        }
        out += c == '\n' ? ' ' : c;
    }
    return out;
}

std::string label_or_name(const std::vector<std::string>& labels, std::size_t language,
                          const std::string& name) {
    if (language < labels.size() && !labels[language].empty())
        return without_markup(labels[language]);
    return name;
}

struct GroupWord {
    std::string_view role, german, english;
};
constexpr GroupWord kGroupWords[] = {
    {"actor_group", "Gruppe", "Group"},
    {"branch", "Wirtschaftszweig", "Branch"},
    {"size_class", "Größenklasse", "Size class"},
    {"district", "Kreis", "District"},
};

AxisLabels axis_labels(const ReleasedAxis& axis, const QuestionList& questions, Language language) {
    AxisLabels labels;
    const FormQuestion* question = questions.find(axis.question);
    labels.question = question ? label_of(*question, questions, language) : axis.question;
    if (axis.number) return labels;
    for (const std::string& category : axis.categories) {
        std::string label = category;
        if (question) {
            for (const FormOption& option : question->options) {
                if (option.name == category) label = label_of(option, questions, language);
            }
        }
        labels.categories.push_back(std::move(label));
    }
    return labels;
}

std::string state_line(Instant released, Language language) {
    const std::string date = format_utc(released);  // 2026-11-25T08:30:00.000Z
    const std::string day = date.substr(8, 2);
    const std::string month = date.substr(5, 2);
    const std::string year = date.substr(0, 4);
    if (language == Language::kGerman)
        return "Stand: " + day + "." + month + "." + year + ", " + date.substr(11, 5) + " UTC";
    return "As of " + year + "-" + month + "-" + day + ", " + date.substr(11, 5) + " UTC";
}

std::string filter_text(const Filter& filter, const QuestionList& questions, Language language) {
    const FormQuestion* question = questions.find(filter.question);
    std::string text =
        (question ? label_of(*question, questions, language) : filter.question) + ": ";
    for (std::size_t i = 0; i < filter.options.size(); ++i) {
        if (i != 0) text += ", ";
        std::string label = filter.options[i];
        if (question) {
            for (const FormOption& option : question->options) {
                if (option.name == filter.options[i]) label = label_of(option, questions, language);
            }
        }
        text += label;
    }
    return text;
}

}  // namespace

std::string label_of(const FormQuestion& question, const QuestionList& questions,
                     Language language) {
    std::string label =
        label_or_name(question.labels, questions.language_for(code_of(language)), "");
    if (!label.empty()) return label;
    for (const GroupWord& word : kGroupWords) {
        if (word.role == question.role)
            return std::string(language == Language::kGerman ? word.german : word.english);
    }
    return question.name;
}

std::string label_of(const FormOption& option, const QuestionList& questions, Language language) {
    return label_or_name(option.labels, questions.language_for(code_of(language)), option.name);
}

std::string heading_of(const FormQuestion& question, const QuestionList& questions,
                       Language language) {
    return label_or_name(question.headings, questions.language_for(code_of(language)), "");
}

std::string_view code_of(Language language) {
    return language == Language::kGerman ? "de" : "en";
}

Language language_of_code(std::string_view code) {
    return code == "de" ? Language::kGerman : Language::kEnglish;
}

LabelledTable label_table(const TableAnswer& answer, const QuestionList& questions,
                          const TableQuestion& asked, Language language) {
    TableLabels labels;
    labels.row = axis_labels(answer.table.row, questions, language);
    if (answer.table.column) labels.column = axis_labels(*answer.table.column, questions, language);
    labels.title = labels.row.question;
    if (const FormQuestion* question = questions.find(answer.table.row.question)) {
        const std::string heading = heading_of(*question, questions, language);
        if (!heading.empty()) labels.title = heading + ": " + labels.title;
    }
    if (asked.filter) labels.title += " (" + filter_text(*asked.filter, questions, language) + ")";
    if (asked.mean_of) {
        const FormQuestion* measured = questions.find(*asked.mean_of);
        labels.mean_of = measured ? label_of(*measured, questions, language) : *asked.mean_of;
    }
    labels.state = state_line(answer.released, language);
    return labelled(answer.table, labels, language);
}

}  // namespace survey::server
