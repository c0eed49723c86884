// What people with a link see and send. Nobody signs in; nothing of who they are is kept.

#include <variant>

#include "common/base/media_type.h"
#include "common/http/content_coding.h"
#include "common/http/problem.h"
#include "common/json/json.h"
#include "forms/web/assets.h"
#include "forms/web/shell.h"
#include "sync-server/api/handlers_internal.h"
#include "sync-server/console/pages.h"
#include "sync-server/links/link_pages.h"
#include "sync-server/links/refusal_words.h"

namespace survey::server {

namespace {

constexpr std::string_view kTooManyTries =
    "Too many tries from this address. Please wait a moment.";
constexpr std::string_view kForEver = "public, max-age=31536000, immutable";
/// Kept by the browser, asked about before each use: closing must show at once.
constexpr std::string_view kAskFirst = "no-cache";

/// The link, or the reply that says there is none.
using Found = std::variant<std::shared_ptr<const Link>, Reply>;

bool wants_german(const Request& request, const Link* link) {
    if (request.parameter("lang")) return request.language() == "de";
    if (link && link->language == "de") return true;
    if (link && link->language == "en") return false;
    return request.language() == "de";
}

/// Counts wrong addresses only, so that no audience is ever in the way of itself.
Result<Found> find_link(Services& services, const RoutedCall& request) {
    TRY_ASSIGN(auto link, services.links.book.find(link_id_of(request.captures[0])));
    if (link) return Found(std::move(link));
    if (const auto wait_s = services.links.wrong_addresses.take(request.peer))
        return Found(too_many_calls(request, *wait_s));
    const std::string text = explain_unknown(request.language() == "de").text;
    return Found(http_problem(404, "unknown-link", text, request.id));
}

Reply as_page(const Explanation& said, bool german, int status) {
    return Reply::html(plain_page(said, german), status).with("Referrer-Policy", "no-referrer");
}

Reply refused(Services& services, const RoutedCall& request, const Link& link, LinkState state) {
    const bool german = wants_german(request, &link);
    const Explanation said = explain(state, link, services.links.project, german);
    return http_problem(state == LinkState::kNotYet ? 403 : 410, state_name(state), said.text,
                        request.id);
}

/// One content in its codings; all live as long as `lender`, or for ever.
struct Codings {
    std::string_view plain;
    std::string_view gzip;
    std::string_view brotli;
    std::shared_ptr<const void> lender;
};

/// The smallest coding that the browser takes. What is kept packed only (`plain` is empty) goes out
/// as gzip to whoever names no coding: all are acceptable then (RFC 9110, section 12.5.3).
Reply coded(const Request& request, Codings codings, std::string content_type,
            std::string_view caching) {
    const std::string_view accepted = request.field("accept-encoding");
    std::string_view bytes = codings.plain;
    std::string_view coding;
    if (!codings.brotli.empty() && accepts_coding(accepted, "br")) {
        bytes = codings.brotli;
        coding = "br";
    } else if (!codings.gzip.empty() &&
               (codings.plain.empty() || accepts_coding(accepted, "gzip"))) {
        bytes = codings.gzip;
        coding = "gzip";
    }
    Reply reply = Reply::lending(bytes, std::move(codings.lender), std::move(content_type));
    if (!coding.empty()) reply.fields.emplace_back("Content-Encoding", coding);
    reply.fields.emplace_back("Vary", "Accept-Encoding");
    reply.fields.emplace_back("Cache-Control", caching);
    return reply;
}

Reply as_reply(const Request& request, const forms::WebAsset& asset, std::string_view caching) {
    // A worker obeys the policy that came with its script.
    return coded(request, {asset.plain, asset.gzip, forms::web_brotli(asset.name), nullptr},
                 std::string(asset.content_type), caching)
        .with("Content-Security-Policy", std::string(forms::kWebContentPolicy));
}

json::Array media_of(const Link& link, const PublicForm& form) {
    json::Array media;
    for (const PublicForm::File& file : form.files)
        media.emplace_back(json::Object{
            {"url", file.url},
            {"address",
             "/f/" + link.id + "/media/" + percent_encoded(file.name) + "?form=" + form.hash.hex()},
            {"bytes", file.bytes.size()}});
    return media;
}

json::Object describe(Services& services, const Request& request, const Link& link,
                      LinkState state) {
    json::Object object{
        {"id", link.id},     {"language", link.language},         {"opens", nullptr},
        {"closes", nullptr}, {"open", state == LinkState::kOpen}, {"state", state_name(state)}};
    if (link.opens) object["opens"] = format_utc(*link.opens);
    if (link.closes) object["closes"] = format_utc(*link.closes);
    if (state != LinkState::kOpen)
        object["reason"] =
            explain(state, link, services.links.project, wants_german(request, &link)).text;
    if (!link.kiosk_hash.empty())
        object["kiosk"] = json::Object{{"salt", link.kiosk_salt}, {"sha256", link.kiosk_hash}};
    return object;
}

std::string quoted_tag(std::string_view body) {
    return "\"" + to_hex(sha256(body)).substr(0, 32) + "\"";
}

json::Object as_json(const AnswerReceipt& receipt) {
    return {{"receipt", json::Object{{"instance", receipt.instance},
                                     {"revision", receipt.revision},
                                     {"sequence", receipt.sequence},
                                     {"day", receipt.day},
                                     {"sha256", receipt.sha256}}},
            {"status", receipt.duplicate ? "duplicate" : "stored"}};
}

/// Our pages send JSON and nothing else; a form of another site cannot.
bool is_json(const Request& request) {
    const std::string_view type = request.field("content-type");
    return type.substr(0, type.find(';')) == "application/json";
}

/// A sentence about what this link does not take, in its reader's language.
Reply not_taken(const RoutedCall& request, const Link& link, int status, std::string_view code,
                std::string_view message) {
    return http_problem(status, code, refusal_in(wants_german(request, &link), message),
                        request.id);
}

Reply too_much(const RoutedCall& request, const Link& link, int retry_after_s,
               std::string_view message) {
    return not_taken(request, link, 429, code_name(ErrorCode::kLimit), message)
        .with("Retry-After", std::to_string(retry_after_s));
}

/// A failure as `problem` tells it, in the reader's language where it may be told.
Reply failure(const RoutedCall& request, const Link& link, const Error& error) {
    return not_taken(request, link, http_status(error.code), code_name(error.code), error.message);
}

Reply answer_reply(Services& services, const RoutedCall& request, const Link& link,
                   const AnswerOutcome& outcome) {
    if (const auto* receipt = std::get_if<AnswerReceipt>(&outcome))
        return Reply::json(json::serialise(as_json(*receipt)));
    if (const auto* missing = std::get_if<MissingFiles>(&outcome)) {
        json::Array list;
        for (const std::string& each : missing->sha256)
            list.emplace_back(each);
        const std::string message =
            refusal_in(wants_german(request, &link), "Send these files first, then this again.");
        return Reply::json(json::serialise(json::Object{{"code", "missing-files"},
                                                        {"message", message},
                                                        {"missing", std::move(list)},
                                                        {"request", request.id}}),
                           409);
    }
    if (const auto* closed = std::get_if<NotTaken>(&outcome))
        return refused(services, request, link, closed->state);
    if (const auto* odd = std::get_if<TooManyOdd>(&outcome))
        return too_much(request, link, odd->retry_after_s,
                        "This link takes no more of what breaks the form's rules today. Please try "
                        "again later.");
    return not_taken(request, link, 410, "erased",
                     "This answer was erased on request and is not kept again.");
}

}  // namespace

Result<Reply> handle_form_page(Services& services, const RoutedCall& request) {
    const std::string id = link_id_of(request.captures[0]);
    if (!id.empty() && id != request.captures[0]) {
        // One spelling, or a browser would keep drafts under two.
        const bool kiosk = request.target.segments.back() == "kiosk";
        return Reply::see_other("/f/" + id + (kiosk ? "/kiosk" : "") + query_text(request.target));
    }
    TRY_ASSIGN(Found found, find_link(services, request));
    if (const auto* none = std::get_if<Reply>(&found)) {
        const bool german = request.language() == "de";
        if (none->status != 404) return *none;
        return as_page(explain_unknown(german), german, 404);
    }
    const Link& link = *std::get<std::shared_ptr<const Link>>(found);
    const bool german = wants_german(request, &link);
    TRY_ASSIGN(const LinkState state, services.links.book.state(link));
    const bool shows_form = state == LinkState::kOpen || in_grace(link, services.clock.now());
    if (!shows_form || link.revoked) {
        const int status = state == LinkState::kNotYet ? 200 : 410;
        return as_page(explain(state, link, services.links.project, german), german, status);
    }
    const auto form = services.links.forms.newest(link.form_id);
    if (!form && form.error().code == ErrorCode::kNotFound)
        return as_page(explain(LinkState::kRevoked, link, services.links.project, german), german,
                       410);
    if (!form) return form.error();
    Reply page;
    page.content_type = "text/html; charset=utf-8";
    page.body = form_page((*form)->title, german);
    page.fields = {{"Cache-Control", std::string(kAskFirst)},
                   {"Content-Security-Policy", std::string(forms::kWebContentPolicy)},
                   {"Permissions-Policy", "geolocation=(self), camera=(self), microphone=(self)"}};
    return page;
}

Result<Reply> handle_link_form(Services& services, const RoutedCall& request) {
    TRY_ASSIGN(Found found, find_link(services, request));
    if (auto* none = std::get_if<Reply>(&found)) return std::move(*none);
    const Link& link = *std::get<std::shared_ptr<const Link>>(found);
    TRY_ASSIGN(const LinkState state, services.links.book.state(link));
    if (state == LinkState::kRevoked) return refused(services, request, link, state);
    json::Object body{{"link", describe(services, request, link, state)},
                      {"notice", json::Object{{"de", notice_of(services.links.project, true)},
                                              {"en", notice_of(services.links.project, false)}}}};
    if (state != LinkState::kNotYet) {
        TRY_ASSIGN(const auto form, services.links.forms.newest(link.form_id));
        body["form"] = json::Object{{"id", form->ref.id},
                                    {"version", form->ref.version},
                                    {"hash", form->hash.hex()},
                                    {"title", form->title}};
        body["media"] = media_of(link, *form);
        json::Array refs;
        for (const std::string& ref : form->no_prefill)
            refs.emplace_back(ref);
        body["no_prefill"] = std::move(refs);
    }
    Reply reply;
    reply.content_type = "application/json";
    reply.body = json::serialise(body);
    const std::string tag = quoted_tag(reply.body);
    reply.fields = {{"ETag", tag}, {"Cache-Control", std::string(kAskFirst)}};
    if (request.field("if-none-match") == tag) {
        reply.status = 304;
        reply.body.clear();
        reply.content_type.clear();
    }
    return reply;
}

Result<Reply> handle_link_xml(Services& services, const RoutedCall& request) {
    TRY_ASSIGN(Found found, find_link(services, request));
    if (auto* none = std::get_if<Reply>(&found)) return std::move(*none);
    const Link& link = *std::get<std::shared_ptr<const Link>>(found);
    const LinkState state = state_of(link, services.clock.now(), 0);
    if (state == LinkState::kRevoked || state == LinkState::kNotYet)
        return refused(services, request, link, state);
    constexpr std::string_view kEnding = ".xml";
    const std::string& name = request.captures[1];
    const bool ends = name.size() > kEnding.size() &&
                      name.compare(name.size() - kEnding.size(), kEnding.size(), kEnding) == 0;
    const auto hash =
        ends ? FormHash::from_hex(name.substr(0, name.size() - kEnding.size())) : std::nullopt;
    if (!hash) return fail(ErrorCode::kNotFound, "There is no such version here.");
    TRY_ASSIGN(const auto form, services.links.forms.find(link.form_id, *hash));
    return coded(request, {form->xml, form->packed_xml, {}, form}, "application/xml", kForEver);
}

Result<Reply> handle_link_media(Services& services, const RoutedCall& request) {
    TRY_ASSIGN(Found found, find_link(services, request));
    if (auto* none = std::get_if<Reply>(&found)) return std::move(*none);
    const Link& link = *std::get<std::shared_ptr<const Link>>(found);
    const LinkState state = state_of(link, services.clock.now(), 0);
    if (state == LinkState::kRevoked || state == LinkState::kNotYet)
        return refused(services, request, link, state);
    const auto hash = FormHash::from_hex(request.parameter("form").value_or(""));
    if (!hash)
        return fail(ErrorCode::kInvalidInput, "The parameter \"form\" must be the form's hash.");
    TRY_ASSIGN(const auto form, services.links.forms.find(link.form_id, *hash));
    const PublicForm::File* file = form->file(request.captures[1]);
    if (!file) return fail(ErrorCode::kNotFound, "The form was published without this file.");
    return coded(request, {file->bytes, file->packed, {}, form},
                 std::string(media_type_of_name(file->name)), kForEver);
}

Result<Reply> handle_link_file(Services& services, const RoutedCall& request) {
    TRY_ASSIGN(Found found, find_link(services, request));
    if (auto* none = std::get_if<Reply>(&found)) return std::move(*none);
    const Link& link = *std::get<std::shared_ptr<const Link>>(found);
    LinkDesk& desk = services.links;
    if (const auto wait_s = desk.deliveries.take(request.peer))
        return too_much(request, link, *wait_s, kTooManyTries);
    const auto size = static_cast<double>(request.body.size());
    if (const auto wait_s = desk.file_bytes.take(request.peer, size))
        return too_much(request, link, *wait_s, kTooManyTries);
    TRY_ASSIGN(const LinkState state, desk.book.state(link));
    const bool takes = state == LinkState::kOpen ||
                       (state == LinkState::kClosed && in_grace(link, services.clock.now()));
    if (!takes) return refused(services, request, link, state);
    Bytes32 named{};
    if (!read_hex(request.captures[1], named) || sha256(request.body) != named)
        return not_taken(request, link, 422, "hash",
                         "The file is not what its SHA-256 says. Send it again.");
    TRY_ASSIGN(const auto known, services.store.file_by_sha256(named));
    TRY_ASSIGN(const StoredFile kept, services.files.keep(request.body));
    return Reply::json(
        json::serialise(json::Object{{"sha256", to_hex(kept.sha256)}, {"bytes", kept.size}}),
        known ? 200 : 201);
}

Result<Reply> handle_link_answer(Services& services, const RoutedCall& request) {
    TRY_ASSIGN(Found found, find_link(services, request));
    if (auto* none = std::get_if<Reply>(&found)) return std::move(*none);
    const Link& link = *std::get<std::shared_ptr<const Link>>(found);
    if (const auto wait_s = services.links.deliveries.take(request.peer))
        return too_much(request, link, *wait_s, kTooManyTries);
    if (!is_json(request))
        return not_taken(request, link, 422, "not-an-answer",
                         "This call takes application/json only.");
    const auto sheet = read_answer_sheet(request.body);
    if (!sheet && sheet.error().code == ErrorCode::kLimit)
        return failure(request, link, sheet.error());
    if (!sheet) return not_taken(request, link, 422, "not-an-answer", sheet.error().message);
    const bool has_room = services.files.check_room(request.body.size()).has_value();
    const auto outcome = services.links.answers.take(link, *sheet, has_room);
    if (!outcome && outcome.error().code == ErrorCode::kInvalidInput)
        return not_taken(request, link, 422, "wrong-form", outcome.error().message);
    if (!outcome && is_public(outcome.error().code)) return failure(request, link, outcome.error());
    if (!outcome) return outcome.error();
    return answer_reply(services, request, link, *outcome);
}

Result<Reply> handle_web_asset(Services&, const RoutedCall& request) {
    const forms::WebAsset* asset = forms::web_asset(request.captures[0]);
    if (asset == nullptr) return fail(ErrorCode::kNotFound, "There is no such file.");
    return as_reply(request, *asset, kForEver);
}

Result<Reply> handle_service_worker(Services&, const RoutedCall& request) {
    return as_reply(request, forms::web_worker(), kAskFirst);
}

}  // namespace survey::server
