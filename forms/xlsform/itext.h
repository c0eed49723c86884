#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "forms/xlsform/item.h"
#include "forms/xlsform/translated_text.h"

namespace survey::forms {

/// The texts of a form by id, in the order in which they are met. Holds pointers to texts of the
/// tree and the choices; they must stay.
class Itext {
  public:
    explicit Itext(std::string default_language) : default_language_(std::move(default_language)) {}

    struct Form {
        std::string name;  ///< Empty, "image", "audio", "video", "big-image", "guidance".
        const TranslatedText* text = nullptr;
    };
    struct Entry {
        std::string id;
        const Item* context = nullptr;  ///< From where references in it are seen.
        std::vector<Form> forms;
    };

    void add(Entry entry) { entries_.push_back(std::move(entry)); }
    const std::vector<Entry>& entries() const { return entries_; }

    /// \param columns Languages in the order of the columns. Those that no text has are left out;
    /// the default language is first where only unsuffixed columns speak it.
    std::vector<std::string> languages(const std::vector<std::string>& columns) const;
    const std::string& default_language() const { return default_language_; }

    /// What `language` shows for one form of an entry, nullptr where that is left to the default
    /// language when the form is filled in. The default language itself (`is_default`) has every
    /// id, if need be with the text of another language.
    const Cell* find(const Entry& entry, const Form& form, std::string_view language,
                     bool is_default) const;

  private:
    const Cell* own(const TranslatedText& text, std::string_view language) const;

    std::string default_language_;
    std::vector<Entry> entries_;
};

}  // namespace survey::forms
