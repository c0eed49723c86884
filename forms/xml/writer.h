#pragma once

#include <string>
#include <string_view>

#include "forms/xml/document.h"

namespace survey::xml {

struct WriteOptions {
    bool declaration = true;  ///< `<?xml version="1.0"?>` first.
    bool indent = false;      ///< Two blanks a level; only between elements, never beside text.
};

/// The document as UTF-8. What it wrote parses to an equal document. Prefixes that a name needs and
/// that are not declared where it stands are declared there.
std::string write(const Document& document, const WriteOptions& options = {});
/// One subtree; namespaces that it inherits are declared on its root.
std::string write(const Document& document, Node subtree, const WriteOptions& options = {});

/// `& < >` and, for attributes, `"` and line breaks, as references. Characters that XML 1.0 cannot
/// hold are left out.
std::string escape_text(std::string_view text);
std::string escape_attribute(std::string_view text);

}  // namespace survey::xml
