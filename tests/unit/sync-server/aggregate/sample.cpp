#include "tests/unit/sync-server/aggregate/sample.h"

#include <catch2/catch.hpp>

namespace survey::server {

Columns make_columns(std::vector<ColumnQuestion> questions) {
    auto columns = Columns::create(std::move(questions));
    REQUIRE(columns.has_value());
    return *std::move(columns);
}

void add_many(Columns& columns, int count, const std::vector<Answer>& answers) {
    for (int i = 0; i < count; ++i) {
        const std::string name = "many-" + std::to_string(columns.slots());
        REQUIRE(columns.put(name, "r1", "org-" + name, answers).has_value());
    }
}

Columns from_counts(const std::vector<std::vector<int>>& counts) {
    std::vector<std::string> opinions;
    std::vector<std::string> districts;
    for (std::size_t r = 0; r < counts.size(); ++r)
        opinions.push_back("o" + std::to_string(r + 1));
    for (std::size_t c = 0; c < counts[0].size(); ++c) {
        districts.push_back("d" + std::to_string(c + 1));
    }
    Columns columns =
        make_columns({select_one("opinion", opinions), select_one("district", districts, true)});
    for (std::size_t r = 0; r < counts.size(); ++r) {
        for (std::size_t c = 0; c < counts[r].size(); ++c) {
            add_many(columns, counts[r][c], {Answer::of(opinions[r]), Answer::of(districts[c])});
        }
    }
    return columns;
}

Tabulation table_of(std::string id, std::string row, std::string column) {
    Tabulation tabulation;
    tabulation.id = std::move(id);
    tabulation.row.question = std::move(row);
    if (!column.empty()) tabulation.column = Dimension{std::move(column), {}};
    return tabulation;
}

}  // namespace survey::server
