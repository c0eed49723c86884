#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "forms/xml/document.h"

namespace survey::forms {

/// The child elements of one element by name, for documents with thousands of siblings.
class ChildIndex {
  public:
    /// \param document outlives the index. kNoNode: no children.
    ChildIndex(const xml::Document& document, xml::Node element);

    /// In document order: those of exactly this name; where there is none, those of the same local
    /// name in another namespace (records in the field mix them).
    std::vector<xml::Node> find(const xml::Name& name) const;

  private:
    const xml::Document& document_;
    std::vector<std::pair<std::string_view, xml::Node>> by_local_name_;
};

}  // namespace survey::forms
