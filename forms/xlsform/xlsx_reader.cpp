#include <algorithm>
#include <map>
#include <optional>

#include "common/base/number.h"
#include "forms/xlsform/cell_text.h"
#include "forms/xlsform/number_format.h"
#include "forms/xlsform/readers_internal.h"
#include "forms/xlsform/xml_scanner.h"
#include "forms/xlsform/zip_archive.h"

namespace survey::forms {

namespace {

using Event = XmlScanner::Event;

Error damaged(const std::string& part) {
    return fail(ErrorCode::kCorrupt,
                "the part " + part +
                    " of the workbook is damaged; open it in the spreadsheet program "
                    "and save it again");
}

/// "_x000D_" stands for a character that XML cannot hold (ECMA-376 part 1, 22.9.2.19).
std::string unescape(const std::string& text) {
    if (text.find("_x") == std::string::npos) return text;
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool escape = i + 7 <= text.size() && text[i] == '_' && text[i + 1] == 'x' &&
                            text[i + 6] == '_' &&
                            text.find_first_not_of("0123456789abcdefABCDEF", i + 2) == i + 6;
        if (!escape) {
            out += text[i];
            continue;
        }
        unsigned code = 0;
        for (std::size_t d = i + 2; d < i + 6; ++d) {
            const char c = text[d];
            const int digit = c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
            code = code * 16 + static_cast<unsigned>(digit);
        }
        if (code < 0x80 && (code >= 0x20 || code == '\n' || code == '\r' || code == '\t')) {
            out += static_cast<char>(code);
        }
        i += 6;
    }
    return out;
}

/// The text of the element that began: its runs in order, without the readings of Japanese text.
/// False where the part is broken.
bool read_rich_text(XmlScanner& xml, std::string& text) {
    bool in_text = false;
    for (std::size_t depth = 1; depth > 0;) {
        switch (xml.next()) {
            case Event::kStart:
                if (xml.name() == "rPh") {
                    if (!xml.skip()) return false;
                    break;
                }
                in_text = xml.name() == "t";
                ++depth;
                break;
            case Event::kEnd:
                in_text = false;
                --depth;
                break;
            case Event::kText:
                if (in_text) text += xml.text();
                break;
            default:
                return false;
        }
    }
    text = unescape(text);
    return true;
}

struct SheetEntry {
    std::string name;
    std::string relation;
};

class XlsxReader {
  public:
    XlsxReader(ZipArchive zip, const WorkbookLimits& limits)
        : zip_(std::move(zip)), limits_(limits) {}

    Result<Workbook> read() {
        TRY_ASSIGN(const std::string main, find_main());
        const std::size_t slash = main.rfind('/');
        const std::string folder = slash == std::string::npos ? "" : main.substr(0, slash + 1);
        const std::string file = main.substr(folder.size());
        TRY_ASSIGN(const auto relations,
                   read_relations(folder + "_rels/" + file + ".rels", folder));
        TRY(read_workbook_part(main));
        for (const auto& [id, relation] : relations) {
            if (relation.type.ends_with("/sharedStrings")) TRY(read_strings(relation.target));
            if (relation.type.ends_with("/styles")) TRY(read_styles(relation.target));
        }
        Workbook book;
        book.is_spreadsheet = true;
        for (const SheetEntry& entry : entries_) {
            const auto relation = relations.find(entry.relation);
            if (relation == relations.end()) return damaged(main);
            if (!relation->second.type.ends_with("/worksheet")) continue;  // a chart
            Sheet sheet{entry.name, {}};
            TRY(read_sheet(relation->second.target, sheet));
            book.sheets.push_back(std::move(sheet));
        }
        if (book.sheets.empty())
            return fail(ErrorCode::kInvalidInput, "the workbook has no sheets");
        return book;
    }

  private:
    struct Relation {
        std::string type;
        std::string target;
    };

    Result<std::map<std::string, Relation>> read_relations(const std::string& part,
                                                           const std::string& folder) {
        TRY_ASSIGN(const std::string content, zip_.read(part));
        XmlScanner xml(content);
        std::map<std::string, Relation> relations;
        for (Event event = xml.next(); event != Event::kDone; event = xml.next()) {
            if (event == Event::kBroken) return damaged(part);
            if (event != Event::kStart || xml.name() != "Relationship") continue;
            std::string target = xml.attribute("Target");
            target = target.starts_with('/') ? target.substr(1) : folder + target;
            relations[xml.attribute("Id")] = Relation{xml.attribute("Type"), std::move(target)};
        }
        return relations;
    }

    Result<std::string> find_main() {
        if (!zip_.has("_rels/.rels")) {
            return fail(ErrorCode::kInvalidInput,
                        "this is a zip archive, but not a workbook; save the form as .xlsx");
        }
        TRY_ASSIGN(const auto relations, read_relations("_rels/.rels", ""));
        for (const auto& [id, relation] : relations) {
            if (relation.type.ends_with("/officeDocument") && zip_.has(relation.target) &&
                relation.target.ends_with(".xml") &&
                relation.target.find("word/") == std::string::npos) {
                return relation.target;
            }
        }
        return fail(ErrorCode::kInvalidInput, "this is not a workbook; save the form as .xlsx");
    }

    Result<void> read_workbook_part(const std::string& part) {
        TRY_ASSIGN(const std::string content, zip_.read(part));
        XmlScanner xml(content);
        for (Event event = xml.next(); event != Event::kDone; event = xml.next()) {
            if (event == Event::kBroken) return damaged(part);
            if (event != Event::kStart) continue;
            if (xml.name() == "workbookPr") {
                const std::string from = xml.attribute("date1904");
                from_1904_ = from == "1" || from == "true";
            }
            if (xml.name() != "sheet") continue;
            if (entries_.size() >= limits_.sheets_max) {
                return fail(ErrorCode::kLimit, "the workbook has too many sheets");
            }
            std::string relation = xml.attribute_as_written("r:id");
            if (relation.empty()) relation = xml.attribute("id");
            entries_.push_back(SheetEntry{xml.attribute("name"), std::move(relation)});
        }
        return {};
    }

    Result<void> read_strings(const std::string& part) {
        TRY_ASSIGN(const std::string content, zip_.read(part));
        XmlScanner xml(content);
        for (Event event = xml.next(); event != Event::kDone; event = xml.next()) {
            if (event == Event::kBroken) return damaged(part);
            if (event != Event::kStart || xml.name() != "si") continue;
            std::string text;
            if (!read_rich_text(xml, text)) return damaged(part);
            strings_.push_back(clean_cell(text));
        }
        return {};
    }

    Result<void> read_styles(const std::string& part) {
        TRY_ASSIGN(const std::string content, zip_.read(part));
        XmlScanner xml(content);
        std::map<std::uint32_t, bool> own_formats;
        bool in_cell_formats = false;
        const auto id = [&] {
            return static_cast<std::uint32_t>(parse_int(xml.attribute("numFmtId")).value_or(0));
        };
        for (Event event = xml.next(); event != Event::kDone; event = xml.next()) {
            if (event == Event::kBroken) return damaged(part);
            if (event == Event::kEnd && xml.name() == "cellXfs") in_cell_formats = false;
            if (event != Event::kStart) continue;
            if (xml.name() == "cellXfs") in_cell_formats = true;
            if (xml.name() == "numFmt")
                own_formats[id()] = is_date_format(xml.attribute("formatCode"));
            if (xml.name() != "xf" || !in_cell_formats) continue;
            const auto own = own_formats.find(id());
            date_styles_.push_back(own != own_formats.end() ? own->second : is_date_format(id()));
        }
        return {};
    }

    /// "AB12" is column 27; nothing where there are no letters.
    static std::optional<std::size_t> column_of(std::string_view reference) {
        std::size_t column = 0;
        std::size_t letters = 0;
        for (const char c : reference) {
            if (c < 'A' || c > 'Z') break;
            column = column * 26 + static_cast<std::size_t>(c - 'A') + 1;
            if (++letters > 4) return std::nullopt;
        }
        if (letters == 0) return std::nullopt;
        return column - 1;
    }

    /// The text of the cell element that began.
    Result<std::string> read_cell(XmlScanner& xml, const std::string& part) {
        const std::string type = xml.attribute("t");
        const std::size_t style = static_cast<std::size_t>(
            std::max<std::int64_t>(0, parse_int(xml.attribute("s")).value_or(0)));
        std::string value;
        std::string rich;
        bool in_value = false;
        for (std::size_t depth = 1; depth > 0;) {
            switch (xml.next()) {
                case Event::kStart:
                    if (xml.name() == "is") {
                        if (!read_rich_text(xml, rich)) return damaged(part);
                        break;
                    }
                    in_value = xml.name() == "v";
                    ++depth;
                    break;
                case Event::kEnd:
                    in_value = false;
                    --depth;
                    break;
                case Event::kText:
                    if (in_value) value += xml.text();
                    break;
                default:
                    return damaged(part);
            }
        }
        return cell_text(type, style, value, rich, part);
    }

    Result<std::string> cell_text(const std::string& type, std::size_t style,
                                  const std::string& value, const std::string& rich,
                                  const std::string& part) const {
        if (type == "s") {
            const auto index = parse_int(trim(value));
            if (!index || *index < 0 || static_cast<std::size_t>(*index) >= strings_.size()) {
                return damaged(part);
            }
            return strings_[static_cast<std::size_t>(*index)];
        }
        if (type == "inlineStr") return clean_cell(rich);
        if (type == "b") return std::string(trim(value) == "1" ? "TRUE" : "FALSE");
        if (type == "d") {
            std::string date = clean_cell(value);
            if (date.size() == 10) return date + " 00:00:00";
            if (date.size() > 10 && date[10] == 'T') date[10] = ' ';
            return date.substr(0, std::min(date.find_first_of(".Z"), date.size()));
        }
        if (type == "str" || type == "e") return clean_cell(unescape(value));
        const auto number = parse_double(trim(value));
        if (!number) return clean_cell(value);
        const bool is_date = style < date_styles_.size() && date_styles_[style];
        return is_date ? format_serial_date(*number, from_1904_) : format_cell_number(*number);
    }

    Result<void> read_sheet(const std::string& part, Sheet& sheet) {
        TRY_ASSIGN(const std::string content, zip_.read(part));
        XmlScanner xml(content);
        SheetRow row;
        std::size_t column = 0;
        for (Event event = xml.next(); event != Event::kDone; event = xml.next()) {
            if (event == Event::kBroken) return damaged(part);
            if (event == Event::kEnd && xml.name() == "row") TRY(keep_row(sheet, row));
            if (event == Event::kEnd && xml.name() == "sheetData") return {};
            if (event != Event::kStart) continue;
            if (xml.name() == "row") {
                const auto number = parse_int(xml.attribute("r"));
                const std::uint32_t previous = row.number;
                row = SheetRow{previous + 1, 0, {}};
                if (number && *number > previous && *number <= 10'000'000) {
                    row.number = static_cast<std::uint32_t>(*number);
                }
                column = 0;
                const std::uint32_t last = sheet.rows.empty() ? 0 : sheet.rows.back().number;
                if (row.number - last > kEmptyRowsMax + 1) return {};
            } else if (xml.name() == "c") {
                column = column_of(xml.attribute("r")).value_or(column);
                TRY_ASSIGN(std::string text, read_cell(xml, part));
                if (!text.empty() && column < limits_.columns_max) {
                    text_bytes_ += text.size();
                    if (row.cells.size() <= column) row.cells.resize(column + 1);
                    row.cells[column] = std::move(text);
                }
                ++column;
            }
        }
        return damaged(part);  // cut off
    }

    Result<void> keep_row(Sheet& sheet, SheetRow& row) {
        if (row.cells.empty()) return {};
        if (++rows_ > limits_.rows_max)
            return fail(ErrorCode::kLimit, "the workbook has too many rows");
        if (text_bytes_ > limits_.text_bytes_max) {
            return fail(ErrorCode::kLimit, "the workbook has too much text");
        }
        const std::uint32_t number = row.number;
        sheet.rows.push_back(std::move(row));
        row = SheetRow{number, 0, {}};
        return {};
    }

    ZipArchive zip_;
    const WorkbookLimits& limits_;
    std::vector<SheetEntry> entries_;
    std::vector<std::string> strings_;
    std::vector<bool> date_styles_;
    bool from_1904_ = false;
    std::size_t rows_ = 0;
    std::size_t text_bytes_ = 0;
};

}  // namespace

Result<Workbook> read_xlsx(std::string_view bytes, const WorkbookLimits& limits) {
    TRY_ASSIGN(ZipArchive zip, ZipArchive::open(bytes, limits));
    return XlsxReader(std::move(zip), limits).read();
}

}  // namespace survey::forms
