#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sync-server/console/table_labels.h"
#include "sync-server/export/labelled_table.h"
#include "sync-server/ingest/question_list.h"

namespace survey::server {

/// The results pages as HTML. Pure. They work without JavaScript; nothing comes from another host.

/// "Sign in": one field for the token. `next` is the page to go on to.
std::string login_page(Language language, std::string_view next, bool refused);

struct ListedForm {
    std::string id;
    std::string title;
};
std::string forms_page(Language language, const std::vector<ListedForm>& forms);

/// What the page of one form shows.
struct ResultsView {
    Language language = Language::kGerman;
    std::string form_id;
    std::string title;
    const QuestionList* questions = nullptr;
    TableQuestion asked;
    const LabelledTable* table = nullptr;  ///< Null: see `message`.
    std::string message;                   ///< Why there is no table, for the reader.
};
std::string results_page(const ResultsView& view);

/// A page that only says something: an error, "not found".
std::string message_page(Language language, std::string_view title, std::string_view message);

/// "question:option" of the address, for a filter; empty without one.
std::string filter_value(const TableQuestion& asked);

/// For one part of an address: everything but letters, digits and `-._~` as %XX.
std::string percent_encoded(std::string_view text);

}  // namespace survey::server
