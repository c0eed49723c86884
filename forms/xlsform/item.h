#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "forms/xlsform/question_types.h"
#include "forms/xlsform/translated_text.h"

namespace survey::forms {

enum class ItemKind : std::uint8_t { kForm, kGroup, kRepeat, kQuestion };

/// `key=value` of the parameters column. Keys are in small letters, values as written.
struct Parameter {
    std::string key;
    std::string value;
};

/// A row of the survey sheet with what stands below it: the form, a group, a repeat or a question.
struct Item {
    ItemKind kind = ItemKind::kQuestion;
    std::string name;
    std::uint32_t place = 0;       ///< Of the row.
    std::uint32_t name_place = 0;  ///< Of its name, else of the row.
    std::uint32_t row = 0;
    Item* parent = nullptr;
    std::vector<std::unique_ptr<Item>> children;

    const QuestionType* type = nullptr;  ///< Questions only.
    Cell type_cell;
    std::string list;        ///< Choice list, file, "${question}" or osm tag list.
    bool from_file = false;  ///< `list` is a file.
    bool is_table_list = false;
    std::string made_for;  ///< Of a node that no row names: what needs it, to begin a sentence.
    bool is_loop_copy = false;  ///< A group that stands for one choice of a loop.
    /// Attributes that parameters ask for: "bind::orx:max-pixels", "control::rows".
    std::vector<std::pair<std::string, Cell>> attributes;
    std::vector<Parameter> parameters;

    /// Plain columns by key: "bind::relevant", "default", "choice_filter".
    std::vector<std::pair<std::string, Cell>> cells;
    TextsByKey texts;  ///< "label", "hint", "media::image", "bind::jr:constraintMsg", …

    /// An empty cell where the column has none.
    const Cell& cell(std::string_view key) const;
    void set_cell(std::string_view key, Cell value);
    void remove_cell(std::string_view key);
    const TranslatedText* text(std::string_view key) const { return find_text(texts, key); }
    const std::string* parameter(std::string_view key) const;

    bool is_section() const { return kind != ItemKind::kQuestion; }
    bool has_media() const;
    /// Whether it has a node in the data.
    bool has_node() const { return is_section() || type->kind != QuestionKind::kExternalInstance; }
    /// Whether it has a control: of a visible type, and not a text that is only calculated.
    bool has_control() const;
    /// The words of the appearance column.
    std::vector<std::string> appearances() const;
    bool has_appearance(std::string_view word) const;
    /// search('file', …) as a part of the appearance: choices from a file, asked for by value.
    bool uses_search() const;

    Item& add(std::unique_ptr<Item> child);
    /// A deep copy without a parent.
    std::unique_ptr<Item> clone() const;
};

/// Calls `visit(item)` for everything below `item`, in document order.
template <typename ItemType, typename Visit>
void for_each_below(ItemType& item, const Visit& visit) {
    for (const auto& child : item.children) {
        visit(*child);
        for_each_below(static_cast<ItemType&>(*child), visit);
    }
}

}  // namespace survey::forms
