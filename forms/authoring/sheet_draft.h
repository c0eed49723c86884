#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "forms/xlsform/workbook.h"

namespace survey::forms {

/// A sheet that is being written: rows with cells by their header. A column exists once a cell of
/// it holds something.
class SheetDraft {
  public:
    /// \param columns The usual order of columns; translated ones follow their base, others come
    /// last.
    SheetDraft(std::string name, std::vector<std::string> columns)
        : name_(std::move(name)), order_(std::move(columns)) {}

    /// \return Its index.
    std::size_t add_row();
    /// Sets or replaces; an empty text is no cell.
    void set(std::size_t row, const std::string& header, std::string_view text);
    const std::string& get(std::size_t row, const std::string& header) const;
    void remove(std::size_t row, const std::string& header);
    bool empty() const { return rows_.empty(); }
    std::size_t row_count() const { return rows_.size(); }
    /// The row number of a spreadsheet: the header is 1.
    static std::uint32_t number_of(std::size_t row) { return static_cast<std::uint32_t>(row + 2); }
    /// Calls `visit(text)` for every cell.
    template <typename Visit>
    void for_each_cell(const Visit& visit) const {
        for (const auto& row : rows_) {
            for (const auto& [header, text] : row)
                visit(text);
        }
    }

    Sheet finish() const;

  private:
    std::size_t rank(const std::string& header) const;

    std::string name_;
    std::vector<std::string> order_;
    std::vector<std::string> headers_;  // in the order of their first cell
    std::vector<std::unordered_map<std::string, std::string>> rows_;
};

}  // namespace survey::forms
