#include "common/http/http_server.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "common/base/hex.h"
#include "common/http/core_internal.h"
#include "common/http/rate_limit.h"

namespace survey {

namespace {

using tcp = asio::ip::tcp;
using ErrorCodeOfAsio = boost::system::error_code;

constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);
constexpr int kBacklog = 512;  // a room of laptops that finds the network at once
// Out of file handles: wait for some to come back instead of turning in circles.
constexpr std::chrono::milliseconds kAcceptPause{100};

constexpr std::string_view kBusyReply =
    "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 10\r\nContent-Length: 0\r\n"
    "Connection: close\r\n\r\n";

std::string with_port(const std::string& host, std::uint16_t port) {
    return host + ":" + std::to_string(port);
}

bool is_loopback_address(const std::string& address) {
    return address == "127.0.0.1" || address == limited_address("::1");
}

std::string bracketed(const std::string& address) {
    return address.find(':') == std::string::npos ? address : "[" + address + "]";
}

}  // namespace

HttpServer::Core::Core(const HttpOptions& given, HttpHandler& the_handler, const Clock& the_clock,
                       Random& random, Log& the_log)
    : options(given),
      handler(the_handler),
      clock(the_clock),
      log(the_log),
      next_id_(random.next()),
      workers(given.workers) {}

HttpServer::Core::~Core() {
    ending_ = true;
    workers.join();  // handlers first: they still name the handler
}

Result<void> HttpServer::Core::open() {
    ErrorCodeOfAsio error;
    const auto address = asio::ip::make_address(options.address, error);
    if (error) {
        return fail(ErrorCode::kInvalidInput,
                    "\"" + options.address + "\" is not a numeric address to listen on.");
    }
    TRY(open_tls());
    const tcp::endpoint endpoint(address, options.port);
    acceptor.open(endpoint.protocol(), error);
    if (!error) acceptor.set_option(asio::socket_base::reuse_address(true), error);
    if (!error) acceptor.bind(endpoint, error);
    if (!error) acceptor.listen(kBacklog, error);
    if (error) {
        return fail(ErrorCode::kUnavailable, "Cannot listen on " + bracketed(options.address) +
                                                 ":" + std::to_string(options.port) + ": " +
                                                 error.message() +
                                                 ". Choose another address or port.");
    }
    name_hosts();
    return {};
}

Result<void> HttpServer::Core::open_tls() {
    if (!options.tls.wanted()) return {};
    namespace ssl = asio::ssl;
    tls.emplace(ssl::context::tls_server);
    ErrorCodeOfAsio error;
    tls->set_options(ssl::context::default_workarounds | ssl::context::no_sslv2 |
                         ssl::context::no_sslv3 | ssl::context::no_tlsv1 |
                         ssl::context::no_tlsv1_1 | ssl::context::no_compression |
                         SSL_OP_NO_RENEGOTIATION,
                     error);
    if (!error) tls->use_certificate_chain_file(options.tls.certificate, error);
    if (error) {
        return fail(ErrorCode::kInvalidInput, "Cannot use the certificate " +
                                                  options.tls.certificate + ": " + error.message());
    }
    tls->use_private_key_file(options.tls.key, ssl::context::pem, error);
    if (!error && SSL_CTX_check_private_key(tls->native_handle()) != 1)
        return fail(ErrorCode::kInvalidInput, "The key does not belong to the certificate.");
    if (error) {
        return fail(ErrorCode::kInvalidInput,
                    "Cannot use the key " + options.tls.key + ": " + error.message());
    }
    return {};
}

void HttpServer::Core::name_hosts() {
    ErrorCodeOfAsio ignored;
    const std::uint16_t port = acceptor.local_endpoint(ignored).port();
    hosts = options.hosts;
    for (const char* name : {"127.0.0.1", "localhost", "[::1]"})
        hosts.push_back(with_port(name, port));
    const auto address = asio::ip::make_address(options.address, ignored);
    if (!address.is_unspecified()) hosts.push_back(with_port(bracketed(options.address), port));
    if (options.stop_on_signals) {  // one that comes before `run` waits for it
        signals_.add(SIGINT);
        signals_.add(SIGTERM);
    }
}

void HttpServer::Core::run() {
    if (options.stop_on_signals) {
        signals_.async_wait([this](const ErrorCodeOfAsio& error, int) {
            if (!error) begin_drain();
        });
    }
    asio::co_spawn(io, accept(), asio::detached);
    io.run();
}

void HttpServer::Core::stop() {
    asio::post(io, [this] { begin_drain(); });
}

std::string HttpServer::Core::next_request_id() {
    const std::uint64_t id = next_id_++;
    std::array<std::uint8_t, 8> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<std::uint8_t>(id >> (8 * (bytes.size() - 1 - i)));
    return to_hex(bytes);
}

bool HttpServer::Core::speaks_for_everybody(const std::string& address) const {
    const auto& trusted = options.trusted_proxies;
    return is_loopback_address(address) ||
           std::any_of(trusted.begin(), trusted.end(),
                       [&](const std::string& proxy) { return limited_address(proxy) == address; });
}

bool HttpServer::Core::admit(const std::string& address) {
    if (connections_ >= options.limits.connections_max && !close_longest_idle(nullptr))
        return false;
    const auto known = per_address_.find(address);
    const std::size_t from_there = known == per_address_.end() ? 0 : known->second;
    if (!speaks_for_everybody(address) &&
        from_there >= options.limits.connections_per_address_max && !close_longest_idle(&address))
        return false;
    ++per_address_[address];
    ++connections_;
    return true;
}

bool HttpServer::Core::close_longest_idle(const std::string* address) {
    LiveConnection* found = nullptr;
    for (LiveConnection* each : live_) {
        if (!each->idle() || (address != nullptr && each->address() != *address)) continue;
        if (found == nullptr || each->idle_since() < found->idle_since()) found = each;
    }
    if (found == nullptr) return false;
    found->close();  // it leaves by itself, on this thread, in a moment
    return true;
}

bool HttpServer::Core::has_room(const std::string& address, std::size_t bytes) const {
    if (bodies_in_flight + bytes > options.limits.bodies_in_flight_bytes_max) return false;
    if (bytes == 0 || speaks_for_everybody(address)) return true;
    const auto found = bodies_by_address.find(address);
    const std::size_t from_there = found == bodies_by_address.end() ? 0 : found->second;
    return from_there + bytes <= options.limits.bodies_per_address_bytes_max;
}

void HttpServer::Core::leave(LiveConnection& connection, const std::string& address) {
    live_.erase(&connection);
    --connections_;
    if (--per_address_[address] == 0) per_address_.erase(address);
    if (draining_ && !ending_ && connections_ == 0) end_drain();
}

asio::awaitable<void> HttpServer::Core::accept() {
    asio::steady_timer pause(io);
    while (!draining_) {
        auto [error, socket] = co_await acceptor.async_accept(kAwait);
        if (draining_ || error == asio::error::operation_aborted) break;
        if (error) {
            pause.expires_after(kAcceptPause);
            co_await pause.async_wait(kAwait);
            continue;
        }
        ErrorCodeOfAsio gone;
        std::string address = limited_address(socket.remote_endpoint(gone).address().to_string());
        if (gone) continue;
        if (!admit(address)) {
            socket.non_blocking(true, gone);
            socket.write_some(asio::buffer(kBusyReply), gone);
            continue;
        }
        socket.set_option(tcp::no_delay(true), gone);
        asio::co_spawn(io, serve_connection(*this, std::move(socket), std::move(address)),
                       asio::detached);
    }
}

void HttpServer::Core::begin_drain() {
    if (draining_) return;
    draining_ = true;
    ErrorCodeOfAsio ignored;
    acceptor.close(ignored);
    signals_.cancel(ignored);
    signals_.clear(ignored);  // the next one ends the program at once
    if (connections_ == 0) return end_drain();
    const std::vector<LiveConnection*> all(live_.begin(), live_.end());
    for (LiveConnection* connection : all) {
        if (connection->idle()) connection->close();
    }
    drain_timer_.expires_after(options.limits.drain_deadline);
    drain_timer_.async_wait([this](const ErrorCodeOfAsio& error) {
        if (error) return;
        log.warn("stopped with calls still running",
                 {{"connections", static_cast<std::int64_t>(connections_)}});
        io.stop();
    });
}

void HttpServer::Core::end_drain() {
    drain_timer_.cancel();
    io.stop();
}

Result<std::unique_ptr<HttpServer>> HttpServer::listen(const HttpOptions& options,
                                                       HttpHandler& handler, const Clock& clock,
                                                       Random& random, Log& log) {
    auto core = std::make_unique<Core>(options, handler, clock, random, log);
    TRY(core->open());
    return std::unique_ptr<HttpServer>(new HttpServer(std::move(core)));
}

HttpServer::HttpServer(std::unique_ptr<Core> core) : core_(std::move(core)) {}

HttpServer::~HttpServer() = default;

std::uint16_t HttpServer::port() const {
    ErrorCodeOfAsio ignored;
    return core_->acceptor.local_endpoint(ignored).port();
}

std::string HttpServer::url() const {
    return (core_->tls ? "https://" : "http://") + bracketed(core_->options.address) + ":" +
           std::to_string(port());
}

void HttpServer::run() {
    core_->run();
}

void HttpServer::stop() {
    core_->stop();
}

}  // namespace survey
