#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>

#include <catch2/catch.hpp>

#include "forms/authoring/workbook_of_form.h"
#include "forms/xform/load.h"
#include "forms/xlsform/convert.h"
#include "forms/xlsform/workbook_writer.h"

namespace survey::forms {

using FormPtr = std::shared_ptr<const FormDefinition>;

/// The form of a workbook or of an XForm; the test ends where it has an error.
inline FormPtr form_of(std::string_view text) {
    if (text.starts_with('<')) {
        const LoadedForm loaded = load_xform(text);
        for (const Diagnostic& found : loaded.diagnostics)
            INFO(describe(found));
        REQUIRE(loaded.form != nullptr);
        return loaded.form;
    }
    ConvertedForm converted = convert_xlsform(text, ConvertOptions{"form"});
    for (const Diagnostic& found : converted.diagnostics)
        UNSCOPED_INFO(describe(found));
    REQUIRE(converted.xform.has_value());
    const LoadedForm loaded = load_xform(*std::move(converted.xform));
    REQUIRE(loaded.form != nullptr);
    return loaded.form;
}

/// An XForm around instance, model and body.
inline std::string xform(std::string_view instance, std::string_view model, std::string_view body) {
    return "<h:html xmlns='http://www.w3.org/2002/xforms' xmlns:h='http://www.w3.org/1999/xhtml' "
           "xmlns:jr='http://openrosa.org/javarosa' xmlns:ev='http://www.w3.org/2001/xml-events' "
           "xmlns:odk='http://www.opendatakit.org/xforms'><h:head><h:title>T</h:title><model>"
           "<instance><data id='f'>" +
           std::string(instance) + "<meta><instanceID/></meta></data></instance>" +
           std::string(model) + "</model></h:head><h:body>" + std::string(body) +
           "</h:body></h:html>";
}

/// The workbook of an XForm as Markdown without padding, and what was said about it.
struct Written {
    std::string text;
    WorkbookOfForm made;

    bool has_row(const std::string& row) const { return text.find(row) != std::string::npos; }
    bool says(std::string_view code) const {
        return std::any_of(made.diagnostics.begin(), made.diagnostics.end(),
                           [&](const Diagnostic& found) { return found.code == code; });
    }
};

inline Written written(std::string_view form) {
    Written out{{}, workbook_of_form(*form_of(form))};
    const auto text = write_markdown(out.made.workbook);
    REQUIRE(text.has_value());
    for (const char c : *text) {
        if (c != ' ' || !out.text.ends_with(' ')) out.text += c;
    }
    return out;
}

}  // namespace survey::forms
