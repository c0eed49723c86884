#pragma once

#include <string_view>

/// Namespaces of ODK XForms (ODK XForms Specification, "Namespaces").
namespace survey::forms {

inline constexpr std::string_view kXforms = "http://www.w3.org/2002/xforms";
inline constexpr std::string_view kXhtml = "http://www.w3.org/1999/xhtml";
inline constexpr std::string_view kEvents = "http://www.w3.org/2001/xml-events";
inline constexpr std::string_view kSchema = "http://www.w3.org/2001/XMLSchema";
inline constexpr std::string_view kJavaRosa = "http://openrosa.org/javarosa";
inline constexpr std::string_view kOpenRosa = "http://openrosa.org/xforms";
inline constexpr std::string_view kOdk = "http://www.opendatakit.org/xforms";
inline constexpr std::string_view kEntities = "http://www.opendatakit.org/xforms/entities";
/// Our own (soft checks).
inline constexpr std::string_view kWerkstatt = "https://werkstatt.example/ns";

}  // namespace survey::forms
