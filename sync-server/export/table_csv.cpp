#include <algorithm>

#include "common/base/number.h"
#include "sync-server/export/render.h"

namespace survey::server {

namespace {

/// OWASP, "CSV Injection": spreadsheets take these for the start of a formula.
std::string guard_formula(const std::string& text) {
    const bool risky = !text.empty() &&
                       std::string_view("=+-@\t\r\n").find(text.front()) != std::string_view::npos;
    return risky ? "'" + text : text;
}

class CsvWriter {
  public:
    explicit CsvWriter(const CsvStyle& style) : style_(style) {
        if (style.byte_order_mark) text_ = "\xEF\xBB\xBF";
    }

    void text(const std::string& field) { put(guard_formula(field)); }
    void number(std::string digits) {
        if (style_.separator == ';') std::replace(digits.begin(), digits.end(), '.', ',');
        put(digits);
    }
    void number(const std::optional<double>& value) {
        number(value ? format_double(*value) : std::string());
    }
    void end() {
        text_ += "\r\n";
        first_ = true;
    }
    std::string take() && { return std::move(text_); }

  private:
    void put(const std::string& field) {
        if (!first_) text_ += style_.separator;
        first_ = false;
        const std::string special = std::string("\"\r\n") + style_.separator;
        if (field.find_first_of(special) == std::string::npos) {
            text_ += field;
            return;
        }
        text_ += '"';
        for (const char c : field) {
            if (c == '"') text_ += '"';
            text_ += c;
        }
        text_ += '"';
    }

    CsvStyle style_;
    std::string text_;
    bool first_ = true;
};

const char* status_of(const LabelledCell& cell) {
    if (!cell.answers) return "suppressed";
    return cell.older ? "earlier" : "shown";
}

}  // namespace

std::string table_csv(const LabelledTable& table, const CsvStyle& style) {
    CsvWriter csv(style);
    for (const char* name :
         {"row", "row_label", "column", "column_label", "answers", "share", "mean", "status"}) {
        csv.text(name);
    }
    csv.end();
    for (const LabelledTable::Row& row : table.rows) {
        for (std::size_t c = 0; c < row.cells.size(); ++c) {
            const LabelledCell& cell = row.cells[c];
            csv.text(row.name);
            csv.text(row.label);
            csv.text(table.column_names[c]);
            csv.text(table.columns[c]);
            csv.number(cell.answers ? std::to_string(*cell.answers) : std::string());
            csv.number(cell.share);
            csv.number(cell.mean);
            csv.text(status_of(cell));
            csv.end();
        }
    }
    return std::move(csv).take();
}

}  // namespace survey::server
