#include "sync-server/api/table_query.h"

namespace survey::server {

namespace {

std::optional<std::string> given(const Request& request, std::string_view name) {
    const auto value = request.parameter(name);
    if (!value || value->empty()) return std::nullopt;
    return std::string(*value);
}

}  // namespace

Result<TableQuestion> read_table_query(const Request& request) {
    TableQuestion question;
    const auto row = given(request, "row");
    if (!row) {
        return fail(ErrorCode::kInvalidInput,
                    "Say which question the table is about: row=<name of the question>.");
    }
    question.row = *row;
    question.column = given(request, "column");
    question.mean_of = given(request, "mean");
    for (const std::string_view filter : request.parameters("filter")) {
        if (filter.empty()) continue;
        const auto colon = filter.find(':');
        if (colon == std::string_view::npos || colon == 0 || colon + 1 == filter.size()) {
            return fail(ErrorCode::kInvalidInput,
                        "A filter is written as filter=<question>:<option>.");
        }
        const std::string name(filter.substr(0, colon));
        if (!question.filter) question.filter = Filter{name, {}};
        if (question.filter->question != name) {
            return fail(ErrorCode::kInvalidInput,
                        "Filters of one table must be about the same question.");
        }
        question.filter->options.emplace_back(filter.substr(colon + 1));
    }
    return question;
}

}  // namespace survey::server
