#include "forms/xlsform/item.h"

#include <algorithm>

namespace survey::forms {

const Cell& Item::cell(std::string_view key) const {
    static const Cell none;
    for (const auto& [column, cell] : cells) {
        if (column == key) return cell;
    }
    return none;
}

void Item::set_cell(std::string_view key, Cell value) {
    for (auto& [column, cell] : cells) {
        if (column == key) {
            cell = std::move(value);
            return;
        }
    }
    cells.emplace_back(key, std::move(value));
}

void Item::remove_cell(std::string_view key) {
    std::erase_if(cells, [&](const auto& entry) { return entry.first == key; });
}

const std::string* Item::parameter(std::string_view key) const {
    for (const Parameter& parameter : parameters) {
        if (parameter.key == key) return &parameter.value;
    }
    return nullptr;
}

bool Item::has_media() const {
    return std::any_of(texts.begin(), texts.end(),
                       [](const auto& text) { return text.first.starts_with("media::"); });
}

bool Item::has_control() const {
    if (is_section()) return true;
    if (!type->is_visible()) return false;
    const bool computed = !cell("bind::calculate").empty() || !cell("trigger").empty();
    return !computed || text("label") != nullptr || text("hint") != nullptr || has_media();
}

bool Item::uses_search() const {
    const std::string& appearance = cell("control::appearance").text;
    const std::size_t at = appearance.find("search(");
    return at != std::string::npos && (at == 0 || appearance[at - 1] == ' ');
}

std::vector<std::string> Item::appearances() const {
    return split(cell("control::appearance").text, " \n\t");
}

bool Item::has_appearance(std::string_view word) const {
    const auto words = appearances();
    return std::find(words.begin(), words.end(), word) != words.end();
}

Item& Item::add(std::unique_ptr<Item> child) {
    child->parent = this;
    children.push_back(std::move(child));
    return *children.back();
}

std::unique_ptr<Item> Item::clone() const {
    auto copy = std::make_unique<Item>();
    copy->kind = kind;
    copy->name = name;
    copy->place = place;
    copy->name_place = name_place;
    copy->row = row;
    copy->type = type;
    copy->type_cell = type_cell;
    copy->list = list;
    copy->from_file = from_file;
    copy->is_table_list = is_table_list;
    copy->made_for = made_for;
    copy->is_loop_copy = is_loop_copy;
    copy->attributes = attributes;
    copy->parameters = parameters;
    copy->cells = cells;
    copy->texts = texts;
    for (const auto& child : children)
        copy->add(child->clone());
    return copy;
}

}  // namespace survey::forms
