#include "forms/xlsform/expansions.h"

#include <algorithm>

#include "forms/xlsform/names.h"

namespace survey::forms {

namespace {

std::unique_ptr<Item> generated(const Item& from, std::string_view type, std::string name) {
    auto item = std::make_unique<Item>();
    item->type = &question_type(type);
    item->name = std::move(name);
    item->place = from.place;
    item->name_place = from.name_place;
    item->row = from.row;
    item->type_cell = Cell{std::string(type), from.type_cell.place};
    return item;
}

}  // namespace

std::unique_ptr<Item> specify_other(const Item& select) {
    auto item = generated(select, "text", select.name + "_other");
    const std::uint32_t place = select.type_cell.place;
    TranslatedText& label = text_for(item->texts, "label");
    const TranslatedText* asked = select.text("label");
    if (asked == nullptr) label.set("", Cell{"Specify other.", place});
    if (asked != nullptr) {
        for (const auto& [language, cell] : asked->texts) {
            label.set(language, Cell{"Specify other.", place});
        }
    }
    item->set_cell("bind::relevant", Cell{"selected(../" + select.name + ", 'other')", place});
    return item;
}

std::unique_ptr<Item> repeat_count_calculate(Item& repeat) {
    const Cell count = repeat.cell("control::jr:count");
    if (count.empty()) return nullptr;
    const std::string_view text = count.text;
    if (text.starts_with("${") && text.find('}') == text.size() - 1) return nullptr;
    auto item = generated(repeat, "calculate", repeat.name + "_count");
    item->name_place = count.place;
    item->made_for = "The repeat_count of \"" + repeat.name + "\"";
    item->set_cell("bind::calculate", count);
    item->set_cell("bind::readonly", Cell{"true()", count.place});
    repeat.set_cell("control::jr:count", Cell{"${" + item->name + "}", count.place});
    return item;
}

void begin_table_list(Item& group) {
    std::vector<std::string> words = group.appearances();
    const auto found = std::find(words.begin(), words.end(), "table-list");
    if (found == words.end()) return;
    *found = "field-list";
    std::string appearance;
    for (const std::string& word : words) {
        if (!appearance.empty()) appearance += ' ';
        appearance += word;
    }
    group.set_cell("control::appearance",
                   Cell{appearance, group.cell("control::appearance").place});
    group.is_table_list = true;
}

void join_table_list(Item& group, Item& question, Findings& findings) {
    if (!question.type->is_select()) return;
    if (const Cell& filter = question.cell("choice_filter"); !filter.empty()) {
        findings.error(filter.place, "table-list-with-filter",
                       "A select inside a table-list cannot have a choice_filter.", filter.text,
                       "Remove the filter, or the appearance table-list of the group.");
        return;
    }
    if (group.list.empty()) {
        group.list = question.list;
        if (group.text("label") != nullptr) {
            auto heading =
                generated(group, "note", "generated_table_list_label_" + std::to_string(group.row));
            for (auto& [key, text] : group.texts) {
                if (key == "label" || key == "hint") heading->texts.emplace_back(key, text);
            }
            std::erase_if(group.texts, [](const auto& text) {
                return text.first == "label" || text.first == "hint";
            });
            group.add(std::move(heading));
        }
        auto header =
            generated(group, question.type->name,
                      "reserved_name_for_field_list_labels_" + std::to_string(question.row));
        header->list = question.list;
        header->from_file = question.from_file;
        header->type_cell = question.type_cell;
        header->set_cell("control::appearance", Cell{"label", question.type_cell.place});
        text_for(header->texts, "label").set("", Cell{" ", question.type_cell.place});
        group.add(std::move(header));
    } else if (group.list != question.list) {
        findings.error(question.type_cell.place, "table-list-with-two-lists",
                       "All selects of a table-list must use one list; this one uses \"" +
                           question.list + "\", the first \"" + group.list + "\".",
                       question.type_cell.text);
        return;
    }
    question.set_cell("control::appearance", Cell{"list-nolabel", question.type_cell.place});
}

namespace {

void fill_in(Item& item, const ListedChoice& choice) {
    const TranslatedText* label = find_text(choice.texts, "label");
    const auto label_in = [&](std::string_view language) -> std::string {
        if (label == nullptr || label->empty()) return choice.name.text;
        const Cell* cell = label->find(language);
        return (cell != nullptr ? *cell : label->any()).text;
    };
    const auto fill = [&](Cell& cell, std::string_view language) {
        if (cell.text.find("%(") == std::string::npos) return;
        cell.text = replace_all(cell.text, "%(name)s", choice.name.text);
        cell.text = replace_all(cell.text, "%(label)s", label_in(language));
    };
    for (auto& [key, text] : item.texts) {
        for (auto& [language, cell] : text.texts)
            fill(cell, language);
    }
    for (auto& [key, cell] : item.cells)
        fill(cell, "");
    for (const auto& child : item.children)
        fill_in(*child, choice);
}

}  // namespace

void expand_loop(Item& loop, const std::string& list_name, const Cell& begin, ChoiceLists& choices,
                 Findings& findings) {
    // As much as a tablet can show; loops in loops multiply.
    constexpr std::size_t kItemsMax = 20'000;
    const ChoiceList* list = choices.find(list_name);
    if (list == nullptr) {
        findings.error(
            begin.place, "unknown-list",
            "The loop uses the list \"" + list_name + "\", which is not on the choices sheet.",
            list_name, did_you_mean(list_name, choices.names()));
        return;
    }
    std::size_t items = 1;
    for_each_below(loop, [&](const Item&) { ++items; });
    if (list->choices.size() > kItemsMax / items) {
        findings.error(begin.place, "loop-too-long",
                       "The list \"" + list_name + "\" is too long for this loop.", list_name,
                       "Use a repeat instead.");
        return;
    }
    std::vector<std::unique_ptr<Item>> body = std::move(loop.children);
    loop.children.clear();
    for (const ListedChoice& choice : list->choices) {
        // "None of them" is an answer, not a thing to ask about.
        if (choice.name.text == "none") continue;
        auto group = std::make_unique<Item>();
        group->kind = ItemKind::kGroup;
        group->is_loop_copy = true;
        group->name = choice.name.text;
        group->place = choice.place;
        group->name_place = choice.name.place;
        group->row = loop.row;
        group->type_cell = begin;
        if (const TranslatedText* label = find_text(choice.texts, "label")) {
            group->texts.emplace_back("label", *label);
        }
        for (const auto& question : body) {
            auto copy = question->clone();
            fill_in(*copy, choice);
            group->add(std::move(copy));
        }
        loop.add(std::move(group));
    }
}

}  // namespace survey::forms
