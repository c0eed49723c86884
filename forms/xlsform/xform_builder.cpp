#include "forms/xlsform/xform_builder.h"

#include <algorithm>

#include "forms/xlsform/names.h"
#include "forms/xlsform/xform_builder_internal.h"
#include "forms/xlsform/xform_names.h"

namespace survey::forms {

xml::Document build_xform(const FormParts& parts, Findings& findings) {
    return XformBuilder(parts, findings).build();
}

XformBuilder::XformBuilder(const FormParts& parts, Findings& findings)
    : parts_(parts),
      references_(parts.references),
      findings_(findings),
      itext_(parts.settings.default_language()) {}

xml::Document XformBuilder::build() {
    html_ = document_.append_element(0, xml::Name{std::string(kXhtml), "html", "h"});
    declare_namespaces(html_);
    const xml::Node head = element(html_, "h:head");
    const xml::Node title = element(head, "h:title", parts_.settings.title.place);
    document_.append_text(title, parts_.settings.title.text, parts_.settings.title.place);
    collect_texts();
    collect_triggers();
    add_model(head);
    add_body(html_);
    return std::move(document_);
}

void XformBuilder::declare_namespaces(xml::Node html) {
    document_.declare_namespace(html, "", kXforms);
    document_.declare_namespace(html, "h", kXhtml);
    document_.declare_namespace(html, "ev", kEvents);
    document_.declare_namespace(html, "xsd", kSchema);
    document_.declare_namespace(html, "jr", kJavaRosa);
    document_.declare_namespace(html, "orx", kOpenRosa);
    document_.declare_namespace(html, "odk", kOdk);
    if (!parts_.entities.empty()) document_.declare_namespace(html, "entities", kEntities);
    const auto warns = [](const Item& item) {
        return !item.cell("bind::werkstatt:warnIf").empty() ||
               item.text("bind::werkstatt:warnMsg") != nullptr;
    };
    bool has_warning = false;
    for_each_below(parts_.form, [&](const Item& item) { has_warning |= warns(item); });
    if (has_warning) document_.declare_namespace(html, "werkstatt", kWerkstatt);
    for (const auto& [prefix, uri] : parts_.settings.namespaces) {
        if (document_.namespace_for(html, prefix) == nullptr) {
            document_.declare_namespace(html, prefix, uri);
        }
    }
}

xml::Name XformBuilder::qualified(std::string_view name, std::uint32_t place) {
    const std::size_t colon = name.find(':');
    if (colon == std::string_view::npos) return xml::Name{"", std::string(name), ""};
    const std::string prefix(name.substr(0, colon));
    const std::string* uri = document_.namespace_for(html_, prefix);
    if (uri == nullptr) {
        findings_.error(
            place, "unknown-namespace",
            "The prefix \"" + prefix + "\" of \"" + std::string(name) + "\" is not declared.", name,
            "Declare it in the settings column namespaces: " + prefix + "=\"http://…\".");
        return xml::Name{"", replace_all(name, ":", "_"), ""};
    }
    return xml::Name{*uri, std::string(name.substr(colon + 1)), prefix};
}

void XformBuilder::set(xml::Node element, std::string_view name, std::string_view value,
                       std::uint32_t place) {
    if (!is_qualified_name(name)) {
        findings_.error(place, "invalid-attribute-name",
                        "\"" + std::string(name) + "\" cannot be the name of an attribute.", name);
        return;
    }
    document_.set_attribute(element, qualified(name, place), value, place);
}

xml::Node XformBuilder::element(xml::Node parent, std::string_view name, std::uint32_t place) {
    if (name.find(':') == std::string_view::npos) {
        return document_.append_element(
            parent, xml::Name{std::string(kXforms), std::string(name), ""}, place);
    }
    return document_.append_element(parent, qualified(name, place), place);
}

bool XformBuilder::label_in_itext(const Item& item) {
    const TranslatedText* label = item.text("label");
    return (label != nullptr && label->is_translated()) || item.has_media();
}

bool XformBuilder::hint_in_itext(const Item& item) {
    const TranslatedText* hint = item.text("hint");
    return (hint != nullptr && hint->is_translated()) || item.text("guidance_hint") != nullptr;
}

bool XformBuilder::message_in_itext(const TranslatedText& text) {
    return text.is_translated() || text.any().text.find("${") != std::string::npos;
}

void XformBuilder::collect_texts() {
    for_each_below(parts_.form, [&](const Item& item) { collect_item_texts(item); });
    for (const ChoiceList& list : parts_.choices.all()) {
        if (list.in_itext) collect_choice_texts(list);
    }
}

void XformBuilder::collect_item_texts(const Item& item) {
    const std::string path = references_.path(item);
    if (item.has_control() && label_in_itext(item)) {
        Itext::Entry entry{path + ":label", &item, {}};
        for (const auto& [key, text] : item.texts) {
            if (key == "label") entry.forms.insert(entry.forms.begin(), Itext::Form{"", &text});
            if (key.starts_with("media::"))
                entry.forms.push_back(Itext::Form{key.substr(7), &text});
        }
        itext_.add(std::move(entry));
    }
    if (item.has_control() && hint_in_itext(item)) {
        Itext::Entry entry{path + ":hint", &item, {}};
        if (const TranslatedText* hint = item.text("hint")) entry.forms.push_back({"", hint});
        if (const TranslatedText* more = item.text("guidance_hint")) {
            entry.forms.push_back({"guidance", more});
        }
        itext_.add(std::move(entry));
    }
    for (const auto& [key, text] : item.texts) {
        if (!key.starts_with("bind::") || !message_in_itext(text)) continue;
        itext_.add(Itext::Entry{path + ":" + key.substr(6), &item, {{"", &text}}});
    }
}

void XformBuilder::collect_choice_texts(const ChoiceList& list) {
    for (std::size_t i = 0; i < list.choices.size(); ++i) {
        const ListedChoice& choice = list.choices[i];
        Itext::Entry entry{list.name + "-" + std::to_string(i), &parts_.form, {}};
        for (const auto& [key, text] : choice.texts) {
            if (key == "label") entry.forms.insert(entry.forms.begin(), Itext::Form{"", &text});
            if (key.starts_with("media::"))
                entry.forms.push_back(Itext::Form{key.substr(7), &text});
        }
        if (entry.forms.empty()) {
            TranslatedText& name = generated_texts_.emplace_back();
            name.set("", choice.name);
            entry.forms.push_back({"", &name});
        }
        itext_.add(std::move(entry));
    }
}

void XformBuilder::append_text(xml::Node parent, const Cell& cell, const Item& context) {
    for (const TextPiece& piece : references_.pieces(cell, context)) {
        if (piece.is_output) {
            document_.set_attribute(element(parent, "output", cell.place), "value", piece.text,
                                    cell.place);
        } else {
            document_.append_text(parent, piece.text, cell.place);
        }
    }
}

void XformBuilder::add_label(xml::Node control, const Item& item) {
    const TranslatedText* label = item.text("label");
    if (label_in_itext(item)) {
        const auto media = std::find_if(item.texts.begin(), item.texts.end(), [](const auto& text) {
            return text.first.starts_with("media::");
        });
        const std::uint32_t place = (label != nullptr ? *label : media->second).any().place;
        const xml::Node node = element(control, "label", place);
        document_.set_attribute(node, "ref", "jr:itext('" + references_.path(item) + ":label')",
                                place);
    } else if (label != nullptr) {
        append_text(element(control, "label", label->any().place), label->any(), item);
    } else if (!item.is_section()) {
        element(control, "label", item.place);  // a question always has one, if only an empty one
    }
}

void XformBuilder::add_hint(xml::Node control, const Item& item) {
    const TranslatedText* hint = item.text("hint");
    if (hint_in_itext(item)) {
        const std::uint32_t place =
            (hint != nullptr ? hint : item.text("guidance_hint"))->any().place;
        const xml::Node node = element(control, "hint", place);
        document_.set_attribute(node, "ref", "jr:itext('" + references_.path(item) + ":hint')",
                                place);
    } else if (hint != nullptr) {
        append_text(element(control, "hint", hint->any().place), hint->any(), item);
    }
}

namespace {

/// A file name in a media column, where the client finds it.
Cell media_address(const Itext::Form& form, const Cell& cell) {
    if (form.name.empty() || form.name == "guidance" || cell.text.starts_with("jr://")) return cell;
    const char* folder = form.name == "audio"   ? "jr://audio/"
                         : form.name == "video" ? "jr://video/"
                                                : "jr://images/";
    return Cell{folder + cell.text, cell.place};
}

}  // namespace

void XformBuilder::add_itext(xml::Node model) {
    if (itext_.entries().empty()) return;
    const std::vector<std::string> languages = itext_.languages(parts_.languages);
    if (languages.empty()) return;
    const bool default_spoken =
        std::find(languages.begin(), languages.end(), itext_.default_language()) != languages.end();
    const std::string& fallback = default_spoken ? itext_.default_language() : languages.front();
    const xml::Node itext = element(model, "itext");
    for (const std::string& language : languages) {
        const xml::Node translation = element(itext, "translation");
        document_.set_attribute(translation, "lang", language);
        if (default_spoken && language == fallback) {
            document_.set_attribute(translation, "default", "true()");
        }
        for (const Itext::Entry& entry : itext_.entries()) {
            xml::Node text = xml::kNoNode;
            for (const Itext::Form& form : entry.forms) {
                const Cell* cell = itext_.find(entry, form, language, language == fallback);
                if (cell == nullptr) continue;
                if (text == xml::kNoNode) {
                    text = element(translation, "text", cell->place);
                    document_.set_attribute(text, "id", entry.id, cell->place);
                }
                const xml::Node value = element(text, "value", cell->place);
                if (!form.name.empty())
                    document_.set_attribute(value, "form", form.name, cell->place);
                append_text(value, media_address(form, *cell), *entry.context);
            }
        }
    }
}

}  // namespace survey::forms
