#include "forms/xlsform/choices.h"

#include <algorithm>
#include <set>

#include "forms/xlsform/names.h"

namespace survey::forms {

bool ChoiceList::has(std::string_view choice_name) const {
    return std::any_of(choices.begin(), choices.end(),
                       [&](const ListedChoice& choice) { return choice.name.text == choice_name; });
}

const ChoiceList* ChoiceLists::find(std::string_view name) const {
    const auto found = std::find_if(lists_.begin(), lists_.end(),
                                    [&](const ChoiceList& list) { return list.name == name; });
    return found == lists_.end() ? nullptr : &*found;
}

ChoiceList* ChoiceLists::find(std::string_view name) {
    return const_cast<ChoiceList*>(std::as_const(*this).find(name));
}

ChoiceList& ChoiceLists::add(std::string_view name, std::uint32_t place) {
    if (ChoiceList* list = find(name); list != nullptr) return *list;
    ChoiceList list;
    list.name = name;
    list.place = place;
    return lists_.emplace_back(std::move(list));
}

std::vector<std::string> ChoiceLists::names() const {
    std::vector<std::string> all;
    all.reserve(lists_.size());
    for (const ChoiceList& list : lists_)
        all.push_back(list.name);
    return all;
}

namespace {

/// Columns that cannot become an element are said once and left out.
std::vector<bool> usable_columns(const Table& sheet, Findings& findings) {
    std::vector<bool> usable;
    for (const Column& column : sheet.columns) {
        const bool good = column.name.known || is_xml_name(column.name.key);
        usable.push_back(good);
        if (good) continue;
        findings.warn(column.place, "invalid-choices-column",
                      "The choices column \"" + column.header +
                          "\" is left out, because its name cannot be an XML name.",
                      column.header, "Use letters, digits, \"_\", \"-\" and no blanks.");
    }
    return usable;
}

ListedChoice read_choice(const Table& sheet, const TableRow& row, const std::vector<bool>& usable) {
    ListedChoice choice;
    choice.place = row.place;
    for (const auto& [index, cell] : row.cells) {
        const HeaderName& name = sheet.columns[index].name;
        if (name.key == "name" && name.known) {
            choice.name = cell;
        } else if (name.known && is_translatable(name.key)) {
            text_for(choice.texts, name.key).set(name.language, cell);
        } else if (!name.known && usable[index]) {
            choice.columns.emplace_back(name.key, cell);
        }
    }
    return choice;
}

void check_names(const ChoiceList& list, const Settings& settings, Findings& findings) {
    std::set<std::string_view> seen;
    for (const ListedChoice& choice : list.choices) {
        if (choice.name.empty()) {
            findings.error(choice.place, "choice-without-name",
                           "A choice of the list \"" + list.name + "\" has no name.", "",
                           "Every choice needs a name: the value that is stored.");
        } else if (!seen.insert(choice.name.text).second &&
                   !settings.flag("allow_choice_duplicates", false)) {
            findings.error(
                choice.name.place, "duplicate-choice",
                "The list \"" + list.name + "\" has the name \"" + choice.name.text + "\" twice.",
                choice.name.text, "Rename one of them, or set allow_choice_duplicates to yes.");
        }
        if (find_text(choice.texts, "label") == nullptr) {
            findings.warn(choice.place, "choice-without-label",
                          "The choice \"" + choice.name.text + "\" of the list \"" + list.name +
                              "\" has no label.",
                          choice.name.text, "Its name is shown.");
        }
        const TranslatedText* big = find_text(choice.texts, "media::big-image");
        if (big != nullptr && find_text(choice.texts, "media::image") == nullptr) {
            findings.error(big->any().place, "big-image-without-image",
                           "A big-image needs an image that it enlarges.", big->any().text);
        }
    }
}

/// A reference in a label can only be shown through itext: items are plain data.
bool needs_itext(const ChoiceList& list) {
    for (const ListedChoice& choice : list.choices) {
        for (const auto& [key, text] : choice.texts) {
            if (key != "label" || text.is_translated()) return true;
            if (text.any().text.find("${") != std::string::npos) return true;
        }
    }
    return false;
}

}  // namespace

ChoiceLists read_choices(const Table* sheet, const Settings& settings, Findings& findings) {
    ChoiceLists lists;
    if (sheet == nullptr) return lists;
    lists.sheet_present = true;
    lists.languages = sheet->languages();
    if (sheet->rows.empty()) return lists;
    for (const char* needed : {"list_name", "name"}) {
        if (sheet->has_column(needed)) continue;
        findings.error(sheet->place, "missing-choices-column",
                       std::string("The choices sheet has no column \"") + needed + "\".", needed,
                       "Its first row must hold list_name, name and label.");
        lists.readable = false;
        return lists;
    }
    const std::vector<bool> usable = usable_columns(*sheet, findings);
    ChoiceList* current = nullptr;
    for (const TableRow& row : sheet->rows) {
        const Cell* list_name = sheet->find(row, "list_name");
        if (list_name == nullptr) {
            // pyxform passes over such rows; most are headings.
            if (sheet->find(row, "name") != nullptr) {
                findings.warn(row.place, "choice-without-list",
                              "This choice is left out, because its row has no list_name.");
            }
            continue;
        }
        if (current == nullptr || current->name != list_name->text) {
            current = &lists.add(list_name->text, row.place);
        }
        current->choices.push_back(read_choice(*sheet, row, usable));
    }
    for (ChoiceList& list : lists.all()) {
        check_names(list, settings, findings);
        list.in_itext = needs_itext(list);
    }
    return lists;
}

void add_other_choice(ChoiceList& list, const std::vector<std::string>& languages) {
    if (list.has("other")) return;
    ListedChoice other;
    other.place = list.place;
    other.name = Cell{"other", list.place};
    TranslatedText label;
    const bool plain =
        std::any_of(list.choices.begin(), list.choices.end(), [](const ListedChoice& choice) {
            const TranslatedText* text = find_text(choice.texts, "label");
            return text != nullptr && text->find("") != nullptr;
        });
    if (plain || languages.empty()) label.set("", Cell{"Other", list.place});
    for (const std::string& language : languages)
        label.set(language, Cell{"Other", list.place});
    other.texts.emplace_back("label", std::move(label));
    list.choices.push_back(std::move(other));
}

std::string external_choices_csv(const Table& sheet, Findings& findings) {
    const auto quoted = [](std::string_view text) {
        return "\"" + replace_all(text, "\"", "\"\"") + "\"";
    };
    if (!sheet.has_column("list_name") || !sheet.has_column("name")) {
        findings.error(sheet.place, "missing-choices-column",
                       "The external_choices sheet needs the columns list_name and name.");
        return {};
    }
    std::string csv;
    for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
        const HeaderName& name = sheet.columns[i].name;
        if (i > 0) csv += ',';
        csv += quoted(name.language.empty() ? name.key : sheet.columns[i].header);
    }
    csv += '\n';
    for (const TableRow& row : sheet.rows) {
        if (sheet.find(row, "name") == nullptr) {
            findings.error(row.place, "choice-without-name", "An external choice has no name.");
        }
        auto next = row.cells.begin();
        for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
            if (i > 0) csv += ',';
            const bool here = next != row.cells.end() && next->first == i;
            csv += quoted(here ? std::string_view(next->second.text) : std::string_view());
            if (here) ++next;
        }
        csv += '\n';
    }
    return csv;
}

}  // namespace survey::forms
