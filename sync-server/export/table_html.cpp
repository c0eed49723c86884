#include "sync-server/export/markup.h"
#include "sync-server/export/render.h"

namespace survey::server {

namespace {

std::string hidden_text(std::string_view text) {
    return "<span class=\"visually-hidden\">" + escape_markup(text) + "</span>";
}

std::string cell_html(const LabelledCell& cell, const LabelledTable& table, bool total) {
    const Words& w = words(table.language);
    if (!cell.answers) {
        return "<td class=\"suppressed\"><span aria-hidden=\"true\">" +
               std::string(kSuppressedSign) + "</span>" + hidden_text(w.suppressed) + "</td>";
    }
    std::string html = cell.older ? "<td class=\"earlier\">" : "<td>";
    html += format_count(*cell.answers, table.language);
    if (cell.share && !total) html += " (" + format_share(*cell.share, table.language) + ")";
    if (cell.mean) {
        html +=
            "<br>" + escape_markup(w.mean) + ": " + format_decimal(*cell.mean, 1, table.language);
    }
    if (cell.older) html += " <small>" + escape_markup(w.older) + "</small>";
    return html + "</td>";
}

std::string scale_html(const LabelledTable& table) {
    const Words& w = words(table.language);
    const auto row = [&](std::string_view label, auto value) {
        std::string html = "<tr><th scope=\"row\">" + escape_markup(label) + "</th>";
        for (const ScaleSummary& summary : table.scale) {
            const std::string text = value(summary);
            html += text.empty() ? cell_html({}, table, false) : "<td>" + text + "</td>";
        }
        return html + "</tr>\n";
    };
    const auto share = [&table](const std::optional<double>& value) {
        return value ? format_share(*value, table.language) : std::string();
    };
    return "<tbody>\n" + row(w.positive, [&](const ScaleSummary& s) { return share(s.positive); }) +
           row(w.negative, [&](const ScaleSummary& s) { return share(s.negative); }) +
           row(w.balance,
               [&](const ScaleSummary& s) {
                   return s.balance ? format_points(*s.balance, table.language) : std::string();
               }) +
           "</tbody>\n";
}

std::string left_out_html(const LabelledTable& table) {
    std::string html;
    for (const LabelledTable::Left& left : table.left_out) {
        const std::string count = left.answers ? format_count(*left.answers, table.language)
                                               : std::string(words(table.language).suppressed);
        html += "<p>" + escape_markup(left.label) + ": " + escape_markup(count) + "</p>\n";
    }
    return html;
}

}  // namespace

std::string table_html(const LabelledTable& table) {
    const Words& w = words(table.language);
    std::string html = "<div class=\"results\" lang=\"" + std::string(w.code) + "\">\n<table>\n";
    html += "<caption>" + escape_markup(table.title) + "<br><small>" + escape_markup(table.summary);
    if (!table.state.empty()) html += " " + escape_markup(table.state);
    html += "</small></caption>\n<thead>\n";
    if (!table.column_question.empty()) {
        html += "<tr><td></td><th scope=\"colgroup\" colspan=\"" +
                std::to_string(table.columns.size()) + "\">" +
                escape_markup(table.column_question) + "</th></tr>\n";
    }
    html += "<tr><th scope=\"col\">" + escape_markup(table.row_question) + "</th>";
    for (const std::string& column : table.columns) {
        html += "<th scope=\"col\">" + escape_markup(column) + "</th>";
    }
    html += "</tr>\n</thead>\n<tbody>\n";
    for (const LabelledTable::Row& row : table.rows) {
        const bool total = &row == &table.rows.back();
        html += total ? "<tr class=\"total\">" : "<tr>";
        html += "<th scope=\"row\">" + escape_markup(row.label) + "</th>";
        for (const LabelledCell& cell : row.cells)
            html += cell_html(cell, table, total);
        html += "</tr>\n";
    }
    html += "</tbody>\n";
    if (!table.scale.empty()) html += scale_html(table);
    html += "</table>\n" + left_out_html(table);
    for (const std::string& note : table.notes) {
        html += "<p><small>" + escape_markup(note) + "</small></p>\n";
    }
    return html + "</div>\n";
}

}  // namespace survey::server
