#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "forms/xlsform/cell_text.h"

namespace survey::forms {

/// One text in the languages that have it. The language "" is the column without a suffix; it
/// belongs to the default language of the form.
struct TranslatedText {
    std::vector<std::pair<std::string, Cell>> texts;

    bool empty() const { return texts.empty(); }
    bool is_translated() const {
        return std::any_of(texts.begin(), texts.end(),
                           [](const auto& text) { return !text.first.empty(); });
    }
    const Cell* find(std::string_view language) const {
        for (const auto& [name, cell] : texts) {
            if (name == language) return &cell;
        }
        return nullptr;
    }
    /// The unsuffixed text, else the first. Not for an empty text.
    const Cell& any() const {
        const Cell* plain = find("");
        return plain != nullptr ? *plain : texts.front().second;
    }
    void set(std::string_view language, Cell cell) {
        for (auto& [name, old] : texts) {
            if (name == language) {
                old = std::move(cell);
                return;
            }
        }
        texts.emplace_back(language, std::move(cell));
    }
};

/// The texts of one thing by column key: "label", "hint", "media::image".
using TextsByKey = std::vector<std::pair<std::string, TranslatedText>>;

inline const TranslatedText* find_text(const TextsByKey& texts, std::string_view key) {
    for (const auto& [name, text] : texts) {
        if (name == key) return &text;
    }
    return nullptr;
}

inline TranslatedText& text_for(TextsByKey& texts, std::string_view key) {
    for (auto& [name, text] : texts) {
        if (name == key) return text;
    }
    return texts.emplace_back(std::string(key), TranslatedText{}).second;
}

}  // namespace survey::forms
