#include "sync-server/api/router.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "common/http/problem.h"
#include "sync-server/console/pages.h"

namespace survey::server {

namespace {

bool may_call(const Caller& caller, Access access) {
    using Role = Caller::Role;
    switch (access) {
        case Access::kAnyone:
            return true;
        case Access::kDevice:
            return caller.role == Role::kDevice;
        case Access::kAnalyst:
            return caller.role == Role::kAnalyst || caller.role == Role::kOffice;
        case Access::kOffice:
            return caller.role == Role::kOffice;
    }
    return false;
}

bool is_capture(const std::string& segment) {
    return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

bool fits(const std::vector<std::string>& pattern, const std::vector<std::string>& path,
          std::vector<std::string>& captures) {
    if (pattern.size() != path.size()) return false;
    captures.clear();
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (is_capture(pattern[i])) {
            captures.push_back(path[i]);
        } else if (pattern[i] != path[i]) {
            return false;
        }
    }
    return true;
}

// A page of another site must not make a browser act here. Programs send neither field; browsers
// always send one of them with a form.
bool comes_from_elsewhere(const Request& request) {
    if (is_safe(request.method)) return false;
    const std::string_view site = request.field("sec-fetch-site");
    if (!site.empty() && site != "same-origin" && site != "none") return true;
    const std::string_view origin = request.field("origin");
    if (origin.empty()) return false;
    const auto slashes = origin.find("//");
    return slashes == std::string_view::npos || origin.substr(slashes + 2) != request.field("host");
}

// Everything comes from this server, nothing is run, nobody frames us.
constexpr std::string_view kPagePolicy =
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'";
constexpr std::string_view kDataPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox";

void add_protection(Reply& reply) {
    const bool page = reply.content_type.rfind("text/html", 0) == 0;
    const bool has_own =
        std::any_of(reply.fields.begin(), reply.fields.end(),
                    [](const auto& field) { return field.first == "Content-Security-Policy"; });
    if (!has_own)
        reply.fields.emplace_back("Content-Security-Policy", page ? kPagePolicy : kDataPolicy);
    reply.fields.emplace_back("X-Content-Type-Options", "nosniff");
    // With "no-referrer" a browser sends a form of our own page with `Origin: null` (Fetch
    // standard, "append a request Origin header"), which looks like another site's.
    reply.fields.emplace_back("Referrer-Policy", "same-origin");
    reply.fields.emplace_back("Cross-Origin-Resource-Policy", "same-origin");
}

}  // namespace

std::string query_text(const Target& target) {
    std::string out;
    for (const auto& [name, value] : target.query)
        out += (out.empty() ? "?" : "&") + percent_encoded(name) + "=" + percent_encoded(value);
    return out;
}

Router::Router(std::vector<Route> routes, Authenticator& authenticator, const Clock& clock,
               Log& log)
    : routes_(std::move(routes)),
      authenticator_(authenticator),
      rate_limit_(clock, RateLimit::Rule{}),
      log_(log) {
    for (const Route& route : routes_) {
        auto pattern = parse_target(route.pattern);
        ENSURE(pattern && route.handler);
        patterns_.push_back(std::move(pattern->segments));
    }
}

Router::Match Router::match(Method method, const Target& target) const {
    const Method wanted = method == Method::kHead ? Method::kGet : method;
    Match match;
    for (std::size_t i = 0; i < routes_.size(); ++i) {
        std::vector<std::string> captures;
        if (!fits(patterns_[i], target.segments, captures)) continue;
        if (routes_[i].method == wanted) {
            match.route = &routes_[i];
            match.captures = std::move(captures);
            return match;
        }
        if (!match.allowed.empty()) match.allowed += ", ";
        match.allowed += method_name(routes_[i].method);
    }
    return match;
}

std::size_t Router::body_bytes_max(Method method, const Target& target) const {
    const Match found = match(method, target);
    return found.route ? found.route->body_bytes_max : 0;
}

Handled Router::handle(Request request) {
    Handled handled;
    RoutedCall call{std::move(request), {}, {}};
    Match found = match(call.method, call.target);
    if (!found.route) {
        handled.reply =
            found.allowed.empty()
                ? http_problem(404, "not-found", "There is nothing at this address.", call.id)
                : http_problem(405, "method", "This address does not take that method.", call.id)
                      .with("Allow", found.allowed);
    } else {
        const Route& route = *found.route;
        handled.route = route.name;
        handled.unlogged = route.unlogged;
        call.captures = std::move(found.captures);
        try {
            auto reply = dispatch(route, call);
            handled.reply = reply ? *std::move(reply) : failed(route, reply.error(), call);
        } catch (const std::exception& bug) {
            // Nothing below throws on purpose; memory may run out. The server lives on.
            log_.error("handler threw", {{"request", call.id},
                                         {"route", route.name},
                                         {"what", std::string_view(bug.what())}});
            handled.reply = failed(route, fail(ErrorCode::kCorrupt, "exception"), call);
        }
        handled.caller = call.caller.device.id.text();
    }
    add_protection(handled.reply);
    return handled;
}

Result<Reply> Router::dispatch(const Route& route, RoutedCall& call) {
    if (route.limited) {
        if (const auto wait_s = rate_limit_.take(call.peer)) return too_many_calls(call, *wait_s);
    }
    if (comes_from_elsewhere(call))
        return fail(ErrorCode::kForbidden, "This form was sent from a page of another site.");
    TRY_ASSIGN(call.caller, authenticator_.identify(call));
    // A cookie alone reads; whatever changes something needs the token, or is a row for anyone.
    const bool cookie_may = route.access == Access::kAnyone || is_safe(call.method);
    if (call.caller.by_cookie && !cookie_may) return refused(route, call);
    if (!may_call(call.caller, route.access)) return refused(route, call);
    return route.handler(call);
}

Reply Router::refused(const Route& route, const RoutedCall& call) const {
    if (route.face == Face::kPage) {
        const std::string address = call.target.path() + query_text(call.target);
        return Reply::see_other("/login?next=" + percent_encoded(address));
    }
    if (call.caller.role == Caller::Role::kNobody) return credentials_needed(call);
    return problem(fail(ErrorCode::kForbidden, "These credentials do not allow this call."), call);
}

Reply Router::failed(const Route& route, const Error& error, const Request& request) {
    if (!is_public(error.code)) {
        log_.error("call failed", {{"request", request.id},
                                   {"route", route.name},
                                   {"code", code_name(error.code)},
                                   {"what", std::string_view(error.message)}});
    }
    if (route.face == Face::kData) return problem(error, request);
    const Language language = language_of_code(request.language());
    const bool german = language == Language::kGerman;
    const std::string number = (german ? " (Anfrage " : " (request ") + request.id + ")";
    return Reply::html(
        message_page(language, german ? "Das hat nicht geklappt" : "That did not work",
                     is_public(error.code) ? error.message : public_message(error.code) + number),
        http_status(error.code));
}

}  // namespace survey::server
