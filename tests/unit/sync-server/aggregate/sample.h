#pragma once

#include <string>
#include <utility>
#include <vector>

#include "common/base/random.h"
#include "sync-server/aggregate/columns.h"
#include "sync-server/aggregate/tabulation.h"

namespace survey::server {

inline ColumnQuestion select_one(std::string name, std::vector<std::string> options,
                                 bool identifying = false) {
    return {std::move(name), QuestionKind::kSelectOne, std::move(options), {}, {}, identifying};
}
inline ColumnQuestion select_many(std::string name, std::vector<std::string> options) {
    return {std::move(name), QuestionKind::kSelectMany, std::move(options), {}, {}, false};
}
inline ColumnQuestion number(std::string name) {
    return {std::move(name), QuestionKind::kNumber, {}, {}, {}, false};
}

/// Ends the test if the questions are wrong.
Columns make_columns(std::vector<ColumnQuestion> questions);

/// Adds `count` answers alike, each of an organisation of its own.
void add_many(Columns& columns, int count, const std::vector<Answer>& answers);

/// `district` (identifying) with the column sums of `counts`, `opinion` with its rows; one answer
/// per organisation. Options are "o1" … and "d1" ….
Columns from_counts(const std::vector<std::vector<int>>& counts);

Tabulation table_of(std::string id, std::string row, std::string column = "");

}  // namespace survey::server
