#include <string>
#include <vector>

#include "forms/lists/csv_reader.h"
#include "forms/lists/external_list.h"
#include "forms/xml/reader.h"

namespace survey::forms {

namespace {

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

bool ends_with(std::string_view url, std::string_view ending) {
    if (url.size() < ending.size()) return false;
    url.remove_prefix(url.size() - ending.size());
    for (std::size_t i = 0; i < ending.size(); ++i) {
        const char c = url[i] >= 'A' && url[i] <= 'Z' ? static_cast<char>(url[i] + 32) : url[i];
        if (c != ending[i]) return false;
    }
    return true;
}

}  // namespace

Result<xml::Document> read_csv_list(std::string_view bytes) {
    CsvReader reader(bytes);
    xml::Document document;
    const xml::Node root = document.append_element(0, xml::Name{"", "root", ""});
    std::vector<xml::Name> columns;
    const xml::Name item_name{"", "item", ""};
    std::size_t rows = 0;
    while (!reader.at_end()) {
        const std::vector<std::string> cells = reader.row();
        if (is_blank_row(cells)) continue;
        if (columns.empty()) {
            for (const std::string& cell : cells) {
                columns.push_back({"", std::string(trimmed(cell)), ""});
            }
            continue;
        }
        if (++rows > kListRowsMax) {
            return fail(ErrorCode::kLimit,
                        "The list has more than " + std::to_string(kListRowsMax) + " rows.");
        }
        const xml::Node item = document.append_element(root, item_name);
        for (std::size_t i = 0; i < columns.size(); ++i) {
            if (columns[i].local.empty()) continue;
            const xml::Node cell = document.append_element(item, columns[i]);
            if (i < cells.size() && !cells[i].empty()) document.append_text(cell, cells[i]);
        }
    }
    if (columns.empty()) {
        return fail(ErrorCode::kInvalidInput, "The list has no header line with column names.");
    }
    return document;
}

ListKind list_kind(std::string_view url, std::string_view content_type) {
    const std::string_view type = trimmed(content_type.substr(0, content_type.find(';')));
    if (ends_with(type, "/csv")) return ListKind::kCsv;
    if (ends_with(type, "json")) return ListKind::kGeoJson;
    if (ends_with(type, "xml")) return ListKind::kXml;
    if (ends_with(url, ".csv") || url.starts_with("jr://file-csv/")) return ListKind::kCsv;
    return ends_with(url, ".geojson") ? ListKind::kGeoJson : ListKind::kXml;
}

Result<xml::Document> read_external_list(std::string_view url, std::string_view bytes,
                                         std::string_view content_type) {
    const auto named = [&](Error error) {
        return std::move(error).during("reading " + std::string(url));
    };
    if (bytes.size() > kListBytesMax) {
        return named(fail(ErrorCode::kLimit, "The file is too large for a list."));
    }
    const ListKind kind = list_kind(url, content_type);
    if (kind == ListKind::kCsv) {
        auto list = read_csv_list(bytes);
        if (!list) return named(std::move(list).error());
        return list;
    }
    if (kind == ListKind::kGeoJson) {
        auto list = read_geojson_list(bytes);
        if (!list) return named(std::move(list).error());
        return list;
    }
    xml::Limits limits;
    limits.bytes_max = kListBytesMax;
    limits.nodes_max = 16'000'000;
    auto list = xml::parse(bytes, limits);
    if (!list) return named(std::move(list).error());
    return list;
}

}  // namespace survey::forms
