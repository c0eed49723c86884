#include "common/json/json.h"
#include "sync-server/export/render.h"

namespace survey::server {

namespace {

template <typename T>
json::Value or_null(const std::optional<T>& value) {
    return value ? json::Value(*value) : json::Value(nullptr);
}

/// {"answers", "share", "interval": [low, high], "mean", "earlier"}: null where nothing is shown;
/// "mean" only in tables of means.
json::Value cell_json(const LabelledCell& cell, bool with_mean) {
    json::Object object;
    object["answers"] = or_null(cell.answers);
    object["share"] = or_null(cell.share);
    object["interval"] = nullptr;
    if (cell.interval) object["interval"] = json::Array{cell.interval->low, cell.interval->high};
    if (with_mean) object["mean"] = or_null(cell.mean);
    if (cell.older) object["earlier"] = true;
    return object;
}

json::Value scale_json(const ScaleSummary& scale) {
    json::Object object;
    object["positive"] = or_null(scale.positive);
    object["negative"] = or_null(scale.negative);
    object["balance"] = or_null(scale.balance);
    object["balance_se"] = or_null(scale.balance_se);
    return object;
}

}  // namespace

// {"id", "language", "title", "state", "row": question, "column": question or null,
//  "columns": [{"name", "label"}], "rows": [{"name", "label", "cells": [cell]}],
//  "left_out": [{"label", "answers"}], "scale": [one per column], "mean_of", "summary", "notes",
//  "suppressed": word}. The last row and the last column are the totals, with the name null.
std::string table_json(const LabelledTable& table) {
    const auto name = [](const std::string& text) {
        return text.empty() ? json::Value(nullptr) : json::Value(text);
    };
    json::Object object;
    object["id"] = table.id;
    object["language"] = words(table.language).code;
    object["title"] = table.title;
    object["state"] = table.state;
    object["row"] = table.row_question;
    object["column"] = name(table.column_question);
    json::Array columns;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        columns.push_back(
            json::Object{{"name", name(table.column_names[i])}, {"label", table.columns[i]}});
    }
    object["columns"] = std::move(columns);
    json::Array rows;
    for (const LabelledTable::Row& row : table.rows) {
        json::Array cells;
        for (const LabelledCell& cell : row.cells) {
            cells.push_back(cell_json(cell, !table.mean_of.empty()));
        }
        rows.push_back(json::Object{
            {"name", name(row.name)}, {"label", row.label}, {"cells", std::move(cells)}});
    }
    object["rows"] = std::move(rows);
    json::Array left_out;
    for (const LabelledTable::Left& left : table.left_out) {
        left_out.push_back(json::Object{{"label", left.label}, {"answers", or_null(left.answers)}});
    }
    object["left_out"] = std::move(left_out);
    json::Array scale;
    for (const ScaleSummary& summary : table.scale)
        scale.push_back(scale_json(summary));
    object["scale"] = std::move(scale);
    object["mean_of"] = name(table.mean_of);
    object["summary"] = table.summary;
    json::Array notes;
    for (const std::string& note : table.notes)
        notes.emplace_back(note);
    object["notes"] = std::move(notes);
    object["suppressed"] = words(table.language).suppressed;
    return json::serialise(object);
}

}  // namespace survey::server
