#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>

#include "common/http/http_server.h"

namespace survey {

namespace asio = boost::asio;

/// A connection as the server knows it while it stops, or needs its place.
class LiveConnection {
  public:
    virtual ~LiveConnection() = default;
    /// Between two calls: nothing is lost by closing it. Not any more once it is being closed.
    virtual bool idle() const = 0;
    virtual Steady idle_since() const = 0;
    virtual const std::string& address() const = 0;
    virtual void close() = 0;
};

/// What all connections share. Everything but `stop` happens on the one thread in `run`, which is
/// therefore every connection's strand; handlers run in `workers`.
class HttpServer::Core {
  public:
    Core(const HttpOptions& given, HttpHandler& the_handler, const Clock& the_clock, Random& random,
         Log& the_log);
    ~Core();

    Result<void> open();
    void run();
    void stop();

    std::string next_request_id();
    /// Counts a connection in. Where all places are taken (in all, or from this address) it gets
    /// that of the one that has been idle longest. False: all of them are busy.
    bool admit(const std::string& address);
    void enter(LiveConnection& connection) { live_.insert(&connection); }
    void leave(LiveConnection& connection, const std::string& address);
    bool draining() const { return draining_; }

    const HttpOptions options;
    HttpHandler& handler;
    const Clock& clock;
    Log& log;
    std::optional<asio::ssl::context> tls;
    std::vector<std::string> hosts;

    /// Whether a body of that size may be read from that address now.
    bool has_room(const std::string& address, std::size_t bytes) const;

    // Admission; only on the thread of `run`.
    std::size_t bodies_in_flight = 0;
    std::map<std::string, std::size_t> bodies_by_address;
    std::size_t calls_waiting = 0;

  private:
    Result<void> open_tls();
    void name_hosts();
    asio::awaitable<void> accept();
    /// Loopback and trusted proxies: the limits of one address are not theirs.
    bool speaks_for_everybody(const std::string& address) const;
    bool close_longest_idle(const std::string* address);
    void begin_drain();
    void end_drain();

    std::uint64_t next_id_;
    bool draining_ = false;
    bool ending_ = false;
    std::size_t connections_ = 0;
    std::map<std::string, std::size_t> per_address_;
    std::unordered_set<LiveConnection*> live_;

  public:
    // Last: when `io` goes, it destroys the coroutines that are left, and those name all of the
    // above.
    asio::io_context io{1};
    asio::thread_pool workers;
    asio::ip::tcp::acceptor acceptor{io};

  private:
    asio::signal_set signals_{io};
    asio::steady_timer drain_timer_{io};
};

/// Counts a body in flight for as long as this lives.
class BodyInFlight {
  public:
    BodyInFlight(HttpServer::Core& core, const std::string& address, std::size_t bytes)
        : core_(core), address_(address), bytes_(bytes) {
        if (bytes_ > 0) core_.bodies_by_address[address_] += bytes_;
        core_.bodies_in_flight += bytes_;
    }
    ~BodyInFlight() {
        core_.bodies_in_flight -= bytes_;
        const auto from_there = core_.bodies_by_address.find(address_);
        if (bytes_ == 0) return;
        from_there->second -= bytes_;
        if (from_there->second == 0) core_.bodies_by_address.erase(from_there);
    }
    BodyInFlight(const BodyInFlight&) = delete;
    BodyInFlight& operator=(const BodyInFlight&) = delete;

  private:
    HttpServer::Core& core_;
    const std::string& address_;
    const std::size_t bytes_;
};

/// Serves one accepted and admitted socket to its end.
asio::awaitable<void> serve_connection(HttpServer::Core& core, asio::ip::tcp::socket socket,
                                       std::string address);

}  // namespace survey
