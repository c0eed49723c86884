#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "forms/authoring/reference_text.h"
#include "forms/authoring/sheet_draft.h"
#include "forms/authoring/workbook_of_form.h"

namespace survey::forms {

/// The work of `workbook_of_form`. The sheets and the parts of a survey row stand in files of their
/// own. Used once.
class WorkbookMaker {
  public:
    explicit WorkbookMaker(const FormDefinition& form);
    WorkbookOfForm make();

  private:
    using Row = std::size_t;

    void warn(std::uint32_t line, std::string_view code, std::string message,
              std::string_view offending = {});
    /// Warns of a survey row.
    const FormNode& node(NodeRef ref) const { return form_.nodes[ref]; }

    // settings_sheet.cpp
    void add_settings();
    void add_root_attributes(Row row);
    void add_submission(Row row);
    void add_namespaces(Row row);
    void add_text_settings(Row row);
    /// "odk:quality" for "{uri}quality"; remembers prefixes that the settings must declare. Empty
    /// where the form has no prefix for it.
    std::string prefixed(std::string_view expanded);

    // survey_sheet.cpp
    void add_survey();
    void rank_nodes();
    void add_children(NodeRef section);
    void add_row(NodeRef ref);
    void add_section(NodeRef ref);
    void add_bind_columns(Row row, NodeRef ref);
    void add_instance_columns(Row row, NodeRef ref);
    void add_repeat_count(Row row, NodeRef ref, const Control& control);
    void add_meta(NodeRef meta);
    void add_entity(NodeRef entity);
    void check_controls();
    /// The calculate that the converter makes for a repeat_count; kNoRef where there is none.
    NodeRef count_node(NodeRef repeat) const;

    // question_row.cpp
    void add_question(NodeRef ref);
    std::string visible_type(Row row, NodeRef ref, const Control& control);
    std::string hidden_type(Row row, NodeRef ref);
    std::string select_type(Row row, NodeRef ref, const Control& control);
    std::string itemset_type(Row row, NodeRef ref, const Control& control, const std::string& word);
    void add_control_columns(Row row, NodeRef ref, const Control& control, const std::string& type);
    void add_range(Row row, const Control& control);
    void add_reference_geometry(Row row, NodeRef ref, const Control& control);
    /// The name of a node, with its prefix.
    std::string row_name(NodeRef ref);
    void add_parameter(Row row, std::string_view key, std::string_view value);
    void add_osm(Row row, NodeRef ref, const Control& control, std::string& type);

    // row_texts.cpp
    void put_text(SheetDraft& sheet, Row row, const std::string& column, const TextSource& text,
                  const ReferenceText::Scope& scope, std::uint32_t line);
    void put_value(SheetDraft& sheet, Row row, const std::string& column,
                   const std::string& language, const RichText& text,
                   const ReferenceText::Scope& scope, std::uint32_t line);
    std::string plain(const RichText& text, const ReferenceText::Scope& scope, std::uint32_t line);

    // row_actions.cpp
    void sort_actions();
    void add_default(Row row, NodeRef ref, const std::string& bind_type);
    void add_trigger(Row row, NodeRef ref);
    std::string action_value(const Action& action) const;

    // choice_sheet.cpp
    void add_lists();
    void add_list(const SecondaryInstance& instance);
    /// A list for choices written in the body; equal ones are one. \return its name.
    std::string inline_list(const Control& control, const std::string& wanted);
    void add_files();

    const FormDefinition& form_;
    const xml::Document& source_;
    ReferenceText references_;
    SheetDraft survey_;
    SheetDraft choices_;
    SheetDraft settings_;
    SheetDraft entities_;
    SheetDraft osm_;
    std::vector<Diagnostic> diagnostics_;

    std::vector<std::uint32_t> rank_;      // of a node: its first control, for the order of rows
    std::vector<std::uint32_t> controls_;  // of a node: how many
    std::vector<std::vector<const Action*>> load_actions_;  // of a target, first load or new repeat
    std::vector<std::vector<const Action*>> trigger_actions_;  // of a target, on a change
    std::map<std::string, std::string> prefixes_;              // further namespaces: prefix → uri
    std::set<std::string> list_names_;
    std::set<std::string> file_ids_;                   // instances that a select brings along
    std::map<std::string, std::string> inline_lists_;  // content → name
    /// The column of a list that holds the values and labels of its choices, by instance.
    std::map<std::string, std::pair<std::string, std::string>> list_columns_;
    std::size_t entity_count_ = 0;
};

}  // namespace survey::forms
