#include "forms/xlsform/convert.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "forms/xlsform/checks.h"
#include "forms/xlsform/choices.h"
#include "forms/xlsform/entities.h"
#include "forms/xlsform/expression_checks.h"
#include "forms/xlsform/findings.h"
#include "forms/xlsform/instances.h"
#include "forms/xlsform/names.h"
#include "forms/xlsform/osm.h"
#include "forms/xlsform/row_tree.h"
#include "forms/xlsform/settings.h"
#include "forms/xlsform/workbook.h"
#include "forms/xlsform/xform_builder.h"

namespace survey::forms {

namespace {

/// The sheets of a form, each nullptr where the workbook has none of that name.
struct FormSheets {
    const Sheet* survey = nullptr;
    const Sheet* choices = nullptr;
    const Sheet* settings = nullptr;
    const Sheet* external_choices = nullptr;
    const Sheet* entities = nullptr;
    const Sheet* osm = nullptr;
};

FormSheets find_sheets(const Workbook& book, Findings& findings) {
    FormSheets sheets;
    const std::pair<std::string, const Sheet**> wanted[] = {
        {"survey", &sheets.survey},     {"choices", &sheets.choices},
        {"settings", &sheets.settings}, {"external_choices", &sheets.external_choices},
        {"entities", &sheets.entities}, {"osm", &sheets.osm},
    };
    std::vector<const Sheet*> others;
    for (const Sheet& sheet : book.sheets) {
        const std::string name = lower(trim(sheet.name));
        const auto found = std::find_if(std::begin(wanted), std::end(wanted),
                                        [&](const auto& pair) { return pair.first == name; });
        if (found == std::end(wanted)) {
            others.push_back(&sheet);
        } else if (*found->second == nullptr) {
            *found->second = &sheet;
        }
    }
    if (sheets.survey == nullptr && book.sheets.size() == 1) {
        sheets.survey = &book.sheets.front();
        return sheets;
    }
    for (const Sheet* other : others) {
        if (other->name.starts_with('_')) continue;
        std::vector<std::string> missing;
        for (const auto& [name, sheet] : wanted) {
            if (*sheet == nullptr && name != "osm") missing.push_back(name);
        }
        const std::string hint = did_you_mean(trim(other->name), missing);
        if (hint.empty()) continue;
        findings.warn(findings.mark(Place{other->name, 0, "", 0}), "misspelled-sheet",
                      "The sheet \"" + other->name + "\" is not used.", other->name, hint);
    }
    if (sheets.survey == nullptr) {
        findings.error(0, "missing-survey", "The workbook has no sheet named \"survey\".", "",
                       "Name the sheet with the questions \"survey\".");
    }
    return sheets;
}

class Conversion {
  public:
    Conversion(const Workbook& book, const ConvertOptions& options)
        : book_(book), options_(options) {}

    ConvertedForm run() {
        ConvertedForm converted;
        const FormSheets sheets = find_sheets(book_, findings_);
        if (sheets.survey != nullptr) convert(sheets, converted);
        converted.places = findings_.take_places();
        converted.diagnostics = findings_.take_diagnostics();
        if (has_errors(converted.diagnostics)) converted.xform.reset();
        return converted;
    }

  private:
    std::unique_ptr<Table> table(const Sheet* sheet, const HeaderRules& rules) {
        if (sheet == nullptr) return nullptr;
        return std::make_unique<Table>(read_table(*sheet, book_.is_spreadsheet, rules, findings_));
    }

    void convert(const FormSheets& sheets, ConvertedForm& converted) {
        const auto survey = table(sheets.survey, survey_headers());
        const auto choices_table = table(sheets.choices, choices_headers());
        const auto settings_table = table(sheets.settings, settings_headers());
        const auto external_table = table(sheets.external_choices, choices_headers());
        const auto entities_table = table(sheets.entities, entities_headers());
        const auto osm_table = table(sheets.osm, osm_headers());
        if (!survey->has_column("type")) {
            findings_.error(survey->place, "missing-type-column",
                            "The survey sheet has no column \"type\".", "",
                            "Its first row must hold type, name and label.");
            return;
        }
        Settings settings = read_settings(settings_table.get(), findings_);
        ChoiceLists choices = read_choices(choices_table.get(), settings, findings_);
        const std::unique_ptr<Item> form = read_survey(*survey, settings, choices, findings_);
        finish_settings(settings, options_.fallback_id, findings_);
        form->name = settings.root_name.text;
        form->place = survey->place;
        check_names(*form, findings_);
        const OtherLists others = read_external(external_table.get(), converted);
        check_rows(*form, choices, others, findings_);
        bool external_used = false;
        for_each_below(*form, [&](const Item& item) {
            external_used = external_used || (item.type != nullptr &&
                                              item.type->kind == QuestionKind::kSelectExternal);
        });
        if (!external_used) converted.itemsets_csv.clear();
        check_translations({survey.get(), choices_table.get()}, settings.default_language(),
                           findings_);

        const References references(*form, settings.root_name.text, findings_);
        std::vector<Entity> entities = read_entities(entities_table.get(), findings_);
        read_save_to(entities, *form, findings_);
        place_entities(entities, *form, references, findings_);
        const auto instances = collect_instances(*form, choices, entities, settings, findings_);
        const OsmTags osm = read_osm(osm_table.get(), findings_);
        FormParts parts{*form, settings, choices, osm, entities, instances, references, {}};
        for (const Table* sheet : {static_cast<const Table*>(survey.get()),
                                   static_cast<const Table*>(choices_table.get())}) {
            if (sheet == nullptr) continue;
            for (const std::string& language : sheet->languages()) {
                const auto same =
                    std::find(parts.languages.begin(), parts.languages.end(), language);
                if (same == parts.languages.end()) parts.languages.push_back(language);
            }
        }
        converted.xform = build_xform(parts, findings_);
        if (findings_.has_error()) check_expressions(*converted.xform, findings_);
    }

    OtherLists read_external(const Table* sheet, ConvertedForm& converted) {
        OtherLists others;
        if (sheet == nullptr) return others;
        others.external_sheet = true;
        for (const TableRow& row : sheet->rows) {
            const Cell* name = sheet->find(row, "list_name");
            if (name != nullptr &&
                (others.external.empty() || others.external.back() != name->text)) {
                others.external.push_back(name->text);
            }
        }
        if (!sheet->rows.empty()) converted.itemsets_csv = external_choices_csv(*sheet, findings_);
        return others;
    }

    const Workbook& book_;
    const ConvertOptions& options_;
    Findings findings_;
};

}  // namespace

ConvertedForm convert_xlsform(std::string_view bytes, const ConvertOptions& options) {
    const Result<Workbook> book = read_workbook(bytes);
    if (!book) {
        ConvertedForm refused;
        refused.places.emplace_back();
        refused.diagnostics.push_back(Diagnostic{Severity::kError, "unreadable-workbook",
                                                 book.error().message, "", "", Place{}});
        return refused;
    }
    return Conversion(*book, options).run();
}

}  // namespace survey::forms
