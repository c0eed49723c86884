#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "forms/xml/document.h"

namespace survey::forms {

/// Paths as XPath 3.1's `fn:path()` writes them, unambiguous whatever the prefixes in scope:
/// "/Q{}data[1]/Q{http://openrosa.org/xforms}meta[1]/Q{}x[2]", "@lang", "@Q{uri}local",
/// "text()[1]", "comment()[1]", "processing-instruction(name)[1]". The document node is "/".
/// A writer remembers positions, so that the paths of many siblings in order cost no more than one
/// walk past them. Refers to the document, which outlives it and does not change.
class PathWriter {
  public:
    explicit PathWriter(const xml::Document& document) : document_(document) {}
    std::string path_of(xml::Node node);

  private:
    std::int64_t position_of(xml::Node node);

    const xml::Document& document_;
    std::unordered_map<xml::Node, std::int64_t> positions_;
};

/// True for a path in that notation, which `find_path` then reads; other paths are expressions.
bool is_path_notation(std::string_view path);

/// The node, or nothing where there is none or the path is not well formed.
std::optional<xml::Node> find_path(const xml::Document& document, std::string_view path);

}  // namespace survey::forms
