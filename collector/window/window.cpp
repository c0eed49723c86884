#include "collector/window/window.h"

#include <exception>
#include <utility>

#include "common/http/problem.h"
#include "forms/web/shell.h"

namespace survey::collector {

namespace {

/// A draft keeps hidden answers too, so it may be longer than the revision that comes of it.
constexpr std::size_t kDraftBytesMax = 4 * kContentBytesMax;
/// Tokens, form references, defaults.
constexpr std::size_t kSmallBytesMax = 64 * 1024;

bool fits(const std::vector<std::string_view>& path, const std::vector<std::string>& segments) {
    if (path.size() != segments.size()) return false;
    for (std::size_t i = 0; i < path.size(); ++i) {
        if (path[i] != "*" && path[i] != segments[i]) return false;
    }
    return true;
}

bool is_json(std::string_view content_type) {
    return content_type == "application/json" || content_type == "application/json; charset=utf-8";
}

}  // namespace

const std::vector<Window::Route>& Window::routes() {
    using enum Method;
    static const std::vector<Route> kRoutes = {
        {kGet, {}, Access::kOpen, 0, &Window::page},
        {kGet, {"a", "*"}, Access::kOpen, 0, &Window::asset},
        {kPost, {"session"}, Access::kToken, kSmallBytesMax, &Window::enter},
        {kPost, {"launch"}, Access::kKey, kSmallBytesMax, &Window::launch},
        {kGet, {"api", "home"}, Access::kSession, 0, &Window::home},
        {kGet, {"api", "forms", "*"}, Access::kSession, 0, &Window::form},
        {kGet, {"api", "forms", "*", "media", "*"}, Access::kSession, 0, &Window::form_file},
        {kPost, {"api", "drafts"}, Access::kSession, kSmallBytesMax, &Window::start_draft},
        {kGet, {"api", "drafts", "*"}, Access::kSession, 0, &Window::draft},
        {kPut, {"api", "drafts", "*"}, Access::kSession, kDraftBytesMax, &Window::save_draft},
        {kDelete, {"api", "drafts", "*"}, Access::kSession, 0, &Window::discard},
        {kPut,
         {"api", "drafts", "*", "files", "*"},
         Access::kSession,
         kAnswerFileBytesMax,
         &Window::put_file},
        {kGet, {"api", "drafts", "*", "files", "*"}, Access::kSession, 0, &Window::file},
        {kDelete, {"api", "drafts", "*", "files", "*"}, Access::kSession, 0, &Window::remove_file},
        {kPost,
         {"api", "drafts", "*", "finalise"},
         Access::kSession,
         kDraftBytesMax,
         &Window::finalise},
        {kPost,
         {"api", "interviews", "*", "correct"},
         Access::kSession,
         kSmallBytesMax,
         &Window::correct},
        {kPost, {"api", "sync"}, Access::kSession, kSmallBytesMax, &Window::start_sync},
        {kGet, {"api", "sync"}, Access::kSession, 0, &Window::sync_state},
        {kGet, {"api", "log"}, Access::kSession, 0, &Window::log},
        {kPost, {"api", "close"}, Access::kSession, kSmallBytesMax, &Window::close},
    };
    return kRoutes;
}

const Window::Route* Window::find_route(Method method, const Target& target) {
    const Method asked = method == Method::kHead ? Method::kGet : method;
    for (const Route& route : routes()) {
        if (route.method == asked && fits(route.path, target.segments)) return &route;
    }
    return nullptr;
}

Window::Window(CollectorStore& store, Random& random, WindowSettings settings)
    : store_(store),
      random_(random),
      settings_(std::move(settings)),
      gate_(settings_.entered),
      sync_(store_, random_, settings_.open_transport, settings_.version) {}

std::size_t Window::body_bytes_max(Method method, const Target& target) const {
    const Route* route = find_route(method, target);
    return route == nullptr ? 0 : route->body_bytes_max;
}

Handled Window::handle(Request request) {
    const Route* route = find_route(request.method, request.target);
    const Access access = route == nullptr ? Access::kSession : route->access;
    Handled handled;
    if (auto refusal = gate_.refuse(request, access)) {
        handled.reply = *std::move(refusal);
    } else if (route == nullptr) {
        handled.reply = http_problem(404, "not-found", "There is nothing here.", request.id);
    } else {
        const bool is_octets = route->call == &Window::put_file;
        const std::string_view type = request.field("content-type");
        const bool is_write = !is_safe(request.method) && access != Access::kKey;
        const bool is_right =
            is_octets ? type == "application/octet-stream"
                      : is_json(type) || (request.method == Method::kDelete && type.empty());
        if (is_write && !is_right) {
            handled.reply = http_problem(415, "content-type", "This call takes JSON.", request.id);
        } else {
            try {
                auto reply = (this->*route->call)(request);
                handled.reply = reply ? *std::move(reply) : failed(reply.error(), request);
            } catch (const std::exception&) {
                // Out of memory, or a mistake of ours; what was saved is saved.
                handled.reply = http_problem(500, "mistake", "Something went wrong.", request.id);
            }
        }
    }
    // No page of another site may frame it, guess at it or keep it; no copy stays on the disk.
    for (const auto& [name, value] :
         std::initializer_list<std::pair<const char*, std::string_view>>{
             {"Content-Security-Policy", forms::kWebContentPolicy},
             {"X-Content-Type-Options", "nosniff"},
             {"Referrer-Policy", "no-referrer"},
             {"Cross-Origin-Opener-Policy", "same-origin"},
             {"Cross-Origin-Resource-Policy", "same-origin"},
         })
        handled.reply.fields.emplace_back(name, value);
    std::erase_if(handled.reply.fields,
                  [](const auto& field) { return field.first == "Cache-Control"; });
    handled.reply.fields.emplace_back("Cache-Control", "no-store");
    return handled;
}

Reply Window::failed(const Error& error, const Request& request) const {
    // The person in front of it owns this machine: they may read what is wrong with its disk.
    return http_problem(http_status(error.code), code_name(error.code), settings_.explain(error),
                        request.id);
}

}  // namespace survey::collector
