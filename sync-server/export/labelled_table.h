#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sync-server/aggregate/released_table.h"
#include "sync-server/aggregate/statistics.h"
#include "sync-server/export/words.h"

namespace survey::server {

/// What the form calls things, in the language of the reader. Missing labels fall back to names.
struct AxisLabels {
    std::string question;
    std::vector<std::string> categories;  ///< As ReleasedAxis::categories.
};
struct TableLabels {
    std::string title;
    AxisLabels row;
    AxisLabels column;
    std::string mean_of;
    std::string state;  ///< When the answers were counted, ready to read: "Stand: 3. Mai 2027".
};

struct LabelledCell {
    std::optional<std::uint64_t> answers;  ///< Nothing: suppressed.
    std::optional<double> share;           ///< Of the column.
    std::optional<Interval> interval;      ///< Of the share.
    std::optional<double> mean;
    bool older = false;  ///< Of an earlier state than the table.
};

/// A released table with words: what all renderers draw from. The last row and, in a table of two
/// questions, the last column are totals.
struct LabelledTable {
    struct Row {
        std::string name;  ///< Of the option; empty for the total.
        std::string label;
        std::vector<LabelledCell> cells;
    };
    struct Left {
        std::string label;
        std::optional<std::uint64_t> answers;
    };

    std::string id;
    Language language = Language::kGerman;
    std::string title;
    std::string state;
    std::string row_question;
    std::string column_question;            ///< Empty: a table of one question.
    std::vector<std::string> column_names;  ///< Of the options; the total's is empty.
    std::vector<std::string> columns;
    std::vector<Row> rows;
    std::vector<Left> left_out;
    std::vector<ScaleSummary> scale;  ///< By column; empty without a scale.
    std::string mean_of;
    std::string summary;  ///< One sentence.
    std::vector<std::string> notes;
};

LabelledTable labelled(const ReleasedTable& table, const TableLabels& labels, Language language);

}  // namespace survey::server
