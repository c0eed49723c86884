#include "forms/authoring/sheet_draft.h"

#include <algorithm>

namespace survey::forms {

std::size_t SheetDraft::add_row() {
    rows_.emplace_back();
    return rows_.size() - 1;
}

void SheetDraft::set(std::size_t row, const std::string& header, std::string_view text) {
    if (text.empty()) return;
    if (std::find(headers_.begin(), headers_.end(), header) == headers_.end()) {
        headers_.push_back(header);
    }
    rows_[row][header] = std::string(text);
}

const std::string& SheetDraft::get(std::size_t row, const std::string& header) const {
    static const std::string kNone;
    const auto found = rows_[row].find(header);
    return found == rows_[row].end() ? kNone : found->second;
}

void SheetDraft::remove(std::size_t row, const std::string& header) {
    rows_[row].erase(header);
}

std::size_t SheetDraft::rank(const std::string& header) const {
    const std::size_t suffix = header.find("::");
    const auto found = std::find(order_.begin(), order_.end(), header.substr(0, suffix));
    // The column without a language comes first.
    return static_cast<std::size_t>(found - order_.begin()) * 2 +
           (suffix == std::string::npos ? 0 : 1);
}

Sheet SheetDraft::finish() const {
    std::vector<std::string> columns = headers_;
    std::erase_if(columns, [&](const std::string& header) {
        return std::none_of(rows_.begin(), rows_.end(),
                            [&](const auto& row) { return row.contains(header); });
    });
    std::stable_sort(columns.begin(), columns.end(),
                     [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
    Sheet sheet{name_, {SheetRow{1, 0, columns}}};
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        SheetRow row{number_of(i), 0, {}};
        for (const std::string& column : columns)
            row.cells.push_back(get(i, column));
        sheet.rows.push_back(std::move(row));
    }
    return sheet;
}

}  // namespace survey::forms
