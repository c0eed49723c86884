#include "forms/xform/load.h"

#include <utility>

#include "forms/xform/form_reader.h"
#include "forms/xml/reader.h"

namespace survey::forms {

LoadedForm load_xform(xml::Document document, const PlaceOf& place_of) {
    auto source = std::make_shared<xml::Document>(std::move(document));
    auto form = std::make_shared<FormDefinition>();
    xform_reading::FormReader reader(*source, *form, place_of);
    LoadedForm loaded;
    if (reader.read()) {
        form->source = std::move(source);
        loaded.form = std::move(form);
    }
    loaded.diagnostics = reader.take_diagnostics();
    return loaded;
}

LoadedForm load_xform(std::string_view bytes) {
    xml::Position failed_at;
    auto document = xml::parse(bytes, {}, &failed_at);
    if (document) return load_xform(*std::move(document));
    Diagnostic diagnostic;
    diagnostic.code = "xml";
    diagnostic.message = "The file is not readable as XML: " + document.error().message + ".";
    diagnostic.place.line = failed_at.line;
    LoadedForm loaded;
    loaded.diagnostics.push_back(std::move(diagnostic));
    return loaded;
}

}  // namespace survey::forms
