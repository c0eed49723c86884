#include "forms/authoring/workbook_of_form.h"

#include "forms/authoring/workbook_maker.h"

namespace survey::forms {

WorkbookOfForm workbook_of_form(const FormDefinition& form) {
    return WorkbookMaker(form).make();
}

WorkbookMaker::WorkbookMaker(const FormDefinition& form)
    : form_(form),
      source_(*form.source),
      references_(form),
      survey_("survey", {"type",          "name",          "label",
                         "hint",          "guidance_hint", "image",
                         "big-image",     "audio",         "video",
                         "appearance",    "required",      "required_message",
                         "relevant",      "constraint",    "constraint_message",
                         "warn_if",       "warn_message",  "calculation",
                         "trigger",       "default",       "readonly",
                         "choice_filter", "parameters",    "repeat_count",
                         "save_to"}),
      choices_("choices", {"list_name", "name", "label", "image", "big-image", "audio", "video"}),
      settings_("settings",
                {"form_title", "form_id", "version", "default_language", "instance_name", "style"}),
      entities_("entities", {"list_name", "label", "entity_id", "create_if", "update_if"}),
      osm_("osm", {"list_name", "name", "label"}) {}

void WorkbookMaker::warn(std::uint32_t line, std::string_view code, std::string message,
                         std::string_view offending) {
    Diagnostic found{
        Severity::kWarning,    std::string(code), std::move(message), std::string(offending), {},
        Place{{}, 0, {}, line}};
    for (const Diagnostic& other : diagnostics_) {
        if (other == found) return;
    }
    diagnostics_.push_back(std::move(found));
}

WorkbookOfForm WorkbookMaker::make() {
    settings_.add_row();
    sort_actions();
    rank_nodes();
    check_controls();
    add_lists();
    add_survey();
    add_settings();
    WorkbookOfForm out;
    out.workbook.is_spreadsheet = true;
    for (const SheetDraft* sheet : {&survey_, &choices_, &settings_, &entities_, &osm_}) {
        if (!sheet->empty()) out.workbook.sheets.push_back(sheet->finish());
    }
    out.diagnostics = std::move(diagnostics_);
    return out;
}

}  // namespace survey::forms
