#include <algorithm>

#include "forms/authoring/workbook_maker.h"
#include "forms/xlsform/cell_text.h"
#include "forms/xlsform/xform_names.h"

namespace survey::forms {

namespace {

/// The first element of that local name, anywhere; forms leave namespaces out as often as not.
xml::Node find_element(const xml::Document& document, xml::Node from, std::string_view local) {
    for (xml::Node at = document.element_from(document.first_child(from)); at != xml::kNoNode;
         at = document.element_from(document.next_sibling(at))) {
        if (document.name(at).local == local) return at;
        if (document.name(at).local == "instance" || document.name(at).local == "body") continue;
        const xml::Node below = find_element(document, at, local);
        if (below != xml::kNoNode) return below;
    }
    return xml::kNoNode;
}

/// Prefixes that every form has, and may use without declaring them.
constexpr std::pair<std::string_view, std::string_view> kKnownPrefixes[] = {
    {kJavaRosa, "jr"},       {kOpenRosa, "orx"}, {kOdk, "odk"},
    {kEntities, "entities"}, {kEvents, "ev"},    {kSchema, "xsd"},
};

}  // namespace

std::string WorkbookMaker::prefixed(std::string_view expanded) {
    if (!expanded.starts_with('{')) return std::string(expanded);
    const std::size_t close = expanded.find('}');
    const std::string uri(expanded.substr(1, close - 1));
    const std::string local(expanded.substr(close + 1));
    for (const auto& [known, prefix] : kKnownPrefixes) {
        if (known == uri) return std::string(prefix) + ":" + local;
    }
    for (const xml::Node at : {source_.root(), form_.primary_root}) {
        for (const auto& declared : source_.namespaces_at(at)) {
            if (declared.uri != uri || declared.prefix.empty()) continue;
            prefixes_[declared.prefix] = uri;
            return declared.prefix + ":" + local;
        }
    }
    return {};
}

void WorkbookMaker::add_settings() {
    const Row row = 0;
    settings_.set(row, "form_title", form_.title);
    settings_.set(row, "form_id", form_.id);
    settings_.set(row, "version", form_.version);
    const std::string root = node(0).name.local;
    if (root != "data") settings_.set(row, "name", root);
    std::string style;
    for (const std::string& word : form_.body_classes)
        style += (style.empty() ? "" : " ") + word;
    settings_.set(row, "style", style);
    if (!form_.instance_namespace.empty() && form_.instance_namespace != kXforms) {
        settings_.set(row, "instance_xmlns", form_.instance_namespace);
    }
    const xml::Node itext = find_element(source_, source_.root(), "itext");
    for (const Language& language : form_.languages) {
        if (itext == xml::kNoNode || !language.is_default || language.name == "default") continue;
        for (xml::Node at = source_.element_from(source_.first_child(itext)); at != xml::kNoNode;
             at = source_.element_from(source_.next_sibling(at))) {
            if (source_.attribute_value(at, "lang") == language.name &&
                source_.has_attribute(at, "default")) {
                settings_.set(row, "default_language", language.name);
            }
        }
    }
    add_root_attributes(row);
    add_submission(row);
    add_text_settings(row);
    add_namespaces(row);
}

void WorkbookMaker::add_root_attributes(Row row) {
    for (xml::Node at = source_.first_attribute(form_.primary_root); at != xml::kNoNode;
         at = source_.next_sibling(at)) {
        const xml::Name& name = source_.name(at);
        if (name.uri.empty() && (name.local == "id" || name.local == "version")) continue;
        if (name.is(kOdk, "prefix") || name.is(kOdk, "delimiter")) {
            settings_.set(row, name.local, source_.value(at));
            continue;
        }
        const std::string header =
            prefixed(name.uri.empty() ? name.local : "{" + name.uri + "}" + name.local);
        settings_.set(row, "attribute::" + header, source_.value(at));
    }
}

void WorkbookMaker::add_submission(Row row) {
    const Submission& submission = form_.submission;
    settings_.set(row, "submission_url", submission.action);
    settings_.set(row, "public_key", submission.public_key);
    for (const auto& [key, value] : submission.extra) {
        const std::string name = prefixed(key);
        if (name == "orx:auto-send") {
            settings_.set(row, "auto_send", value);
        } else if (name == "orx:auto-delete") {
            settings_.set(row, "auto_delete", value);
        } else if (name == "odk:client-editable") {
            settings_.set(row, "client_editable", value);
        } else {
            warn(0, "submission-attribute",
                 "The attribute " + name + " of <submission> has no setting and is left out.", key);
        }
    }
}

void WorkbookMaker::add_text_settings(Row row) {
    bool blanks = false;
    survey_.for_each_cell(
        [&](const std::string& text) { blanks = blanks || collapse_blanks(text) != text; });
    if (blanks) settings_.set(row, "clean_text_values", "no");
    for (const SheetDraft* sheet : {&survey_, &choices_}) {
        sheet->for_each_cell([&](const std::string& text) {
            if (clean_cell(text) == text || trim(text).empty()) return;
            warn(0, "cleaned-text",
                 "A text has curly quotes, blanks at its ends or the like, which the converter "
                 "straightens.",
                 text);
        });
    }
}

void WorkbookMaker::add_namespaces(Row row) {
    std::string declared;
    for (const auto& [prefix, uri] : prefixes_)
        declared += (declared.empty() ? "" : " ") + prefix + "=\"" + uri + "\"";
    settings_.set(row, "namespaces", declared);
}

}  // namespace survey::forms
