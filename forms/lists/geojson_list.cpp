#include <string>
#include <utility>

#include "common/base/number.h"
#include "forms/lists/external_list.h"
#include "forms/lists/json_text.h"

namespace survey::forms {

namespace {

/// "latitude longitude 0 0" from [longitude, latitude]; empty if it is no position.
std::string point_text(const JsonText& position) {
    if (position.items.size() < 2) return {};
    const auto longitude = parse_double(position.items[0].text);
    const auto latitude = parse_double(position.items[1].text);
    if (!longitude || !latitude) return {};
    return format_double(*latitude) + " " + format_double(*longitude) + " 0 0";
}

std::string line_text(const JsonText& positions) {
    std::string out;
    for (const JsonText& position : positions.items) {
        out += (out.empty() ? "" : "; ") + point_text(position);
    }
    return out;
}

/// Points, lines, and the outer ring of polygons; other geometries are blank.
std::string geometry_text(const JsonText* geometry) {
    if (geometry == nullptr) return {};
    const JsonText* type = geometry->member("type");
    const JsonText* coordinates = geometry->member("coordinates");
    if (type == nullptr || coordinates == nullptr) return {};
    if (type->text == "Point") return point_text(*coordinates);
    if (type->text == "LineString") return line_text(*coordinates);
    if (type->text == "Polygon" && !coordinates->items.empty()) {
        return line_text(coordinates->items.front());
    }
    return {};
}

void append_cell(xml::Document& document, xml::Node item, const std::string& name,
                 std::string_view text) {
    const xml::Node cell = document.append_element(item, xml::Name{"", name, ""});
    if (!text.empty()) document.append_text(cell, text);
}

}  // namespace

Result<xml::Document> read_geojson_list(std::string_view bytes) {
    TRY_ASSIGN(const JsonText json, parse_json_text(bytes));
    const JsonText* type = json.member("type");
    const JsonText* features = json.member("features");
    if (type == nullptr || type->text != "FeatureCollection" || features == nullptr) {
        return fail(ErrorCode::kInvalidInput, "The file is not a GeoJSON FeatureCollection.");
    }
    if (features->items.size() > kListRowsMax) {
        return fail(ErrorCode::kLimit, "The file has too many features for a list.");
    }
    xml::Document document;
    const xml::Node root = document.append_element(0, xml::Name{"", "root", ""});
    for (const JsonText& feature : features->items) {
        const xml::Node item = document.append_element(root, xml::Name{"", "item", ""});
        append_cell(document, item, "geometry", geometry_text(feature.member("geometry")));
        const JsonText* id = feature.member("id");
        if (id != nullptr) append_cell(document, item, "id", id->text);
        const JsonText* properties = feature.member("properties");
        if (properties == nullptr) continue;
        for (std::size_t i = 0; i < properties->names.size(); ++i) {
            const std::string& name = properties->names[i];
            if (name == "geometry" || (name == "id" && id != nullptr)) continue;
            append_cell(document, item, name, properties->values[i].text);
        }
    }
    return document;
}

}  // namespace survey::forms
