#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "forms/xlsform/findings.h"
#include "forms/xlsform/settings.h"
#include "forms/xlsform/table.h"
#include "forms/xlsform/translated_text.h"

namespace survey::forms {

struct ListedChoice {
    Cell name;
    TextsByKey texts;                                   ///< "label", "media::image", …
    std::vector<std::pair<std::string, Cell>> columns;  ///< Further columns, by element name.
    std::uint32_t place = 0;
};

struct ChoiceList {
    std::string name;
    std::vector<ListedChoice> choices;
    std::uint32_t place = 0;      ///< Of its first row.
    bool used = false;            ///< By a question that takes it from its instance.
    bool used_by_search = false;  ///< By search(): written in the body, no instance.
    bool in_itext = false;        ///< Labels are translated, carry media or hold references.

    bool has(std::string_view choice_name) const;
};

/// All lists of the choices sheet in the order of their first row.
class ChoiceLists {
  public:
    /// nullptr where there is none.
    ChoiceList* find(std::string_view name);
    const ChoiceList* find(std::string_view name) const;
    ChoiceList& add(std::string_view name, std::uint32_t place);
    std::vector<std::string> names() const;

    std::vector<ChoiceList>& all() { return lists_; }
    const std::vector<ChoiceList>& all() const { return lists_; }
    bool sheet_present = false;
    bool readable = true;                ///< False: a column lacks, which has been reported.
    std::vector<std::string> languages;  ///< Of the sheet's columns.

  private:
    std::vector<ChoiceList> lists_;
};

/// Reads and checks the sheet. \param sheet May be nullptr.
ChoiceLists read_choices(const Table* sheet, const Settings& settings, Findings& findings);

/// Adds "other" for `or_other`, unless the list has one, in all languages of the sheet.
void add_other_choice(ChoiceList& list, const std::vector<std::string>& languages);

/// The sheet external_choices as itemsets.csv: every cell quoted, columns without header dropped.
std::string external_choices_csv(const Table& sheet, Findings& findings);

}  // namespace survey::forms
