#pragma once

#include <optional>
#include <vector>

#include "sync-server/aggregate/columns.h"
#include "sync-server/aggregate/tabulation.h"
#include "sync-server/ingest/answer_row.h"
#include "sync-server/ingest/question_list.h"

namespace survey::server {

/// A form's question as a column.
ColumnQuestion as_column(const FormQuestion& question);

/// `declared` and what `columns` learned from answers, with the questions and options of another
/// version of the form added behind. Nothing is removed, reordered or changed: numbers that were
/// shown are remembered by position.
/// \param columns made from `declared`; null before the first.
std::vector<ColumnQuestion> extended(std::vector<ColumnQuestion> declared, const Columns* columns,
                                     const QuestionList& version);

/// The row's answers in the order of the columns. What a column cannot hold (several options where
/// it takes one, from a version that asked otherwise) counts as blank.
std::vector<Answer> answers_for(const Columns& columns, const AnswerRow& row);

/// For and against, from the numbers behind the options: below and above zero, or on a scale from 1
/// the two at either end (one, if there are only three). Nothing without numbers behind them.
std::optional<Scale> scale_of(const FormQuestion& question);

}  // namespace survey::server
