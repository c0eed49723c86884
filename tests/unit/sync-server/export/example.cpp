#include "tests/unit/sync-server/export/example.h"

namespace survey::server {

ReleasedTable example_release() {
    ReleasedTable table;
    table.id = "opinion by district";
    table.as_of = 9;
    table.row = {"opinion", {"low", "high"}, {}, false, false};
    table.column = ReleasedAxis{"district", {"north", "south"}, {}, false, false};
    const auto put = [&table](SetKey key, std::uint64_t answers, Version as_of = 9) {
        table.numbers[key] = {answers, std::nullopt, as_of};
    };
    put({}, 1'240);
    put({SetKind::kRow, 0, kAll}, 310);
    put({SetKind::kRow, 1, kAll}, 930);
    put({SetKind::kColumn, kAll, 0}, 40);
    put({SetKind::kColumn, kAll, 1}, 1'200);
    put({SetKind::kInner, 0, 1}, 300);
    put({SetKind::kInner, 1, 1}, 880, 7);
    put({SetKind::kExcluded, 0, static_cast<std::uint32_t>(Standing::kBlank)}, 12);
    put({SetKind::kExcluded, 0, static_cast<std::uint32_t>(Standing::kCannotSay)}, 0);
    put({SetKind::kExcluded, 0, static_cast<std::uint32_t>(Standing::kNotAsked)}, 0);
    return table;
}

TableLabels example_labels() {
    TableLabels labels;
    labels.title = "Opinion <by> \"district\"";
    labels.row = {"How do you see it?", {"=low & slow", "high"}};
    labels.column = {"District", {"North; upper", "South"}};
    labels.state = "Counted on 3 May 2027.";
    return labels;
}

LabelledTable example(Language language) {
    return labelled(example_release(), example_labels(), language);
}

LabelledTable example_scale(Language language) {
    ReleasedTable table = example_release();
    table.has_scale = true;
    table.numbers[{SetKind::kPositive, kAll, kAll}] = {930, std::nullopt, 9};
    table.numbers[{SetKind::kNegative, kAll, kAll}] = {310, std::nullopt, 9};
    return labelled(table, example_labels(), language);
}

}  // namespace survey::server
