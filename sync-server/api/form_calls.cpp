// Publishing questionnaires, and which there are.

#include "common/json/json.h"
#include "sync-server/api/handlers_internal.h"

namespace survey::server {

namespace {

json::Object as_json(const forms::Diagnostic& diagnostic) {
    json::Object object{
        {"severity", diagnostic.severity == forms::Severity::kError ? "error" : "warning"},
        {"code", diagnostic.code},
        {"message", diagnostic.message},
        {"text", forms::describe(diagnostic)}};
    if (!diagnostic.offending.empty()) object["offending"] = diagnostic.offending;
    if (!diagnostic.hint.empty()) object["hint"] = diagnostic.hint;
    const forms::Place& place = diagnostic.place;
    if (!place.sheet.empty()) object["sheet"] = place.sheet;
    if (place.row != 0) object["row"] = place.row;
    if (!place.column.empty()) object["column"] = place.column;
    if (place.line != 0) object["line"] = place.line;
    return object;
}

}  // namespace

Result<Reply> handle_publish(Services& services, const RoutedCall& request) {
    const std::string fallback_id(request.parameter("name").value_or("form"));
    TRY_ASSIGN(const PublishOutcome outcome, services.ingest.publish(request.body, fallback_id));
    json::Array diagnostics;
    for (const forms::Diagnostic& diagnostic : outcome.diagnostics)
        diagnostics.emplace_back(as_json(diagnostic));
    json::Object body{{"published", outcome.published}};
    if (outcome.published) {
        services.results.form_changed(outcome.ref.id);
        services.links.forms.form_changed(outcome.ref.id);
        body["form"] = outcome.ref.id;
        body["version"] = outcome.ref.version;
        body["title"] = outcome.title;
        body["hash"] = outcome.hash.hex();
    }
    body["diagnostics"] = std::move(diagnostics);
    // 422: the file was understood as far as possible, and its findings are the answer.
    return Reply::json(json::serialise(body), outcome.published ? 201 : 422);
}

Result<Reply> handle_forms(Services& services, const RoutedCall&) {
    TRY_ASSIGN(const std::vector<PublishedForm> forms, services.store.forms());
    json::Array list;
    for (const PublishedForm& form : forms) {
        list.emplace_back(json::Object{{"form", form.ref.id},
                                       {"version", form.ref.version},
                                       {"title", form.title},
                                       {"hash", form.hash.hex()},
                                       {"withdrawn", form.withdrawn}});
    }
    return Reply::json(json::serialise(json::Object{{"forms", std::move(list)}}));
}

}  // namespace survey::server
