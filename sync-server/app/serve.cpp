// The server's life: open everything, say where it listens, serve until a signal, close.

#include <algorithm>
#include <cstdio>
#include <thread>

#include <sys/resource.h>

#include "common/crypto/crypto.h"
#include "common/db/database.h"
#include "common/host/host.h"
#include "common/http/http_server.h"
#include "sync-server/app/commands.h"
#include "sync-server/app/housekeeping.h"
#include "sync-server/app/installation.h"
#include "sync-server/app/json_log.h"

namespace survey::server {

namespace {

constexpr Phrase kTokens = {
    "This is a new server. Keep these tokens safe; they are shown only now and stay readable for\n"
    "this user with: sync-server token --data DIR [office|analyst]\n"
    "  office:  {}\n  analyst: {}",
    "Dies ist ein neuer Server. Verwahren Sie diese Zugangsschlüssel sicher; sie erscheinen nur\n"
    "jetzt und bleiben für diesen Benutzer lesbar mit:\n"
    "sync-server token --data VERZEICHNIS [office|analyst]\n"
    "  Projektbüro: {}\n  Auswertung:  {}"};
constexpr Phrase kNoTls = {
    "Other machines can reach this address, and what they send is not encrypted. Give\n"
    "--tls-certificate and --tls-key, or put a proxy with TLS in front.",
    "Andere Rechner erreichen diese Adresse, und was sie senden, ist nicht verschlüsselt. Geben\n"
    "Sie --tls-certificate und --tls-key an oder stellen Sie einen Proxy mit TLS davor."};

HttpOptions http_options(const Config& config) {
    HttpOptions options;
    options.address = config.address;
    options.port = config.port;
    options.hosts = config.hosts;
    options.trusted_proxies = config.trusted_proxies;
    options.workers = config.workers;
    options.tls = config.tls;
    options.stop_on_signals = true;
    return options;
}

/// Every connection is an open file; the usual soft limit of 1024 is fewer than we admit. If it
/// cannot be raised, accepting waits for free ones.
void raise_file_limit() {
    constexpr rlim_t kFilesWanted = 4'096;
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= kFilesWanted) return;
    limit.rlim_cur = std::min(kFilesWanted, limit.rlim_max);
    (void)::setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace

ExitCode run_serve(const Config& config, const Terminal& terminal) {
    raise_file_limit();
    const SystemClock clock;
    SystemRandom random;
    JsonLog log(stderr, clock);
    auto installation = Installation::open(config, clock, random, log);
    if (!installation) return report(installation.error(), terminal);
    DataDirectory& directory = (*installation)->directory();
    if (directory.is_new() && terminal.error_is_terminal())
        terminal.note(terminal.say(kTokens, {directory.office_token(), directory.analyst_token()}));
    if (!is_loopback(config.address) && !config.tls.wanted())
        terminal.warning(terminal.say(kNoTls));
    auto server =
        HttpServer::listen(http_options(config), (*installation)->router(), clock, random, log);
    if (!server) return report(server.error(), terminal);
    if (auto announced = directory.announce((*server)->url()); !announced)
        return report(announced.error(), terminal);
    log.info("started", {{"version", SURVEY_VERSION},
                         {"sqlite", Database::library_version()},
                         {"url", (*server)->url()},
                         {"data", config.data}});
    terminal.line("listening on " + (*server)->url());
    // Results are read in while the first calls are answered already.
    std::thread warming([&] { (*installation)->results().warm_up(); });
    {
        const Housekeeping housekeeping(**installation, clock, log);
        (*server)->run();
    }
    warming.join();
    server->reset();
    if (auto tidied = (*installation)->store().tidy(); !tidied)
        log.warn("store was not tidied", {{"what", std::string_view(tidied.error().message)}});
    log.info("stopped");
    return ExitCode::kOk;
}

}  // namespace survey::server
