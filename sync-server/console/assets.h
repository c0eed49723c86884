#pragma once

#include <string>
#include <string_view>

namespace survey::server {

/// A file of the pages. Its name changes with its content, so browsers may keep it for ever.
struct Asset {
    std::string name;  ///< "style-0123456789abcdef.css"
    std::string_view bytes;
    std::string_view content_type;
};

/// The one style sheet of all pages.
const Asset& style_sheet();
/// The file of that name; null if there is none.
const Asset* find_asset(std::string_view name);

}  // namespace survey::server
