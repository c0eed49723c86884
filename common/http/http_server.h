#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "common/base/clock.h"
#include "common/base/log.h"
#include "common/base/random.h"
#include "common/base/result.h"
#include "common/http/http_handler.h"
#include "common/http/limits.h"

namespace survey {

/// Certificate chain and key, both PEM files. Both empty: no TLS.
struct TlsFiles {
    std::string certificate;
    std::string key;

    bool wanted() const { return !certificate.empty() || !key.empty(); }
};

struct HttpOptions {
    std::string address = "127.0.0.1";  ///< Numeric IPv4 or IPv6.
    std::uint16_t port = 0;             ///< 0: the system chooses, see `port()`.
    /// Names to answer under, lower case, with port ("forms.example.org", "10.0.0.5:8080").
    /// Loopback names with the bound port are always among them: it stops pages that rebind a name
    /// to this machine.
    std::vector<std::string> hosts;
    std::size_t workers = 4;  ///< Threads for handlers; sockets have their own.
    TlsFiles tls;
    /// Numeric addresses of proxies whose X-Forwarded-For and -Proto are believed, and that speak
    /// for everybody, as loopback does.
    std::vector<std::string> trusted_proxies;
    bool stop_on_signals =
        false;  ///< SIGINT and SIGTERM from `listen` on, once; a second one ends at once.
    HttpLimits limits;
};

/// The door: accepts connections, reads calls within limits, lets the handler answer on worker
/// threads, writes replies. No handler ever runs on a thread that serves sockets.
class HttpServer {
  public:
    /// Binds and listens; calls are taken once `run` runs. The references outlive the server.
    /// kUnavailable: the address is taken or not ours; kInvalidInput: not an address, bad TLS
    /// files.
    static Result<std::unique_ptr<HttpServer>> listen(const HttpOptions& options,
                                                      HttpHandler& handler, const Clock& clock,
                                                      Random& random, Log& log);
    ~HttpServer();

    std::uint16_t port() const;
    /// "http://127.0.0.1:8080"
    std::string url() const;

    /// Serves until stopped and all connections are closed.
    void run();
    /// Graceful: accepts no more, answers new calls with 503, lets running ones finish (up to
    /// `drain_deadline`), then `run` returns. Any thread; more than once is allowed.
    void stop();

    class Core;  ///< Sockets and threads; known only inside this room.

  private:
    explicit HttpServer(std::unique_ptr<Core> core);
    std::unique_ptr<Core> core_;
};

}  // namespace survey
