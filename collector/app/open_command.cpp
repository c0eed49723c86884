// The window: serve it, lead the browser to it, close it.

#include <cstdio>

#include "collector/app/commands.h"
#include "collector/app/german.h"
#include "collector/app/open_window.h"
#include "collector/window/window.h"
#include "common/http/http_call.h"
#include "common/http/http_server.h"
#include "common/json/json.h"

namespace survey::collector {

namespace {

constexpr std::chrono::seconds kJoinPatience{5};

constexpr Phrase kOpen = {
    "The window is open in the browser. Close it there, or here with Ctrl-C.",
    "Das Fenster ist im Browser offen. Schließen Sie es dort oder hier mit Strg-C."};
constexpr Phrase kAddress = {"Open this address in a browser; it is good for one time only:",
                             "Öffnen Sie diese Adresse im Browser; sie gilt nur einmal:"};
constexpr Phrase kNoBrowser = {"No browser could be started (xdg-open is missing).",
                               "Es ließ sich kein Browser starten (xdg-open fehlt)."};
constexpr Phrase kRunning = {"The window is open already; it is shown again.",
                             "Das Fenster ist schon offen; es wird noch einmal gezeigt."};
constexpr Phrase kClosed = {"The window is closed.", "Das Fenster ist geschlossen."};

// The token is shown at a terminal only where the person asked for it, or nothing else helps.
void lead_browser(const OpenWindow& window, const std::string& url, const std::string& token,
                  bool no_browser, bool is_german) {
    if (!no_browser) {
        const auto page = window.write_launch_page(url, token);
        if (page && open_browser(*page)) return;
        std::fprintf(stderr, "%s\n", std::string(kNoBrowser.in(is_german)).c_str());
    }
    std::fprintf(stdout, "%s\n%s/#%s\n", std::string(kAddress.in(is_german)).c_str(), url.c_str(),
                 token.c_str());
    std::fflush(stdout);
}

}  // namespace

int run_open(Desk& desk, const OpenArguments& arguments) {
    const bool is_german = desk.config().language == UiLanguage::kGerman;
    OpenWindow place(desk.config().data);
    HttpServer* running = nullptr;
    WindowSettings settings;
    settings.is_german = is_german;
    settings.version = app_version();
    settings.user_name = desk.environment().user_name;
    settings.environment = desk.session_environment();
    settings.open_transport =
        [config = desk.config()](
            const std::string& url,
            const std::atomic<bool>& stop) -> Result<std::unique_ptr<Transport>> {
        TRY_ASSIGN(std::unique_ptr<CurlTransport> transport, open_transport(config, url, &stop));
        return std::unique_ptr<Transport>(std::move(transport));
    };
    settings.explain = [is_german](const Error& error) {
        return is_german ? in_german(error.message) : error.message;
    };
    settings.close = [&running] { running->stop(); };
    settings.entered = [&place] { place.forget_launch_page(); };
    Window window(desk.store(), desk.random(), std::move(settings));

    HttpOptions options;  // this machine only, a port of the system's choice
    options.stop_on_signals = true;
    NullLog no_log;
    auto listening = HttpServer::listen(options, window, desk.clock(), desk.random(), no_log);
    if (!listening) return report(desk, listening.error());
    const std::unique_ptr<HttpServer> server = *std::move(listening);  // goes before the window
    running = server.get();
    window.opened_at(server->port());
    if (const auto announced = place.announce({server->url(), window.gate().key()}); !announced)
        return report(desk, announced.error());
    lead_browser(place, server->url(), window.gate().new_token(), arguments.no_browser, is_german);
    desk.tell(kOpen.in(is_german));
    server->run();
    window.stop();
    desk.tell(kClosed.in(is_german));
    return kExitDone;
}

std::optional<int> join_open_window(const Config& config, const OpenArguments& arguments) {
    const bool is_german = config.language == UiLanguage::kGerman;
    const OpenWindow window(config.data);
    const auto place = window.find();
    if (!place) return std::nullopt;
    const auto answer =
        http_call(place->url, Method::kPost, "/launch", place->key, "{}", kJoinPatience);
    if (!answer || answer->status != 200) return std::nullopt;
    const auto body = json::parse(answer->body);
    const auto token = body ? json::find_text(*body, "token") : std::nullopt;
    if (!token) return std::nullopt;
    std::fprintf(stderr, "%s\n", std::string(kRunning.in(is_german)).c_str());
    lead_browser(window, place->url, *token, arguments.no_browser, is_german);
    return kExitDone;
}

}  // namespace survey::collector
