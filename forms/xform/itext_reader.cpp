#include <algorithm>
#include <set>

#include "forms/xform/form_reader.h"

namespace survey::forms::xform_reading {

void FormReader::read_itext() {
    const xml::Node itext = document_.child(model_, "itext");
    if (itext != xml::kNoNode) {
        for (xml::Node at = document_.element_from(document_.first_child(itext));
             at != xml::kNoNode; at = document_.element_from(document_.next_sibling(at))) {
            if (!is_xforms(document_.name(at), "translation")) continue;
            Language language;
            language.name = document_.attribute_value(at, "lang");
            // Its presence counts, whatever it says.
            language.is_default = document_.has_attribute(at, "default");
            const bool known = std::any_of(
                form_.languages.begin(), form_.languages.end(),
                [&language](const Language& other) { return other.name == language.name; });
            if (known) {
                findings_.error(mark(at),
                                {"duplicate-language",
                                 "There are two translations for " + quoted(language.name) + ".",
                                 language.name, "Put their texts into one."});
            }
            for (xml::Node text = document_.element_from(document_.first_child(at));
                 text != xml::kNoNode;
                 text = document_.element_from(document_.next_sibling(text))) {
                if (is_xforms(document_.name(text), "text")) read_itext_text(text, language);
            }
            form_.languages.push_back(std::move(language));
        }
    }
    if (form_.languages.empty()) form_.languages.push_back({"default", true, {}});
    const std::size_t chosen = form_.default_language();
    for (std::size_t i = 0; i < form_.languages.size(); ++i) {
        form_.languages[i].is_default = i == chosen;
    }
}

void FormReader::read_itext_text(xml::Node element, Language& language) {
    const std::string& id = document_.attribute_value(element, "id");
    if (id.empty()) {
        findings_.error(mark(element),
                        {"itext-without-id",
                         "A <text> of the translation for " + quoted(language.name) + " has no id.",
                         {},
                         "Give it the id that labels refer to."});
        return;
    }
    const auto [found, added] = language.texts.try_emplace(id);
    if (!added) {
        findings_.error(mark(element), {"duplicate-itext",
                                        "The text " + quoted(id) + " is there twice for " +
                                            quoted(language.name) + ".",
                                        id, "Keep one of them."});
        return;
    }
    itext_marks_.try_emplace(id, mark(element));
    for (xml::Node at = document_.element_from(document_.first_child(element)); at != xml::kNoNode;
         at = document_.element_from(document_.next_sibling(at))) {
        if (!is_xforms(document_.name(at), "value")) continue;
        ItextValue value;
        value.form = document_.attribute_value(at, "form");
        if (value.form == "long") value.form.clear();  // The name of the plain form in old forms.
        value.text = read_rich_text(at, "the text " + quoted(id), kNoRef);
        found->second.push_back(std::move(value));
    }
}

void FormReader::check_itext() {
    const std::size_t chosen = form_.default_language();
    check_untranslated();
    for (const ItextUse& use : itext_uses_) {
        const auto& fallback = form_.languages[chosen].texts;
        if (fallback.count(use.id) == 0) {
            findings_.error(use.mark,
                            {"unknown-itext",
                             use.what + " uses the translated text " + quoted(use.id) +
                                 ", which the default language " +
                                 quoted(form_.languages[chosen].name) + " does not have.",
                             use.id, "Add <text id=\"" + use.id + "\"> to that translation."});
            continue;
        }
        for (const Language& language : form_.languages) {
            const auto text = language.texts.find(use.id);
            if (text == language.texts.end() || use.context == kNoRef) continue;
            for (const ItextValue& value : text->second) {
                for (const TextPart& part : value.text) {
                    if (!part.output) continue;
                    const auto place = itext_marks_.find(use.id);
                    check_references(*part.output, use.context,
                                     place == itext_marks_.end() ? use.mark : place->second,
                                     "the text " + quoted(use.id));
                }
            }
        }
    }
}

/// One finding for each language: a form may be translated bit by bit.
void FormReader::check_untranslated() {
    const auto& fallback = form_.languages[form_.default_language()].texts;
    for (const Language& language : form_.languages) {
        const ItextUse* first = nullptr;
        std::set<std::string_view> missing;
        for (const ItextUse& use : itext_uses_) {
            if (fallback.count(use.id) == 0 || language.texts.count(use.id) != 0) continue;
            if (first == nullptr) first = &use;
            missing.insert(use.id);
        }
        if (first == nullptr) continue;
        const std::size_t more = missing.size() - 1;
        findings_.warning(
            first->mark,
            {"untranslated",
             first->what + (more == 0 ? " has" : " and " + std::to_string(more) + " more have") +
                 " no text in " + quoted(language.name) + ".",
             first->id, "Until it is added, the default language is shown."});
    }
}

}  // namespace survey::forms::xform_reading
