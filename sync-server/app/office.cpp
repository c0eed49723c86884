#include "sync-server/app/office.h"

#include <utility>

#include "common/host/files.h"

namespace survey::server {

namespace {

// A large workbook takes a second or two, a list of everything some more.
constexpr std::chrono::seconds kPatience{60};

}  // namespace

Result<Office> Office::open(const Config& config, const Clock& clock, Random& random, Log& log) {
    Office office;
    if (const auto url = announced_url(config.data)) {
        TRY_ASSIGN(office.token_, stored_token(config.data, "office"));
        const auto alive =
            http_call(*url, Method::kGet, "/v1/health", office.token_, {}, kPatience);
        if (alive) {
            office.url_ = *url;
            return office;
        }
        if (alive.error().code != ErrorCode::kUnavailable) return alive.error();
        // Left behind by a server that did not end in order; the lock tells whether one runs.
    }
    TRY_ASSIGN(office.installation_, Installation::open(config, clock, random, log));
    office.token_ = office.installation_->directory().office_token();
    return office;
}

Result<CallAnswer> Office::call(Method method, const std::string& target, std::string_view body) {
    if (!installation_) return http_call(url_, method, target, token_, body, kPatience);
    Request request;
    request.id = "local";
    request.method = method;
    TRY_ASSIGN(request.target, parse_target(target));
    request.fields = {{"authorization", "Bearer " + token_}};
    request.peer = "127.0.0.1";
    request.body = body;
    Handled handled = installation_->router().handle(std::move(request));
    return CallAnswer{handled.reply.status, std::move(handled.reply.content_type),
                      std::move(handled.reply.body)};
}

}  // namespace survey::server
