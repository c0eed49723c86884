#pragma once

#include "sync-server/export/labelled_table.h"
#include "sync-server/ingest/question_list.h"
#include "sync-server/results/form_results.h"

namespace survey::server {

/// A released table in the words of its form. Options that the newest version no longer has keep
/// their names.
LabelledTable label_table(const TableAnswer& answer, const QuestionList& questions,
                          const TableQuestion& asked, Language language);

/// What a question or option is called; its name where the form has no text for it, and a word of
/// ours for calculated groups. Markup of labels is left out.
std::string label_of(const FormQuestion& question, const QuestionList& questions,
                     Language language);
std::string label_of(const FormOption& option, const QuestionList& questions, Language language);
/// The heading that the question stands under; empty where there is none.
std::string heading_of(const FormQuestion& question, const QuestionList& questions,
                       Language language);

/// "de", "en"
std::string_view code_of(Language language);
/// The other way round; English for what is not German.
Language language_of_code(std::string_view code);

}  // namespace survey::server
