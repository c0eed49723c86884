#include "sample_forms.h"

#include <catch2/catch.hpp>

namespace survey::forms {

std::string xform(const Parts& parts) {
    std::string data(parts.instance);
    if (!parts.instance.starts_with("<data")) {
        data = "<data id=\"sample\" version=\"1\">" + data + "<meta><instanceID/></meta></data>";
    }
    return R"(<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:jr="http://openrosa.org/javarosa" xmlns:odk="http://www.opendatakit.org/xforms"
  xmlns:orx="http://openrosa.org/xforms" xmlns:ev="http://www.w3.org/2001/xml-events"
  xmlns:entities="http://www.opendatakit.org/xforms/entities"
  xmlns:xsd="http://www.w3.org/2001/XMLSchema">
<h:head><h:title>Sample</h:title><model odk:xforms-version="1.0.0">
<instance>)" +
           data + "</instance>\n" + std::string(parts.model) + "\n</model></h:head>\n<h:body>" +
           std::string(parts.body) + "</h:body></h:html>";
}

std::shared_ptr<const FormDefinition> loaded(std::string_view bytes) {
    LoadedForm form = load_xform(bytes);
    std::string said;
    for (const Diagnostic& one : form.diagnostics)
        said += one.code + ": " + describe(one) + "\n";
    INFO(said);
    REQUIRE(form.form != nullptr);
    return form.form;
}

std::string codes(const LoadedForm& form) {
    std::string out;
    for (const Diagnostic& one : form.diagnostics) {
        if (!out.empty()) out += ", ";
        out += (one.severity == Severity::kError ? "error " : "warning ") + one.code;
    }
    // The promise of LoadedForm.
    CHECK((form.form == nullptr) == has_errors(form.diagnostics));
    return out;
}

const FormNode& node(const FormDefinition& form, std::string_view path) {
    const NodeRef ref = form.find(path);
    INFO(path);
    REQUIRE(ref != kNoRef);
    return form.nodes[ref];
}

const Bind& bind(const FormDefinition& form, std::string_view path) {
    const FormNode& at = node(form, path);
    REQUIRE(at.bind);
    return *at.bind;
}

const Control& control(const FormDefinition& form, std::string_view path) {
    const FormNode& at = node(form, path);
    INFO(path);
    REQUIRE(at.control != kNoControl);
    return form.controls[at.control];
}

std::string shown(const RichText& text) {
    std::string out;
    for (const TextPart& part : text) {
        out += part.text;
        if (part.output) out += "{" + part.output->source() + "}";
    }
    return out;
}

}  // namespace survey::forms
