#pragma once

#include <string_view>

#include "forms/xml/document.h"

namespace survey::forms::xform_reading {

// Namespaces of ODK XForms (specification, "Namespaces") and of what it builds on.
inline constexpr std::string_view kXFormsUri = "http://www.w3.org/2002/xforms";
inline constexpr std::string_view kJavaRosaUri = "http://openrosa.org/javarosa";
inline constexpr std::string_view kOpenRosaUri = "http://openrosa.org/xforms";
inline constexpr std::string_view kOdkUri = "http://www.opendatakit.org/xforms";
inline constexpr std::string_view kEntitiesUri = "http://www.opendatakit.org/xforms/entities";
inline constexpr std::string_view kWerkstattUri = "https://werkstatt.example/ns";  ///< our own
inline constexpr std::string_view kEventsUri = "http://www.w3.org/2001/xml-events";

/// Forms in the field leave the namespace of XForms elements out as often as not.
inline bool is_xforms(const xml::Name& name, std::string_view local) {
    return name.local == local && (name.uri == kXFormsUri || name.uri.empty());
}

/// "{uri}local", or "local" without a namespace: the key of `extra` lists.
inline std::string expanded(const xml::Name& name) {
    return name.uri.empty() ? name.local : "{" + name.uri + "}" + name.local;
}

inline std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kBlanks = " \t\r\n";
    const std::size_t first = text.find_first_not_of(kBlanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

}  // namespace survey::forms::xform_reading
