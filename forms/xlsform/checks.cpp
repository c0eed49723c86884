#include "forms/xlsform/checks.h"

#include <algorithm>
#include <map>
#include <set>

#include "forms/xlsform/dynamic_default.h"
#include "forms/xlsform/instances.h"
#include "forms/xlsform/names.h"
#include "forms/xlsform/range_parameters.h"
#include "forms/xlsform/references.h"
#include "forms/xlsform/row_tree.h"

namespace survey::forms {

void check_names(const Item& form, Findings& findings) {
    std::map<std::string, const Item*> repeats;
    const auto check_section = [&](const Item& section) {
        std::map<std::string, const Item*> exact;
        std::map<std::string, const Item*> in_any_case;
        for (const auto& child : section.children) {
            const std::string& name = child->name;
            if (!is_qualified_name(name)) {
                findings.error(
                    child->name_place, "invalid-name", "The name \"" + name + "\" cannot be used.",
                    name,
                    "Begin with a letter or \"_\"; go on with letters, digits, \"_\", \"-\" or "
                    "\".\"; no blanks.");
            }
            if (name == "meta" && section.kind == ItemKind::kForm) {
                findings.error(child->name_place, "reserved-name",
                               "The name \"meta\" is reserved for the form itself.", name);
            }
            if (!child->has_node()) continue;
            if (const auto [first, is_new] = exact.emplace(name, child.get()); !is_new) {
                const std::string stands =
                    "stands in row " + std::to_string(first->second->row) + " already";
                findings.error(child->name_place, "duplicate-name",
                               child->made_for.empty()
                                   ? "The name \"" + name + "\" " + stands + ", in the same group."
                                   : child->made_for + " needs a node \"" + name +
                                         "\", but that name " + stands + ".",
                               name, "Give one of them another name.");
            } else if (!in_any_case.emplace(lower(name), child.get()).second) {
                findings.warn(child->name_place, "similar-name",
                              "The name \"" + name +
                                  "\" differs from another only in small and capital "
                                  "letters; exports may mix them up.",
                              name);
            }
            if (child->kind != ItemKind::kRepeat) continue;
            if (name == form.name) {
                findings.error(child->name_place, "repeat-named-like-form",
                               "A repeat cannot have the name of the form, \"" + name + "\".",
                               name);
            }
            if (!repeats.emplace(name, child.get()).second && exact[name] == child.get()) {
                findings.error(child->name_place, "duplicate-repeat",
                               "Two repeats have the name \"" + name + "\".", name,
                               "Names of repeats are unique in the whole form.");
            }
        }
    };
    check_section(form);
    for_each_below(form, [&](const Item& item) {
        if (item.is_section()) check_section(item);
    });
}

namespace {

class RowChecker {
  public:
    RowChecker(ChoiceLists& choices, const OtherLists& others, Findings& findings)
        : choices_(choices), others_(others), findings_(findings) {}

    void check(const Item& item) {
        check_media(item);
        if (item.is_section()) return check_section(item);
        check_label(item);
        if (item.type->is_select()) check_select(item);
        switch (item.type->kind) {
            case QuestionKind::kCalculate:
                check_calculate(item);
                break;
            case QuestionKind::kSelectExternal:
                check_external_select(item);
                break;
            case QuestionKind::kBackgroundGeopoint:
                check_background_geopoint(item);
                break;
            case QuestionKind::kExternalInstance:
                if (!external_.insert(item.name).second) {
                    findings_.error(item.name_place, "duplicate-external-instance",
                                    "Two rows read a file named \"" + item.name + "\".", item.name);
                }
                break;
            case QuestionKind::kPreload:
                if (item.type->name.ends_with("subscriberid") ||
                    item.type->name.ends_with("simserial")) {
                    findings_.warn(item.type_cell.place, "dead-metadata",
                                   "Android no longer tells \"" + std::string(item.type->name) +
                                       "\"; it will be empty.",
                                   item.type_cell.text, "Use deviceid or username.");
                }
                break;
            case QuestionKind::kRange:
                check_tick_labels(item);
                break;
            default:
                break;
        }
        check_reference_geometry(item);
    }

    /// A list either becomes an instance or stands in the body.
    void check_search_lists() {
        for (const ChoiceList& list : choices_.all()) {
            if (!list.used || !list.used_by_search) continue;
            findings_.error(list.place, "search-list-mixed",
                            "The list \"" + list.name +
                                "\" is used both with search() and without; use two lists.",
                            list.name);
        }
    }

  private:
    void check_media(const Item& item) {
        static const std::set<std::string_view> kMedia{"media::image", "media::big-image",
                                                       "media::audio", "media::video"};
        for (const auto& [key, text] : item.texts) {
            if (key.starts_with("media::") && !kMedia.contains(key)) {
                findings_.error(text.any().place, "unsupported-media",
                                "\"" + key.substr(7) + "\" is no kind of media.", key.substr(7),
                                "Use image, big-image, audio or video.");
            }
        }
        const TranslatedText* big = item.text("media::big-image");
        if (big != nullptr && item.text("media::image") == nullptr) {
            findings_.error(big->any().place, "big-image-without-image",
                            "A big-image needs an image that it enlarges.", big->any().text);
        }
    }

    void check_section(const Item& item) {
        if (item.kind == ItemKind::kRepeat && item.text("label") == nullptr) {
            findings_.warn(item.place, "repeat-without-label",
                           "The repeat \"" + item.name + "\" has no label.", item.name);
        }
        if (item.children.empty()) {
            findings_.warn(item.place, "empty-group", "\"" + item.name + "\" holds no questions.",
                           item.name);
        }
    }

    void check_label(const Item& item) {
        if (!item.has_control() || item.text("label") != nullptr || item.text("hint") != nullptr ||
            item.has_media()) {
            return;
        }
        if (item.text("guidance_hint") != nullptr) {
            findings_.error(item.place, "guidance-hint-alone",
                            "\"" + item.name + "\" has only a guidance_hint.", item.name,
                            "Add a label or a hint.");
            return;
        }
        findings_.error(item.place, "missing-label", "\"" + item.name + "\" has no label.",
                        item.name, "Add a label, a hint or media.");
    }

    void check_select(const Item& item) {
        const std::uint32_t place = item.type_cell.place;
        if (item.list.empty()) {
            findings_.error(place, "select-without-list",
                            "This question does not name its choices.", item.type_cell.text,
                            "Write the name of the list after the type.");
            return;
        }
        if (item.from_file) {
            if (!is_choice_file(item.list)) {
                findings_.error(place, "choice-file-kind",
                                "Choices cannot be read from \"" + item.list + "\".", item.list,
                                "Use a file that ends with .csv, .xml or .geojson.");
            }
            if (item.uses_search()) {
                findings_.error(place, "search-from-file",
                                "search() cannot be combined with choices from a file.",
                                item.cell("control::appearance").text);
            }
            return;
        }
        if (!References::single_name(item.list).empty()) return;
        ChoiceList* list = choices_.find(item.list);
        if (list == nullptr) return unknown_list(item.list, place);
        (item.uses_search() ? list->used_by_search : list->used) = true;
        if (item.type->kind == QuestionKind::kSelectOne || !multiple_.insert(item.list).second)
            return;
        for (const ListedChoice& choice : list->choices) {
            if (choice.name.text.find_first_of(" \n\t") == std::string::npos) continue;
            findings_.error(
                choice.name.place, "choice-name-with-blank",
                "The name \"" + choice.name.text +
                    "\" has a blank, but several answers are stored with blanks between.",
                choice.name.text, "Use \"_\" instead.");
        }
    }

    void unknown_list(const std::string& name, std::uint32_t place) {
        if (!choices_.readable) return;
        if (!choices_.sheet_present) {
            if (no_sheet_reported_) return;
            no_sheet_reported_ = true;
            findings_.error(place, "missing-choices-sheet",
                            "The form has choices, but no choices sheet.", name,
                            "Add a sheet \"choices\" with list_name, name and label.");
            return;
        }
        findings_.error(place, "unknown-list", "The choices sheet has no list \"" + name + "\".",
                        name, did_you_mean(name, choices_.names()));
    }

    void check_external_select(const Item& item) {
        const std::uint32_t place = item.type_cell.place;
        if (item.cell("choice_filter").empty()) {
            findings_.warn(place, "external-select-without-filter",
                           "select_one_external works only with a choice_filter.",
                           item.type_cell.text);
        }
        if (!others_.external_sheet) {
            findings_.error(place, "missing-external-choices",
                            "select_one_external needs a sheet external_choices.",
                            item.type_cell.text);
        } else if (std::find(others_.external.begin(), others_.external.end(), item.list) ==
                   others_.external.end()) {
            findings_.error(place, "unknown-list",
                            "The external_choices sheet has no list \"" + item.list + "\".",
                            item.list, did_you_mean(item.list, others_.external));
        }
    }

    void check_calculate(const Item& item) {
        if (!item.cell("bind::calculate").empty() || !item.cell("trigger").empty() ||
            is_dynamic_default(item.cell("default").text, "string")) {
            return;
        }
        findings_.error(item.place, "calculate-without-calculation",
                        "\"" + item.name + "\" has no calculation.", item.name,
                        "Write an expression in the column calculation.");
    }

    void check_background_geopoint(const Item& item) {
        if (item.cell("trigger").empty()) {
            findings_.error(item.place, "background-geopoint-without-trigger",
                            "\"" + item.name + "\" needs a trigger.", item.name,
                            "Write ${question} in the column trigger.");
        }
        if (const Cell& calculation = item.cell("bind::calculate"); !calculation.empty()) {
            findings_.error(calculation.place, "background-geopoint-with-calculation",
                            "A background-geopoint cannot have a calculation.", calculation.text);
        }
    }

    void check_tick_labels(const Item& item) {
        const std::string* name = item.parameter("tick_labelset");
        if (name == nullptr) return;
        const std::uint32_t place = item.cell("parameters").place;
        ChoiceList* list = choices_.find(*name);
        if (list == nullptr) return unknown_list(*name, place);
        list->used = true;
        check_range_labels(item, *list, findings_);
    }

    void check_reference_geometry(const Item& item) {
        const std::string* name = item.parameter("reference-geometry");
        if (name == nullptr) return;
        if (ChoiceList* list = choices_.find(*name); list != nullptr) list->used = true;
        if (std::find(others_.external.begin(), others_.external.end(), *name) !=
            others_.external.end()) {
            findings_.error(item.cell("parameters").place, "invalid-parameter",
                            "reference-geometry cannot be a list of external_choices.", *name);
        }
    }

    ChoiceLists& choices_;
    const OtherLists& others_;
    Findings& findings_;
    std::set<std::string> external_;
    std::set<std::string> multiple_;
    bool no_sheet_reported_ = false;
};

}  // namespace

void check_rows(const Item& form, ChoiceLists& choices, const OtherLists& others,
                Findings& findings) {
    RowChecker checker(choices, others, findings);
    for_each_below(form, [&](const Item& item) { checker.check(item); });
    checker.check_search_lists();
    if (form.children.empty() && !findings.has_error()) {
        findings.error(form.place, "empty-survey", "The survey sheet has no questions.", "",
                       "Add a row with type, name and label.");
    }
}

namespace {

/// What an author calls a translated column.
std::string column_name(const std::string& key) {
    if (key == "bind::jr:constraintMsg") return "constraint_message";
    if (key == "bind::jr:requiredMsg") return "required_message";
    if (key == "bind::jr:noAppErrorString") return "noAppErrorString";
    if (key == "bind::werkstatt:warnMsg") return "warn_message";
    return key.starts_with("media::") ? key.substr(7) : key;
}

}  // namespace

void check_translations(const std::vector<const Table*>& sheets,
                        const std::string& default_language, Findings& findings) {
    std::set<std::string> without_tag;
    for (const Table* sheet : sheets) {
        if (sheet == nullptr) continue;
        std::vector<std::string> languages = sheet->languages();
        if (languages.empty()) continue;
        std::map<std::string, std::set<std::string>> spoken;  // key to languages
        bool unsuffixed = false;
        for (const Column& column : sheet->columns) {
            const HeaderName& name = column.name;
            if (!name.known || !is_translatable(name.key)) continue;
            unsuffixed = unsuffixed || name.language.empty();
            spoken[name.key].insert(name.language.empty() ? default_language : name.language);
            if (!name.language.empty() && !has_language_tag(name.language) &&
                without_tag.insert(name.language).second) {
                findings.warn(column.place, "language-without-code",
                              "The language \"" + name.language + "\" has no language code.",
                              name.language, "Write for example \"French (fr)\".");
            }
        }
        if (unsuffixed &&
            std::find(languages.begin(), languages.end(), default_language) == languages.end()) {
            languages.push_back(default_language);
        }
        for (const std::string& language : languages) {
            std::string missing;
            for (const auto& [key, present] : spoken) {
                if (present.contains(language)) continue;
                missing += (missing.empty() ? "" : ", ") + column_name(key);
            }
            if (missing.empty()) continue;
            findings.warn(sheet->place, "missing-translation",
                          "The language \"" + language + "\" has no column for: " + missing + ".",
                          language, "Where a text is missing, the default language is shown.");
        }
    }
}

}  // namespace survey::forms
