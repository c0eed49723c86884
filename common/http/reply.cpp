#include "common/http/reply.h"

namespace survey {

namespace {

// Answers, results and tokens are nobody else's business: not a proxy's, not the next user's of a
// shared computer.
constexpr std::string_view kNoStore = "no-store";

Reply make(int status, std::string content_type, std::string body, std::string_view caching) {
    Reply reply{status, std::move(content_type), {}, std::move(body)};
    reply.fields.emplace_back("Cache-Control", caching);
    return reply;
}

}  // namespace

Reply Reply::octets(std::string bytes, std::string content_type) {
    return make(200, std::move(content_type), std::move(bytes), kNoStore);
}

Reply Reply::lending(std::string_view bytes, std::shared_ptr<const void> lender,
                     std::string content_type) {
    Reply reply;
    reply.content_type = std::move(content_type);
    reply.lent = bytes;
    reply.lender = std::move(lender);
    return reply;
}

Reply Reply::json(std::string text, int status) {
    return make(status, "application/json", std::move(text), kNoStore);
}

Reply Reply::html(std::string text, int status) {
    return make(status, "text/html; charset=utf-8", std::move(text), kNoStore);
}

Reply Reply::download(std::string bytes, std::string content_type, std::string_view name) {
    return make(200, std::move(content_type), std::move(bytes), kNoStore)
        .with("Content-Disposition", "attachment; filename=\"" + std::string(name) + "\"");
}

Reply Reply::see_other(std::string location) {
    return make(303, {}, {}, kNoStore).with("Location", std::move(location));
}

Reply Reply::asset(std::string_view bytes, std::string content_type) {
    return lending(bytes, nullptr, std::move(content_type))
        .with("Cache-Control", "public, max-age=31536000, immutable");
}

Reply&& Reply::with(std::string name, std::string value) && {
    fields.emplace_back(std::move(name), std::move(value));
    return std::move(*this);
}

}  // namespace survey
