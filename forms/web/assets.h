#pragma once

#include <span>
#include <string_view>

namespace survey::forms {

/// A file of the filler's pages, as it is sent. The bytes are in the program and live as long as
/// it.
struct WebAsset {
    std::string_view name;          ///< "main-Bx3k9QzT.js"; the hash is of the content
    std::string_view content_type;  ///< "text/javascript; charset=utf-8"
    std::string_view plain;         ///< empty where there is `gzip`, which every browser takes
    std::string_view gzip;          ///< empty where packing saves nothing
};

/// What is served below `/a/`, to be cached for ever: names change with the content. Sorted by
/// name.
std::span<const WebAsset> web_assets();

/// Null where there is none of this name.
const WebAsset* web_asset(std::string_view name);

/// The same asset packed by brotli; empty where that saves nothing. Only a program that calls this
/// carries these bytes: a page on loopback has no use for them.
std::string_view web_brotli(std::string_view name);

/// The service worker, with `plain` and `gzip`, for `/f/sw.js`, which must not be cached: it knows
/// the names of the assets.
const WebAsset& web_worker();

}  // namespace survey::forms
