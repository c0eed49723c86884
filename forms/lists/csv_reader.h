#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace survey::forms {

/// The rows of a CSV file (RFC 4180). The delimiter is `;` where the header line has one, else `,`;
/// quoted cells may hold line breaks; a byte order mark is skipped.
class CsvReader {
  public:
    /// \param bytes outlive the reader.
    explicit CsvReader(std::string_view bytes);

    bool at_end() const { return at_ >= bytes_.size(); }
    /// The cells of the next row. REQUIRES that it is not at its end.
    std::vector<std::string> row();

  private:
    std::string_view bytes_;
    char delimiter_ = ',';
    std::size_t at_ = 0;
};

/// Nothing but blanks in a single cell: a blank line.
bool is_blank_row(const std::vector<std::string>& cells);

/// Appends a cell, quoted where it has to be.
void append_csv_cell(std::string& out, std::string_view text);

}  // namespace survey::forms
