#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "forms/xform/load.h"

namespace survey::forms {

/// A whole form around its interesting parts, as pyxform writes forms: XForms is the default
/// namespace; h, jr, odk, orx, ev and xsd are declared.
struct Parts {
    std::string_view
        instance;  ///< The data element, or its children where it does not start with <data.
    std::string_view model = {};
    std::string_view body = {};
};
std::string xform(const Parts& parts);

/// Loads, and fails the test with the diagnostics where there is an error.
std::shared_ptr<const FormDefinition> loaded(std::string_view bytes);
inline std::shared_ptr<const FormDefinition> loaded(const Parts& parts) {
    return loaded(xform(parts));
}

/// "error unknown-reference, warning empty-group": codes in the order found.
std::string codes(const LoadedForm& form);
inline std::string codes(const Parts& parts) {
    return codes(load_xform(xform(parts)));
}

/// The node at `path`; fails the test where there is none.
const FormNode& node(const FormDefinition& form, std::string_view path);
/// The bind there.
const Bind& bind(const FormDefinition& form, std::string_view path);
/// The control there.
const Control& control(const FormDefinition& form, std::string_view path);
/// Literal parts with "{source}" for each output.
std::string shown(const RichText& text);

}  // namespace survey::forms
