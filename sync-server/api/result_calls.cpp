// Results for programs: which forms, which questions, and tables in four formats. Nothing here or
// above sees a number that disclosure control has not released.

#include "common/json/json.h"
#include "sync-server/api/handlers_internal.h"
#include "sync-server/api/table_query.h"
#include "sync-server/console/table_labels.h"
#include "sync-server/export/render.h"

namespace survey::server {

namespace {

std::string_view kind_name(FormQuestion::Kind kind) {
    switch (kind) {
        case FormQuestion::Kind::kSelectOne:
            return "select-one";
        case FormQuestion::Kind::kSelectMany:
            return "select-many";
        case FormQuestion::Kind::kNumber:
            return "number";
    }
    return "";
}

json::Object as_json(const FormQuestion& question, const QuestionList& questions,
                     Language language) {
    json::Array options;
    for (const FormOption& option : question.options) {
        json::Object object{{"name", option.name},
                            {"label", label_of(option, questions, language)}};
        if (option.outside_scale) object["outside_scale"] = true;
        options.emplace_back(std::move(object));
    }
    json::Object object{{"name", question.name},
                        {"kind", kind_name(question.kind)},
                        {"label", label_of(question, questions, language)},
                        {"options", std::move(options)}};
    const std::string heading = heading_of(question, questions, language);
    if (!heading.empty()) object["heading"] = heading;
    if (!question.role.empty()) object["role"] = question.role;
    return object;
}

Result<Reply> rendered(const LabelledTable& table, std::string_view format) {
    if (format == "json") return Reply::json(table_json(table));
    if (format == "csv") {
        // A German spreadsheet expects semicolons, decimal commas and a mark for UTF-8.
        CsvStyle style;
        if (table.language == Language::kGerman) style = {';', true};
        return Reply::download(table_csv(table, style), "text/csv; charset=utf-8", "table.csv");
    }
    if (format == "xlsx") {
        TRY_ASSIGN(std::string bytes, table_xlsx(table));
        return Reply::download(std::move(bytes),
                               "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                               "table.xlsx");
    }
    if (format == "svg") return Reply::download(table_svg(table), "image/svg+xml", "table.svg");
    return fail(ErrorCode::kInvalidInput, "format must be json, csv, xlsx or svg.");
}

}  // namespace

Result<Reply> handle_results(Services& services, const RoutedCall&) {
    TRY_ASSIGN(const std::vector<PublishedForm> forms, services.store.forms());
    json::Array list;
    for (const PublishedForm& form : forms) {
        list.emplace_back(json::Object{
            {"form", form.ref.id}, {"version", form.ref.version}, {"title", form.title}});
    }
    return Reply::json(json::serialise(json::Object{{"forms", std::move(list)}}));
}

Result<Reply> handle_questions(Services& services, const RoutedCall& request) {
    TRY_ASSIGN(const auto version, services.results.newest(request.captures[0]));
    const QuestionList& questions = version->questions();
    const Language language = language_of_code(request.language());
    json::Array list;
    for (const FormQuestion& question : questions.questions)
        list.emplace_back(as_json(question, questions, language));
    return Reply::json(json::serialise(json::Object{{"form", version->ref().id},
                                                    {"version", version->ref().version},
                                                    {"questions", std::move(list)}}));
}

Result<Reply> handle_table(Services& services, const RoutedCall& request) {
    TRY_ASSIGN(const TableQuestion asked, read_table_query(request));
    TRY_ASSIGN(const auto version, services.results.newest(request.captures[0]));
    TRY_ASSIGN(const TableAnswer answer, services.results.table(request.captures[0], asked));
    const LabelledTable table =
        label_table(answer, version->questions(), asked, language_of_code(request.language()));
    return rendered(table, request.parameter("format").value_or("json"));
}

}  // namespace survey::server
