#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace survey::collector {

/// Text for a terminal, measured in characters (code points), not in bytes.

/// Characters of UTF-8 text; a stray byte counts as one.
std::size_t width(std::string_view text);

/// Breaks at blanks so that no line is wider than `columns`; every line starts with `indent`
/// blanks, the first with `first` in their place. A word that is too long stands alone. Line breaks
/// stay.
std::string wrap(std::string_view text, std::size_t columns, std::size_t indent = 0,
                 std::string_view first = {});

/// A label as plain text: Markdown marks (headings, emphasis, links to "text (address)") and HTML
/// tags are taken off, XLSForm's backslash escapes undone.
std::string plain(std::string_view markdown);

/// Cuts to `columns` characters with "…" at the end where something is missing; one line.
std::string shorten(std::string_view text, std::size_t columns);

/// Lower case for comparing what somebody typed: ASCII and the German capitals.
std::string folded(std::string_view text);

/// Without blanks at both ends.
std::string_view trimmed(std::string_view text);

}  // namespace survey::collector
