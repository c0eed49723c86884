#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "forms/definition/form_definition.h"

namespace survey::server {

/// A choice as tables show it.
struct FormOption {
    std::string name;
    std::vector<std::string> labels;  ///< By language; empty where the form has none.
    bool outside_scale = false;       ///< "Cannot say": an answer, but no value of the scale.
    std::optional<double> scale;      ///< The number behind it.
};

/// A question that tables can count.
struct FormQuestion {
    enum class Kind : std::uint8_t { kSelectOne, kSelectMany, kNumber };

    std::string name;  ///< Unique in the form: the node's name, or its path where that is not.
    Kind kind = Kind::kSelectOne;
    std::vector<std::string> labels;  ///< By language.
    /// Heading of the group around it, by language: tells apart questions that are asked of several
    /// things in the same words. Empty texts where there is none.
    std::vector<std::string> headings;
    std::vector<FormOption> options;  ///< Of all its lists, unfiltered, in their order.
    std::string role;                 ///< What the author says it is for; mostly empty.
    bool identifying = false;         ///< What everybody knows of an organisation.
    forms::NodeRef node = forms::kNoRef;
};

/// The questions of a form as tables see them, and where the nodes stand that ingest reads.
struct QuestionList {
    std::vector<std::string> languages;  ///< As written: "Deutsch (de)".
    std::size_t default_language = 0;
    std::vector<FormQuestion> questions;
    forms::NodeRef organisation = forms::kNoRef;  ///< Whose bind has the role "organisation".
    forms::NodeRef consent = forms::kNoRef;       ///< … "consent".

    const FormQuestion* find(std::string_view name) const;
    /// The language for "de" or "en": by the code in brackets, else the form's default.
    std::size_t language_for(std::string_view code) const;
};

/// Select and number questions, and calculated values with a role that is a dimension of tables.
/// Left out: whatever repeats (one firm, many answers), free text, rankings.
QuestionList list_questions(const forms::FormDefinition& form);

/// The role that the author gave a node: attribute `role` of its bind in our namespace.
std::string_view role_of(const forms::FormNode& node);

/// Splits "a b c" as a select-multiple answer stores its choices.
std::vector<std::string> split_choices(std::string_view value);

}  // namespace survey::server
