// What is here: lists, forms, the sync and the log.

#include <algorithm>
#include <utility>

#include "collector/window/window.h"
#include "common/base/media_type.h"
#include "common/base/number.h"
#include "forms/definition/media_urls.h"

namespace survey::collector {

namespace {

/// A list longer than this nobody reads; the terminal shows as many.
constexpr std::size_t kInterviewsShownMax = 1000;
constexpr std::size_t kEventsShownMax = 200;

std::string_view word_of(Delivery delivery) {
    switch (delivery) {
        case Delivery::kWaiting:
            return "waiting";
        case Delivery::kDelivered:
            return "delivered";
        case Delivery::kQuarantined:
            return "quarantined";
        case Delivery::kErased:
            return "erased";
        case Delivery::kRefused:
            return "refused";
    }
    return {};
}

std::string_view word_of(OpenFinding finding) {
    switch (finding) {
        case OpenFinding::kNormal:
            return "normal";
        case OpenFinding::kNew:
            return "new";
        case OpenFinding::kMarkerMissing:
        case OpenFinding::kCopied:
            return "copied";
        case OpenFinding::kRestored:
            return "restored";
    }
    return {};
}

std::string_view word_of(EventKind kind) {
    switch (kind) {
        case EventKind::kFinalised:
            return "finalised";
        case EventKind::kCorrectionBegun:
            return "correction-begun";
        case EventKind::kDiscarded:
            return "discarded";
        case EventKind::kSynced:
            return "synced";
        case EventKind::kSyncFailed:
            return "sync-failed";
    }
    return "other";
}

json::Object form_json(const FormSummary& form) {
    return {{"id", form.ref.id},
            {"version", form.ref.version},
            {"hash", form.hash.hex()},
            {"title", form.title},
            {"withdrawn", form.withdrawn}};
}

std::string title_of(const std::vector<FormSummary>& forms, const FormRef& ref) {
    for (const FormSummary& form : forms) {
        if (form.ref == ref && !form.title.empty()) return form.title;
    }
    return ref.id;
}

json::Object interview_json(const Interview& interview, const std::vector<FormSummary>& forms) {
    json::Object one{{"instance", interview.instance.text()},
                     {"revision", interview.rev.hex()},
                     {"form", interview.form.id},
                     {"form_title", title_of(forms, interview.form)},
                     {"title", interview.title},
                     {"finalised", format_utc(interview.finalised)},
                     {"delivery", word_of(interview.delivery)}};
    if (interview.review && !interview.review->note.empty()) one["review"] = interview.review->note;
    return one;
}

/// The media addresses (jr://…) that the form's text has, for files that came with it.
std::vector<std::pair<std::string, const FormMedia*>> media_of(const PublishedForm& form) {
    std::vector<std::pair<std::string, const FormMedia*>> found;
    for (const std::string& url : forms::media_urls(form.xml)) {
        const std::string name = url.substr(url.rfind('/') + 1);
        const auto file = std::find_if(form.media.begin(), form.media.end(),
                                       [&](const FormMedia& each) { return each.name == name; });
        if (file != form.media.end()) found.emplace_back(url, &*file);
    }
    return found;
}

bool is_list(std::string_view name) {
    return name.ends_with(".csv") || name.ends_with(".xml") || name.ends_with(".geojson");
}

}  // namespace

Result<FormSummary> Window::find_form(CollectorStore& store, std::string_view hash) const {
    TRY_ASSIGN(const std::vector<FormSummary> forms, store.forms());
    for (const FormSummary& form : forms) {
        if (form.hash.hex() == hash) return form;
    }
    return fail(ErrorCode::kNotFound, "this form is not on this device");
}

Result<Reply> Window::home(const Request&) {
    auto turn = store_.turn();
    TRY_ASSIGN(const SyncStatus status, turn->sync_status());
    TRY_ASSIGN(const std::vector<FormSummary> forms, turn->forms());
    TRY_ASSIGN(const std::vector<Draft> drafts, turn->drafts());
    TRY_ASSIGN(const std::vector<Interview> interviews, turn->interviews(kInterviewsShownMax));
    const Identity& identity = turn->identity();
    json::Object body{{"version", settings_.version},
                      {"language", settings_.is_german ? "de" : "en"},
                      {"device", identity.writer.device.text()},
                      {"enrolled", identity.enrolment.has_value()},
                      {"server", identity.enrolment ? identity.enrolment->url : ""},
                      {"project", identity.enrolment ? identity.enrolment->project : ""},
                      {"finding", word_of(turn->finding())},
                      {"revoked", status.revoked}};
    body["last_contact"] = nullptr;
    if (status.last_contact) body["last_contact"] = format_utc(*status.last_contact);
    body["counts"] =
        json::Object{{"drafts", status.drafts},       {"waiting", status.waiting},
                     {"delivered", status.delivered}, {"quarantined", status.quarantined},
                     {"refused", status.refused},     {"files", status.files}};
    json::Array form_list;
    for (const FormSummary& form : forms)
        form_list.push_back(form_json(form));
    body["forms"] = std::move(form_list);
    json::Array draft_list;
    for (const Draft& draft : drafts) {
        TRY_ASSIGN(json::Object one, draft_json(*turn, draft));
        one.erase("xml");
        draft_list.push_back(std::move(one));
    }
    body["drafts"] = std::move(draft_list);
    json::Array done;
    for (const Interview& interview : interviews)
        done.push_back(interview_json(interview, forms));
    body["interviews"] = std::move(done);
    body["sync"] = sync_json();
    return Reply::json(json::serialise(body));
}

Result<Reply> Window::form(const Request& request) {
    const std::string& hash = request.target.segments[2];
    PublishedForm published;
    json::Object body;
    {
        auto turn = store_.turn();
        TRY_ASSIGN(const FormSummary summary, find_form(*turn, hash));
        TRY_ASSIGN(published, turn->form(summary.ref));
        body = form_json(summary);
    }
    json::Object media;
    for (const auto& [url, file] : media_of(published)) {
        if (is_list(file->name)) {
            media[url] = json::Object{{"text", file->bytes}};
        } else {
            media[url] =
                json::Object{{"address", "/api/forms/" + hash + "/media/" +
                                             std::to_string(file - published.media.data())}};
        }
    }
    json::Object answer{{"form", std::move(body)}, {"xml", std::move(published.xml)}};
    answer["media"] = std::move(media);
    return Reply::json(json::serialise(answer));
}

Result<Reply> Window::form_file(const Request& request) {
    auto turn = store_.turn();
    TRY_ASSIGN(const FormSummary summary, find_form(*turn, request.target.segments[2]));
    TRY_ASSIGN(PublishedForm published, turn->form(summary.ref));
    const auto number = parse_int(request.target.segments[4]);
    if (!number || *number < 0 || static_cast<std::size_t>(*number) >= published.media.size())
        return fail(ErrorCode::kNotFound, "there is no such file");
    FormMedia& file = published.media[static_cast<std::size_t>(*number)];
    return Reply::octets(std::move(file.bytes), std::string(media_type_of_name(file.name)));
}

json::Object Window::sync_json() const {
    const SyncState state = sync_.state();
    json::Object body{{"running", state.is_running}, {"done", state.done}, {"of", state.of}};
    if (state.report) {
        const auto numbers = json::parse(sync_detail(*state.report));
        if (numbers) body["report"] = *numbers;
        json::Array notices;
        for (const std::string& notice : state.report->notices)
            notices.push_back(json::Value(notice));
        body["notices"] = std::move(notices);
    }
    if (state.failure) {
        body["failure"] = json::Object{{"code", code_name(state.failure->code)},
                                       {"message", settings_.explain(*state.failure)}};
    }
    return body;
}

Result<Reply> Window::start_sync(const Request&) {
    sync_.start();  // one that runs already is what was asked for
    return Reply::json(json::serialise(sync_json()), 202);
}

Result<Reply> Window::sync_state(const Request&) {
    return Reply::json(json::serialise(sync_json()));
}

Result<Reply> Window::log(const Request&) {
    auto turn = store_.turn();
    TRY_ASSIGN(const std::vector<StoreEvent> events, turn->events(kEventsShownMax));
    json::Array list;
    for (const StoreEvent& event : events) {
        json::Object one{{"at", format_utc(event.at)}, {"kind", word_of(event.kind)}};
        if (event.kind == EventKind::kSynced) {
            if (const auto numbers = json::parse(event.detail)) one["report"] = *numbers;
        } else if (event.kind == EventKind::kSyncFailed) {
            one["message"] = settings_.explain(fail(ErrorCode::kUnavailable, event.detail));
        } else {
            one["form"] = event.detail;
        }
        list.push_back(std::move(one));
    }
    return Reply::json(json::serialise(json::Object{{"events", std::move(list)}}));
}

}  // namespace survey::collector
