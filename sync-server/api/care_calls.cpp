// Looking after what was collected: erase, review, withdraw, alarms, copies.

#include "common/json/json.h"
#include "sync-server/api/handlers_internal.h"

namespace survey::server {

namespace {

constexpr std::size_t kNoteBytesMax = 2'000;
constexpr std::size_t kPathBytesMax = 4'000;

std::optional<ReviewState> review_state(std::string_view name) {
    if (name == "received") return ReviewState::kReceived;
    if (name == "has-issues") return ReviewState::kHasIssues;
    if (name == "approved") return ReviewState::kApproved;
    if (name == "rejected") return ReviewState::kRejected;
    return std::nullopt;
}

std::string_view alarm_name(AlarmKind kind) {
    switch (kind) {
        case AlarmKind::kCloned:
            return "cloned";
        case AlarmKind::kFutureCursor:
            return "future-cursor";
        case AlarmKind::kFork:
            return "fork";
    }
    return "";
}

/// Not where a proxy on this machine speaks for somebody else, trusted or not.
bool is_this_machine(const Request& request) {
    const bool is_local = request.peer == "::1" || request.peer.substr(0, 4) == "127.";
    return is_local && request.field("x-forwarded-for").empty() &&
           request.field("forwarded").empty();
}

}  // namespace

Result<Reply> handle_erase(Services& services, const RoutedCall& request) {
    const InstanceId instance(request.captures[0]);
    const auto submission = services.store.submission(instance);
    if (!submission && submission.error().code == ErrorCode::kNotFound)
        return fail(ErrorCode::kNotFound, "There is no answer \"" + instance.text() + "\" here.");
    if (!submission) return submission.error();
    TRY(services.store.erase(instance));
    TRY(services.files.sweep());
    return Reply::json(
        json::serialise(json::Object{{"instance", instance.text()}, {"erased", true}}));
}

Result<Reply> handle_review(Services& services, const RoutedCall& request) {
    TRY_ASSIGN(const json::Value body, json::parse(request.body));
    const auto state = review_state(json::find_text(body, "state").value_or(""));
    if (!state)
        return fail(ErrorCode::kInvalidInput,
                    "\"state\" must be received, has-issues, approved or rejected.");
    Review review{InstanceId(request.captures[0]), *state,
                  json::find_text(body, "note").value_or("")};
    if (review.note.size() > kNoteBytesMax)
        return fail(ErrorCode::kInvalidInput, "\"note\" is too long.");
    TRY(services.store.review(review));
    return Reply::json(json::serialise(json::Object{{"instance", review.instance.text()},
                                                    {"state", *json::find_text(body, "state")}}));
}

Result<Reply> handle_withdraw_form(Services& services, const RoutedCall& request) {
    TRY_ASSIGN(const json::Value body, json::parse(request.body));
    const FormRef ref{json::find_text(body, "form").value_or(""),
                      json::find_text(body, "version").value_or("")};
    const bool withdrawn = json::find_flag(body, "withdrawn").value_or(true);
    TRY(services.store.withdraw_form(ref, withdrawn));
    services.results.form_changed(ref.id);
    services.links.forms.form_changed(ref.id);
    return Reply::json(json::serialise(
        json::Object{{"form", ref.id}, {"version", ref.version}, {"withdrawn", withdrawn}}));
}

Result<Reply> handle_alarms(Services& services, const RoutedCall&) {
    TRY_ASSIGN(const std::vector<Alarm> alarms, services.store.alarms());
    json::Array list;
    for (const Alarm& alarm : alarms)
        list.emplace_back(json::Object{{"number", alarm.number},
                                       {"kind", alarm_name(alarm.kind)},
                                       {"device", alarm.device.text()},
                                       {"when", format_utc(alarm.when)}});
    return Reply::json(json::serialise(json::Object{{"alarms", std::move(list)}}));
}

Result<Reply> handle_backup(Services& services, const RoutedCall& request) {
    // It names a file on this machine, so only somebody on it may ask.
    if (!is_this_machine(request))
        return fail(ErrorCode::kForbidden, "Copies are made from the machine itself only.");
    TRY_ASSIGN(const json::Value body, json::parse(request.body));
    const std::string path = json::find_text(body, "path").value_or("");
    if (path.empty() || path.front() != '/' || path.size() > kPathBytesMax)
        return fail(ErrorCode::kInvalidInput, "\"path\" must be a whole path, from / on.");
    // Whoever asks is on this machine and can mend it, so the reason is told.
    if (const auto copied = services.store.back_up(path); !copied)
        return fail(ErrorCode::kInvalidInput,
                    "The server cannot write the copy there; choose a place where its own user may "
                    "write: " +
                        copied.error().message);
    return Reply::json(json::serialise(json::Object{{"path", path}}));
}

}  // namespace survey::server
