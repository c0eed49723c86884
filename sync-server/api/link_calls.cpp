// Links for the office: make, list, withdraw, print.

#include "common/base/hex.h"
#include "common/crypto/crypto.h"
#include "common/json/json.h"
#include "sync-server/api/handlers_internal.h"
#include "sync-server/links/link_pages.h"
#include "sync-server/links/local_time.h"
#include "sync-server/qr/qr_code.h"

namespace survey::server {

namespace {

constexpr std::size_t kLabelBytesMax = 200;
constexpr std::size_t kLanguageBytesMax = 50;
constexpr std::size_t kCodeBytesMin = 4;
constexpr std::size_t kCodeBytesMax = 20;
constexpr std::size_t kSaltBytes = 16;
constexpr std::int64_t kAnswersMax = 10'000'000;
constexpr std::int64_t kGraceHoursMax = 24 * 92;
constexpr std::size_t kPixelsPerModule = 12;  // sharp on paper up to a hand's width

std::string base_url(const Services& services, const Request& request) {
    const std::string& configured = services.links.project.public_url;
    if (!configured.empty()) return configured;
    const std::string_view host = request.field("host");
    return (request.secure ? "https://" : "http://") +
           std::string(host.empty() ? "127.0.0.1:8080" : host);
}

std::string address_of(const Services& services, const Request& request, const Link& link) {
    return base_url(services, request) + "/f/" + link.id;
}

/// RFC 3339, or null.
json::Value time_or_null(const std::optional<Instant>& instant) {
    if (!instant) return nullptr;
    return json::Value(format_utc(*instant));
}

Result<json::Object> as_json(Services& services, const Request& request, const Link& link) {
    TRY_ASSIGN(const std::uint64_t answers, services.links.book.answers(link));
    json::Object object{{"link", link.id},
                        {"address", address_of(services, request, link)},
                        {"form", link.form_id},
                        {"label", link.label},
                        {"language", link.language},
                        {"opens", time_or_null(link.opens)},
                        {"closes", time_or_null(link.closes)},
                        {"answers", answers},
                        {"answers_max", nullptr},
                        {"grace_hours", link.grace.count()},
                        {"kiosk_code", !link.kiosk_hash.empty()},
                        {"state", state_name(state_of(link, services.clock.now(), answers))},
                        {"created", format_utc(link.created)}};
    if (link.answers_max) object["answers_max"] = *link.answers_max;
    return object;
}

Result<std::string> bounded_text(const json::Value& body, std::string_view name, std::size_t most) {
    std::string text = json::find_text(body, name).value_or("");
    if (text.size() > most || text.find_first_of("\r\n") != std::string::npos)
        return fail(ErrorCode::kInvalidInput, "\"" + std::string(name) + "\" must be one line of " +
                                                  std::to_string(most) + " bytes at most.");
    return text;
}

Result<std::optional<Instant>> time_of(const json::Value& body, std::string_view name,
                                       const TimeZone& zone, DayEnd end) {
    const auto text = json::find_text(body, name);
    if (!text || text->empty()) return std::optional<Instant>();
    TRY_ASSIGN(const Instant instant, read_time(*text, zone, end));
    return std::optional(instant);
}

Result<std::optional<std::int64_t>> number_of(const json::Value& body, std::string_view name,
                                              std::int64_t least, std::int64_t most) {
    const json::Value* given = json::find(body, name);
    if (!given || given->is_null()) return std::optional<std::int64_t>();
    const auto number = json::find_integer(body, name);
    if (!number || *number < least || *number > most)
        return fail(ErrorCode::kInvalidInput,
                    "\"" + std::string(name) + "\" must be a whole number from " +
                        std::to_string(least) + " to " + std::to_string(most) + ".");
    return number;
}

Result<Link> read_link(const json::Value& body, const TimeZone& zone) {
    Link link;
    link.form_id = json::find_text(body, "form").value_or("");
    if (link.form_id.empty())
        return fail(ErrorCode::kInvalidInput, "\"form\" must be the id of a published form.");
    TRY_ASSIGN(link.label, bounded_text(body, "label", kLabelBytesMax));
    TRY_ASSIGN(link.language, bounded_text(body, "language", kLanguageBytesMax));
    TRY_ASSIGN(link.opens, time_of(body, "opens", zone, DayEnd::kBegin));
    TRY_ASSIGN(link.closes, time_of(body, "closes", zone, DayEnd::kEnd));
    TRY_ASSIGN(const auto most, number_of(body, "answers_max", 1, kAnswersMax));
    if (most) link.answers_max = static_cast<std::uint64_t>(*most);
    TRY_ASSIGN(const auto grace, number_of(body, "grace_hours", 0, kGraceHoursMax));
    if (grace) link.grace = std::chrono::hours(*grace);
    const std::string code = json::find_text(body, "kiosk_code").value_or("");
    if (!code.empty()) {
        if (code.size() < kCodeBytesMin || code.size() > kCodeBytesMax)
            return fail(ErrorCode::kInvalidInput, "\"kiosk_code\" must have 4 to 20 characters.");
        const std::string salt = random_bytes(kSaltBytes);
        link.kiosk_salt = to_hex({reinterpret_cast<const std::uint8_t*>(salt.data()), salt.size()});
        link.kiosk_hash = to_hex(sha256(link.kiosk_salt + code));
    }
    return link;
}

Result<std::shared_ptr<const Link>> named_link(Services& services, const RoutedCall& request) {
    TRY_ASSIGN(auto link, services.links.book.find(link_id_of(request.captures[0])));
    if (!link)
        return fail(ErrorCode::kNotFound, "There is no link \"" + request.captures[0] + "\".");
    return link;
}

}  // namespace

Result<Reply> handle_create_link(Services& services, const RoutedCall& request) {
    TRY_ASSIGN(const json::Value body, json::parse(request.body));
    TRY_ASSIGN(Link wanted, read_link(body, *services.links.project.zone));
    TRY_ASSIGN(const Link link, services.links.book.create(std::move(wanted)));
    TRY_ASSIGN(json::Object made, as_json(services, request, link));
    TRY_ASSIGN(const QrCode code, QrCode::of(address_of(services, request, link)));
    made["qr"] = qr_text(code);
    // Without it the first page cannot say who asks.
    made["sender_known"] = !services.links.project.controller.empty();
    return Reply::json(json::serialise(made), 201);
}

Result<Reply> handle_links(Services& services, const RoutedCall& request) {
    const auto form = request.parameter("form");
    TRY_ASSIGN(const std::vector<Link> all, services.links.book.all());
    json::Array list;
    for (const Link& link : all) {
        if (form && !form->empty() && *form != link.form_id) continue;
        TRY_ASSIGN(json::Object object, as_json(services, request, link));
        list.emplace_back(std::move(object));
    }
    return Reply::json(json::serialise(json::Object{{"links", std::move(list)}}));
}

Result<Reply> handle_revoke_link(Services& services, const RoutedCall& request) {
    TRY_ASSIGN(const Link link, services.links.book.revoke(link_id_of(request.captures[0])));
    TRY_ASSIGN(json::Object object, as_json(services, request, link));
    return Reply::json(json::serialise(object));
}

Result<Reply> handle_link_picture(Services& services, const RoutedCall& request) {
    TRY_ASSIGN(const auto link, named_link(services, request));
    const std::string address = address_of(services, request, *link);
    TRY_ASSIGN(const QrCode code, QrCode::of(address));
    const std::string& wanted = request.captures[1];
    if (wanted == "qr.svg")
        return Reply::download(qr_svg(code), "image/svg+xml", link->id + ".svg");
    if (wanted == "qr.png") {
        TRY_ASSIGN(std::string png, qr_png(code, kPixelsPerModule));
        return Reply::download(std::move(png), "image/png", link->id + ".png");
    }
    if (wanted == "sheet") {
        TRY_ASSIGN(const auto form, services.links.forms.newest(link->form_id));
        const bool german =
            link->language.empty() ? request.language() == "de" : link->language == "de";
        return Reply::html(
                   sheet_page(*link, form->title, address, code, services.links.project, german))
            .with("Content-Security-Policy", std::string(kSheetPolicy));
    }
    return fail(ErrorCode::kNotFound, "A link has qr.svg, qr.png and sheet.");
}

}  // namespace survey::server
