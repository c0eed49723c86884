#pragma once

#include <cstddef>
#include <string_view>

#include "common/base/result.h"
#include "forms/xml/document.h"

namespace survey::forms {

// Lists come with forms that others wrote; a larger one is refused with its name.
inline constexpr std::size_t kListBytesMax = 256u << 20;
inline constexpr std::size_t kListRowsMax = 2'000'000;

enum class ListKind { kCsv, kGeoJson, kXml };

/// What kind of list a file is: by its content type where there is one, else by the extension of
/// its address. Everything else is XML.
ListKind list_kind(std::string_view url, std::string_view content_type);

/// Reads the file of an external secondary instance. The tree is `root/item/column` for the first
/// two (ODK XForms specification, "Secondary Instances - External").
Result<xml::Document> read_external_list(std::string_view url, std::string_view bytes,
                                         std::string_view content_type = {});

/// The delimiter is `;` where the header line has one, else `,`. Quoted cells may hold line breaks;
/// a byte order mark and blank lines are skipped; short rows give blank cells.
Result<xml::Document> read_csv_list(std::string_view bytes);

/// A FeatureCollection: each feature an item with `geometry` in ODK order (latitude longitude
/// altitude accuracy), its properties, and `id`, the feature's own before that of a property.
Result<xml::Document> read_geojson_list(std::string_view bytes);

}  // namespace survey::forms
