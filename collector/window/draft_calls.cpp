// Drafts: begun, saved, finalised. What the page says of the answers is not believed: the native
// engine opens what it sent and judges it again.

#include <utility>

#include "collector/interview/open_interview.h"
#include "collector/window/window.h"

namespace survey::collector {

namespace {

/// The terminal's spelling of "at this question" (OpenInterview), so that a draft can be gone on
/// with in either place.
constexpr std::string_view kQuestion = "question ";
constexpr std::size_t kDefaultsMax = 100;
constexpr std::size_t kPositionBytesMax = 2000;

json::Limits draft_limits() {
    json::Limits limits;
    limits.bytes_max = 4 * kContentBytesMax;
    return limits;
}

Result<std::string> text_member(const json::Value& body, std::string_view name) {
    if (auto text = json::find_text(body, name)) return *std::move(text);
    return fail(ErrorCode::kInvalidInput, "\"" + std::string(name) + "\" is missing");
}

DraftId draft_of(const Request& request) {
    return DraftId(request.target.segments[2]);
}

Reply saved() {
    Reply reply;
    reply.status = 204;
    return reply;
}

std::vector<std::pair<std::string, std::string>> defaults_of(const json::Value& body) {
    std::vector<std::pair<std::string, std::string>> defaults;
    const json::Value* given = json::find(body, "defaults");
    if (given == nullptr || !given->is_object()) return defaults;
    for (const auto& [path, value] : given->get_object()) {
        if (value.is_string() && defaults.size() < kDefaultsMax)
            defaults.emplace_back(std::string(path), std::string(value.get_string()));
    }
    return defaults;
}

Reply violations(const std::vector<forms::Violation>& found) {
    json::Array list;
    for (const forms::Violation& violation : found) {
        json::Object one{{"ref", violation.ref},
                         {"condition", forms::violation_word(violation.kind)}};
        one["message"] = nullptr;
        if (!violation.message.empty()) one["message"] = violation.message;
        list.push_back(std::move(one));
    }
    return Reply::json(json::serialise(json::Object{{"violations", std::move(list)}}), 422);
}

}  // namespace

Result<json::Object> Window::draft_json(CollectorStore& store, const Draft& draft) const {
    TRY_ASSIGN(const std::vector<FormSummary> forms, store.forms());
    std::string form_title = draft.form.id;
    bool is_outdated = false;
    for (const FormSummary& form : forms) {
        if (form.ref == draft.form && !form.title.empty()) form_title = form.title;
    }
    for (const FormSummary& form : forms) {  // newest first
        if (form.ref.id != draft.form.id) continue;
        is_outdated = form.ref != draft.form;
        break;
    }
    json::Object one{{"id", draft.id.text()},
                     {"form", json::Object{{"id", draft.form.id},
                                           {"version", draft.form.version},
                                           {"hash", draft.form_hash.hex()}}},
                     {"instance", draft.instance.text()},
                     {"form_title", form_title},
                     {"title", draft.title},
                     {"started", format_utc(draft.started)},
                     {"changed", format_utc(draft.changed)},
                     {"outdated", is_outdated},
                     {"correction", draft.corrects.has_value()},
                     {"xml", draft.xml}};
    TRY_ASSIGN(const std::vector<Attachment> files, store.draft_files(draft.id));
    json::Array names;
    for (const Attachment& file : files)
        names.push_back(json::Value(file.name));
    one["files"] = std::move(names);
    one["language"] = nullptr;
    if (!draft.language.empty()) one["language"] = draft.language;
    one["position"] = nullptr;
    if (draft.position.rfind(kQuestion, 0) == 0)
        one["position"] = draft.position.substr(kQuestion.size());
    return one;
}

Result<Reply> Window::start_draft(const Request& request) {
    TRY_ASSIGN(const json::Value body, json::parse(request.body));
    const json::Value* form = json::find(body, "form");
    const auto hash = form == nullptr ? std::nullopt : json::find_text(*form, "hash");
    if (!hash) return fail(ErrorCode::kInvalidInput, "\"form\" needs its hash");
    auto turn = store_.turn();
    TRY_ASSIGN(const FormSummary summary, find_form(*turn, *hash));
    if (summary.withdrawn) {
        return fail(ErrorCode::kConflict,
                    "this form is closed for new interviews; drafts can be finished");
    }
    const std::vector<std::pair<std::string, std::string>> properties = {
        {"deviceid", turn->identity().writer.device.text()},
        {"username", settings_.user_name},
    };
    TRY_ASSIGN(const OpenInterview interview,
               OpenInterview::begin(*turn, settings_.environment, summary.ref,
                                    json::find_text(body, "language").value_or(""), properties,
                                    defaults_of(body)));
    TRY_ASSIGN(const Draft draft, turn->draft(interview.draft()));
    TRY_ASSIGN(const json::Object answer, draft_json(*turn, draft));
    return Reply::json(json::serialise(answer), 201);
}

Result<Reply> Window::draft(const Request& request) {
    auto turn = store_.turn();
    TRY_ASSIGN(const Draft draft, turn->draft(draft_of(request)));
    TRY_ASSIGN(const json::Object answer, draft_json(*turn, draft));
    return Reply::json(json::serialise(answer));
}

Result<Reply> Window::save_draft(const Request& request) {
    TRY_ASSIGN(const json::Value body, json::parse(request.body, draft_limits()));
    DraftState state;
    TRY_ASSIGN(state.xml, text_member(body, "xml"));
    state.language = json::find_text(body, "language").value_or("");
    const std::string position = json::find_text(body, "position").value_or("");
    if (!position.empty() && position.size() <= kPositionBytesMax)
        state.position = std::string(kQuestion) + position;
    auto turn = store_.turn();
    TRY_ASSIGN(const Draft before, turn->draft(draft_of(request)));
    if (state.xml.find(before.instance.text()) == std::string::npos)
        return fail(ErrorCode::kConflict, "these answers belong to another interview");
    state.title = before.title;
    TRY(turn->save_draft(before.id, state));
    return saved();
}

Result<Reply> Window::discard(const Request& request) {
    auto turn = store_.turn();
    TRY_ASSIGN(const Draft draft, turn->draft(draft_of(request)));
    TRY(turn->delete_draft(draft.id));
    static_cast<void>(turn->note_event(EventKind::kDiscarded, draft.form.id));
    return saved();
}

Result<Reply> Window::put_file(const Request& request) {
    AnswerFile file;
    file.name = request.target.segments[4];
    file.media_type = std::string(request.parameter("type").value_or("application/octet-stream"));
    file.bytes = request.body;
    auto turn = store_.turn();
    TRY(turn->put_draft_file(draft_of(request), file));
    return saved();
}

Result<Reply> Window::file(const Request& request) {
    auto turn = store_.turn();
    TRY_ASSIGN(AnswerFile file, turn->draft_file(draft_of(request), request.target.segments[4]));
    // Never of a type that a browser would run as a page of ours.
    const bool is_shown = file.media_type.rfind("image/", 0) == 0 ||
                          file.media_type.rfind("audio/", 0) == 0 ||
                          file.media_type.rfind("video/", 0) == 0;
    const bool is_svg = file.media_type.find("svg") != std::string::npos;
    return Reply::octets(std::move(file.bytes), is_shown && !is_svg ? std::move(file.media_type)
                                                                    : "application/octet-stream");
}

Result<Reply> Window::remove_file(const Request& request) {
    auto turn = store_.turn();
    TRY(turn->remove_draft_file(draft_of(request), request.target.segments[4]));
    return saved();
}

Result<Reply> Window::finalise(const Request& request) {
    TRY_ASSIGN(const json::Value body, json::parse(request.body, draft_limits()));
    TRY_ASSIGN(const std::string xml, text_member(body, "xml"));
    auto turn = store_.turn();
    TRY_ASSIGN(const Draft draft, turn->draft(draft_of(request)));
    TRY_ASSIGN(FinaliseOutcome outcome,
               OpenInterview::finalise_record(*turn, settings_.environment, draft.id, xml));
    if (const auto* found = std::get_if<std::vector<forms::Violation>>(&outcome))
        return violations(*found);
    static_cast<void>(turn->note_event(EventKind::kFinalised, draft.form.id));
    return Reply::json(json::serialise(json::Object{
        {"revision", std::get<RevisionId>(outcome).hex()}, {"instance", draft.instance.text()}}));
}

Result<Reply> Window::correct(const Request& request) {
    auto turn = store_.turn();
    TRY_ASSIGN(const Draft draft, turn->reopen(InstanceId(request.target.segments[2])));
    static_cast<void>(turn->note_event(EventKind::kCorrectionBegun, draft.form.id));
    TRY_ASSIGN(const json::Object answer, draft_json(*turn, draft));
    return Reply::json(json::serialise(answer), 201);
}

}  // namespace survey::collector
