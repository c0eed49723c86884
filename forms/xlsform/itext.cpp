#include "forms/xlsform/itext.h"

#include <algorithm>

namespace survey::forms {

const Cell* Itext::own(const TranslatedText& text, std::string_view language) const {
    if (const Cell* cell = text.find(language); cell != nullptr) return cell;
    return language == default_language_ ? text.find("") : nullptr;
}

std::vector<std::string> Itext::languages(const std::vector<std::string>& columns) const {
    std::vector<std::string> spoken;
    const auto speaks = [&](std::string_view language) {
        return std::any_of(entries_.begin(), entries_.end(), [&](const Entry& entry) {
            return std::any_of(entry.forms.begin(), entry.forms.end(), [&](const Form& form) {
                return own(*form.text, language) != nullptr;
            });
        });
    };
    const bool named =
        std::find(columns.begin(), columns.end(), default_language_) != columns.end();
    if (!named && speaks(default_language_)) spoken.push_back(default_language_);
    for (const std::string& language : columns) {
        if (speaks(language)) spoken.push_back(language);
    }
    return spoken;
}

const Cell* Itext::find(const Entry& entry, const Form& form, std::string_view language,
                        bool is_default) const {
    if (const Cell* cell = own(*form.text, language); cell != nullptr) return cell;
    const bool has_other_form =
        std::any_of(entry.forms.begin(), entry.forms.end(),
                    [&](const Form& other) { return own(*other.text, language) != nullptr; });
    // A translated label without an own picture keeps the picture; a missing id falls back as a
    // whole.
    if (!is_default && !has_other_form) return nullptr;
    if (const Cell* cell = own(*form.text, default_language_); cell != nullptr) return cell;
    return is_default || !form.name.empty() ? &form.text->any() : nullptr;
}

}  // namespace survey::forms
