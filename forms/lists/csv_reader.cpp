#include "forms/lists/csv_reader.h"

namespace survey::forms {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace

CsvReader::CsvReader(std::string_view bytes) : bytes_(bytes) {
    if (bytes_.starts_with(kByteOrderMark)) bytes_.remove_prefix(kByteOrderMark.size());
    const std::string_view header_line = bytes_.substr(0, bytes_.find_first_of("\r\n"));
    if (header_line.find(';') != std::string_view::npos) delimiter_ = ';';
}

std::vector<std::string> CsvReader::row() {
    std::vector<std::string> cells(1);
    bool quoted = false;
    for (; at_ < bytes_.size(); ++at_) {
        const char c = bytes_[at_];
        if (quoted) {
            if (c != '"') {
                cells.back() += c;
            } else if (at_ + 1 < bytes_.size() && bytes_[at_ + 1] == '"') {
                cells.back() += '"';
                ++at_;
            } else {
                quoted = false;
            }
        } else if (c == '"' && cells.back().empty()) {
            quoted = true;
        } else if (c == delimiter_) {
            cells.emplace_back();
        } else if (c == '\n' || c == '\r') {
            if (c == '\r' && at_ + 1 < bytes_.size() && bytes_[at_ + 1] == '\n') ++at_;
            ++at_;
            return cells;
        } else {
            cells.back() += c;
        }
    }
    return cells;
}

bool is_blank_row(const std::vector<std::string>& cells) {
    return cells.size() == 1 && cells[0].find_first_not_of(" \t") == std::string::npos;
}

void append_csv_cell(std::string& out, std::string_view text) {
    if (text.find_first_of(",;\"\r\n") == std::string_view::npos) {
        out += text;
        return;
    }
    out += '"';
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    out += '"';
}

}  // namespace survey::forms
