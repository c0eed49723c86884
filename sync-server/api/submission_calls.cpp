// What has arrived, for the office: to compare both sides, and to look at one interview.

#include "common/base/number.h"
#include "common/json/json.h"
#include "sync-server/api/handlers_internal.h"

namespace survey::server {

namespace {

constexpr std::uint32_t kPage = 500;  // submissions per answer; each asks for its history

std::string_view review_name(ReviewState state) {
    switch (state) {
        case ReviewState::kReceived:
            return "received";
        case ReviewState::kHasIssues:
            return "has-issues";
        case ReviewState::kApproved:
            return "approved";
        case ReviewState::kRejected:
            return "rejected";
    }
    return "";
}

json::Object as_json(const RevisionInfo& revision) {
    const bool set_apart = revision.quarantine != QuarantineReason::kNone;
    json::Array parents;
    for (const RevisionId& parent : revision.parents)
        parents.emplace_back(parent.hex());
    json::Object object{{"revision", revision.rev.hex()},
                        {"head", revision.is_head},
                        {"status", set_apart ? "quarantined" : "stored"},
                        {"device", revision.device.text()},
                        {"author", revision.author},
                        {"received", format_utc(revision.received)},
                        {"pos", revision.pos},
                        {"parents", std::move(parents)}};
    if (set_apart) {
        object["reason"] = reason_name(revision.quarantine);
        object["note"] = revision.note;
    }
    return object;
}

Result<json::Array> files_of(Services& services, const RevisionEnvelope& envelope) {
    json::Array files;
    for (const Attachment& file : envelope.attachments) {
        TRY_ASSIGN(const auto stored, services.store.file(file.hash));
        files.emplace_back(json::Object{{"name", file.name},
                                        {"type", file.media_type},
                                        {"bytes", file.size},
                                        {"here", stored.has_value()}});
    }
    return files;
}

}  // namespace

Result<Reply> handle_revisions(Services& services, const RoutedCall& request) {
    SubmissionFilter filter;
    filter.count_max = kPage;
    filter.form_id = request.parameter("form").value_or("");
    if (const auto before = request.parameter("before")) {
        const auto pos = parse_int(*before);
        if (!pos || *pos < 0)
            return fail(ErrorCode::kInvalidInput, "\"before\" must be a position: a whole number.");
        filter.before_pos = static_cast<std::uint64_t>(*pos);
    }
    TRY_ASSIGN(const std::vector<Submission> page, services.store.submissions(filter));
    json::Array list;
    for (const Submission& submission : page) {
        TRY_ASSIGN(const std::vector<RevisionInfo> history,
                   services.store.history(submission.instance));
        for (const RevisionInfo& revision : history) {
            json::Object object = as_json(revision);
            object["instance"] = submission.instance.text();
            object["form"] = submission.form.id;
            object["version"] = submission.form.version;
            list.emplace_back(std::move(object));
        }
    }
    json::Object body{{"revisions", std::move(list)}, {"next", nullptr}};
    if (page.size() == kPage) body["next"] = page.back().pos;
    return Reply::json(json::serialise(body));
}

Result<Reply> handle_submission(Services& services, const RoutedCall& request) {
    const InstanceId instance(request.captures[0]);
    TRY_ASSIGN(const Submission submission, services.store.submission(instance));
    TRY_ASSIGN(const std::vector<RevisionInfo> history, services.store.history(instance));
    json::Array revisions;
    for (const RevisionInfo& revision : history)
        revisions.emplace_back(as_json(revision));
    json::Object body{
        {"instance", instance.text()},        {"form", submission.form.id},
        {"version", submission.form.version}, {"head", submission.head.hex()},
        {"conflict", submission.heads > 1},   {"review", review_name(submission.review)},
        {"revisions", std::move(revisions)},  {"content", nullptr}};
    const auto head = services.store.revision(submission.head);
    if (head) {
        body["content"] = head->content;
        TRY_ASSIGN(body["files"], files_of(services, *head));
    } else if (head.error().code != ErrorCode::kNotFound) {  // erased on request: no content
        return head.error();
    }
    return Reply::json(json::serialise(body));
}

}  // namespace survey::server
