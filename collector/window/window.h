#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "collector/window/gate.h"
#include "collector/window/shared_store.h"
#include "collector/window/sync_run.h"
#include "common/http/http_handler.h"
#include "common/json/json.h"
#include "forms/runtime/form_session.h"

namespace survey::collector {

/// What the window is told by the program.
struct WindowSettings {
    bool is_german = false;
    std::string version;    ///< "collector/0.1.0"
    std::string user_name;  ///< For the instance's metadata.
    forms::SessionEnvironment environment;
    SyncRun::OpenTransport open_transport;
    /// A failure as a sentence in the person's language.
    std::function<std::string(const Error&)> explain;
    /// The person pressed "close".
    std::function<void()> close;
    /// The browser has come in.
    std::function<void()> entered;
};

/// The collector as a page in the person's browser: the filler on this device's store, and lists of
/// what is here (API.md). Handles calls of several threads; the store sees one at a time.
class Window final : public HttpHandler {
  public:
    Window(CollectorStore& store, Random& random, WindowSettings settings);

    Gate& gate() { return gate_; }
    void opened_at(std::uint16_t port) { gate_.opened_at(port); }
    /// A sync that runs ends soon.
    void stop() { sync_.stop(); }

    std::size_t body_bytes_max(Method method, const Target& target) const override;
    Handled handle(Request request) override;

  private:
    using Call = Result<Reply> (Window::*)(const Request&);
    struct Route {
        Method method;
        /// "*" stands for one segment of any text.
        std::vector<std::string_view> path;
        Access access;
        std::size_t body_bytes_max;
        Call call;
    };
    static const std::vector<Route>& routes();
    static const Route* find_route(Method method, const Target& target);

    // page_calls.cpp
    Result<Reply> page(const Request& request);
    Result<Reply> asset(const Request& request);
    Result<Reply> enter(const Request& request);
    Result<Reply> launch(const Request& request);
    Result<Reply> close(const Request& request);
    // home_calls.cpp
    Result<Reply> home(const Request& request);
    Result<Reply> form(const Request& request);
    Result<Reply> form_file(const Request& request);
    Result<Reply> start_sync(const Request& request);
    Result<Reply> sync_state(const Request& request);
    Result<Reply> log(const Request& request);
    // draft_calls.cpp
    Result<Reply> start_draft(const Request& request);
    Result<Reply> draft(const Request& request);
    Result<Reply> save_draft(const Request& request);
    Result<Reply> discard(const Request& request);
    Result<Reply> put_file(const Request& request);
    Result<Reply> file(const Request& request);
    Result<Reply> remove_file(const Request& request);
    Result<Reply> finalise(const Request& request);
    Result<Reply> correct(const Request& request);

    Result<FormSummary> find_form(CollectorStore& store, std::string_view hash) const;
    Result<json::Object> draft_json(CollectorStore& store, const Draft& draft) const;
    json::Object sync_json() const;
    Reply failed(const Error& error, const Request& request) const;

    SharedStore store_;
    Random& random_;
    const WindowSettings settings_;
    Gate gate_;
    SyncRun sync_;
};

}  // namespace survey::collector
