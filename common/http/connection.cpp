// One connection: read a call within limits, let a worker answer it, write the reply, again.

#include <array>
#include <memory>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/completion_condition.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/span_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

#include "common/http/core_internal.h"
#include "common/http/forwarding.h"
#include "common/http/framing.h"
#include "common/http/http_date.h"
#include "common/http/problem.h"
#include "common/http/rate_limit.h"

namespace survey {

namespace {

namespace beast = boost::beast;
namespace http = beast::http;
using std::chrono::milliseconds;

constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
constexpr std::string_view kAnyOctets = "application/octet-stream";
constexpr int kRetryBusy_s = 10;   // a queue of calls is worked off in that time
constexpr int kRetryDrain_s = 15;  // a restart takes that long

constexpr Refusal kHeadTooLong{431, "head-length", "The head of this call is too long."};
constexpr Refusal kBodyTooLong{413, "limit", "This call is larger than the server takes here."};
constexpr Refusal kBadHead{400, "framing", "The head of this call is not valid HTTP."};
constexpr Refusal kBusy{503, "busy", "The server is busy. Please try again in a moment."};
constexpr Refusal kStopping{503, "stopping", "The server is stopping. Please try again shortly."};
constexpr Refusal kTooSlow{503, "deadline", "The answer took too long. Please try again later."};
constexpr Refusal kExpectation{417, "expectation", "This server knows only Expect: 100-continue."};

/// A line break would let a value write fields of its own.
bool fits_one_line(std::string_view value) {
    return value.find_first_of("\r\n") == std::string_view::npos;
}

/// A parsed head.
struct Call {
    Request request;
    std::size_t body_bytes = 0;
    bool keep_alive = false;
    bool expects_continue = false;
};

std::variant<Call, Refusal> read_call(std::string_view head, std::span<const std::string> hosts) {
    if (auto refusal = check_framing(head, hosts)) return *refusal;
    http::request_parser<http::empty_body> parser;
    parser.header_limit(static_cast<std::uint32_t>(head.size()));
    parser.body_limit(boost::none);  // the body is read by us, bounded by its route
    beast::error_code error;
    parser.put(asio::buffer(head), error);
    if (error || !parser.is_header_done()) return kBadHead;
    const auto& message = parser.get();
    Call call;
    switch (message.method()) {
        case http::verb::get:
            call.request.method = Method::kGet;
            break;
        case http::verb::head:
            call.request.method = Method::kHead;
            break;
        case http::verb::post:
            call.request.method = Method::kPost;
            break;
        case http::verb::put:
            call.request.method = Method::kPut;
            break;
        case http::verb::delete_:
            call.request.method = Method::kDelete;
            break;
        default:
            return kBadHead;
    }
    auto target = parse_target(message.target());
    if (!target) return Refusal{400, "target", "The address of this call is not valid."};
    call.request.target = *std::move(target);
    for (const auto& field : message) {
        std::string name(field.name_string());
        for (char& c : name) {
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
        }
        call.request.fields.emplace_back(std::move(name), std::string(field.value()));
    }
    const std::string_view length = call.request.field("content-length");
    if (length.empty() &&
        (call.request.method == Method::kPost || call.request.method == Method::kPut))
        return Refusal{411, "length", "POST and PUT need a Content-Length."};
    for (const char digit : length)
        call.body_bytes = call.body_bytes * 10 + static_cast<std::size_t>(digit - '0');
    call.keep_alive = message.keep_alive();
    const std::string_view expect = call.request.field("expect");
    call.expects_continue = beast::iequals(expect, "100-continue");
    if (!expect.empty() && !call.expects_continue) return kExpectation;
    return call;
}

template <typename Stream>
class Connection final : public LiveConnection {
  public:
    Connection(HttpServer::Core& core, Stream& stream, std::string peer, std::string address)
        : core_(core), stream_(stream), peer_(std::move(peer)), address_(std::move(address)) {
        core_.enter(*this);
    }
    ~Connection() override { core_.leave(*this, address_); }

    bool idle() const override { return idle_; }
    Steady idle_since() const override { return idle_since_; }
    const std::string& address() const override { return address_; }
    void close() override {
        idle_ = false;
        beast::get_lowest_layer(stream_).close();
    }

    asio::awaitable<void> serve() {
        bool go_on = true;
        while (go_on)
            go_on = co_await exchange();
    }

  private:
    const HttpLimits& limits() const { return core_.options.limits; }

    void set_deadline(milliseconds from_now) {
        beast::get_lowest_layer(stream_).expires_after(from_now);
    }

    void set_transfer_deadline(std::size_t bytes) {
        const milliseconds at_slowest{static_cast<std::int64_t>(bytes / limits().bytes_per_s_min) *
                                      1000};
        set_deadline(std::min(limits().transfer_max, limits().transfer_grace + at_slowest));
    }

    /// One call and its reply. False: the connection ends here.
    asio::awaitable<bool> exchange() {
        const std::size_t head_bytes = co_await read_head();
        if (head_bytes == 0) {
            if (inbox_.size() >= limits().head_bytes_max) co_await refuse(kHeadTooLong);
            co_return false;
        }
        started_ = core_.clock.steady();
        auto judged = read_call(std::string_view(inbox_).substr(0, head_bytes), core_.hosts);
        inbox_.erase(0, head_bytes);
        if (const auto* refusal = std::get_if<Refusal>(&judged)) {
            co_await refuse(*refusal);
            co_return false;
        }
        Call call = std::move(std::get<Call>(judged));
        if (const auto refusal = judge_admission(call)) {
            co_await refuse(*refusal);
            co_return false;
        }
        const BodyInFlight counted(core_, address_, call.body_bytes);
        const bool complete = co_await read_body(call);
        co_return complete&& co_await answer(call);
    }

    /// Bytes of the next head in `inbox_`; 0: closed, too slow or too long.
    asio::awaitable<std::size_t> read_head() {
        const auto buffer = asio::dynamic_buffer(inbox_, limits().head_bytes_max);
        if (inbox_.empty()) {
            if (core_.draining()) co_return 0;
            idle_ = true;
            idle_since_ = core_.clock.steady();
            set_deadline(first_ ? limits().head_deadline : limits().idle_deadline);
            const auto [error, bytes] =
                co_await asio::async_read(stream_, buffer, asio::transfer_at_least(1), kAwait);
            idle_ = false;
            if (error && bytes == 0) co_return 0;
        }
        first_ = false;
        set_deadline(limits().head_deadline);
        const auto [error, bytes] =
            co_await asio::async_read_until(stream_, buffer, "\r\n\r\n", kAwait);
        co_return error ? 0 : bytes;
    }

    std::optional<Refusal> judge_admission(const Call& call) const {
        if (core_.draining()) return kStopping;
        const std::size_t allowed =
            core_.handler.body_bytes_max(call.request.method, call.request.target);
        if (call.body_bytes > allowed) return kBodyTooLong;
        if (!core_.has_room(address_, call.body_bytes) ||
            core_.calls_waiting >= limits().calls_waiting_max)
            return kBusy;
        return std::nullopt;
    }

    asio::awaitable<bool> read_body(Call& call) {
        std::string& body = call.request.body;
        const std::size_t here = std::min(call.body_bytes, inbox_.size());
        body.assign(inbox_, 0, here);
        inbox_.erase(0, here);
        if (here == call.body_bytes) co_return true;
        set_transfer_deadline(call.body_bytes);
        if (call.expects_continue) {
            const auto [error, bytes] =
                co_await asio::async_write(stream_, asio::buffer(kContinue), kAwait);
            if (error) co_return false;
        }
        body.resize(call.body_bytes);
        const auto rest = asio::buffer(body.data() + here, body.size() - here);
        const auto [error, bytes] = co_await asio::async_read(stream_, rest, kAwait);
        co_return !error;
    }

    asio::awaitable<bool> answer(Call& call) {
        const bool head_only = call.request.method == Method::kHead;
        const std::size_t bytes_in = call.request.body.size();
        const std::string id = core_.next_request_id();
        call.request.id = id;
        call.request.peer = peer_;
        call.request.secure = core_.tls.has_value();
        apply_forwarding(call.request, core_.options.trusted_proxies);
        std::optional<Handled> handled = co_await work(std::move(call.request));
        if (!handled) {
            core_.log.error("handler over its deadline", {{"request", id}});
            co_await refuse(kTooSlow);
            co_return false;
        }
        const bool keep_alive = call.keep_alive && !core_.draining();
        const std::size_t bytes_out = handled->reply.bytes().size();
        const int status = handled->reply.status;
        const bool written = co_await write(std::move(handled->reply), keep_alive, head_only);
        log_call(id, *handled, status, bytes_in, bytes_out);
        co_return written&& keep_alive;
    }

    /// The handler's answer from a worker; nothing if it takes too long (its result is dropped
    /// then, what it did stays done, and the same call again finds that out).
    asio::awaitable<std::optional<Handled>> work(Request request) {
        struct Pending {
            std::optional<Handled> handled;
            asio::steady_timer* waiting = nullptr;
        };
        auto pending = std::make_shared<Pending>();
        asio::steady_timer done(core_.io, limits().handler_deadline);
        pending->waiting = &done;
        ++core_.calls_waiting;
        asio::post(core_.workers, [&core = core_, pending, call = std::move(request)]() mutable {
            auto answered = std::make_shared<Handled>(core.handler.handle(std::move(call)));
            asio::post(core.io, [&core, pending, answered] {
                --core.calls_waiting;
                if (!pending->waiting) return;
                pending->handled = std::move(*answered);
                pending->waiting->cancel();
            });
        });
        co_await done.async_wait(kAwait);
        pending->waiting = nullptr;
        co_return std::move(pending->handled);
    }

    asio::awaitable<void> refuse(Refusal refusal) {
        const std::string id = core_.next_request_id();
        Reply reply = http_problem(refusal.status, refusal.code, refusal.message, id);
        if (refusal.status == 503) {
            const int wait_s = core_.draining() ? kRetryDrain_s : kRetryBusy_s;
            reply.fields.emplace_back("Retry-After", std::to_string(wait_s));
        }
        core_.log.info("refused",
                       {{"request", id}, {"status", refusal.status}, {"why", refusal.code}});
        if (co_await write(std::move(reply), false, false)) co_await linger();
    }

    asio::awaitable<bool> write(Reply reply, bool keep_alive, bool head_only) {
        set_transfer_deadline(reply.bytes().size());
        http::response_header<> header;
        header.version(11);
        header.result(static_cast<unsigned>(reply.status));
        header.set(http::field::date, http_date(core_.clock.now()));
        if (!reply.content_type.empty()) {
            const bool is_safe = fits_one_line(reply.content_type);
            header.set(http::field::content_type,
                       is_safe ? std::string_view(reply.content_type) : kAnyOctets);
        }
        for (const auto& [name, value] : reply.fields) {
            if (fits_one_line(value)) header.insert(name, value);
        }
        const std::string_view bytes_out = reply.bytes();
        if (head_only) {
            http::response<http::empty_body> message(std::move(header));
            message.content_length(bytes_out.size());
            message.keep_alive(keep_alive);
            const auto [error, bytes] = co_await http::async_write(stream_, message, kAwait);
            co_return !error;
        }
        using Body = http::span_body<const char>;  // `reply` outlives it
        http::response<Body> message(std::move(header),
                                     Body::value_type(bytes_out.data(), bytes_out.size()));
        message.content_length(bytes_out.size());
        message.keep_alive(keep_alive);
        const auto [error, bytes] = co_await http::async_write(stream_, message, kAwait);
        co_return !error;
    }

    /// Reads what the client still sends, for a while: closing at once would reset the connection
    /// and could destroy our reply on its way.
    asio::awaitable<void> linger() {
        beast::error_code ignored;
        beast::get_lowest_layer(stream_).socket().shutdown(asio::socket_base::shutdown_send,
                                                           ignored);
        set_deadline(limits().linger_deadline);
        std::array<char, 4096> sink;
        for (std::size_t total = 0; total < limits().linger_bytes_max;) {
            const auto [error, bytes] = co_await beast::get_lowest_layer(stream_).async_read_some(
                asio::buffer(sink), kAwait);
            if (error) break;
            total += bytes;
        }
    }

    void log_call(const std::string& id, const Handled& handled, int status, std::size_t bytes_in,
                  std::size_t bytes_out) {
        if (handled.unlogged && status < 500) return;
        using std::chrono::duration_cast;
        const auto took = duration_cast<milliseconds>(core_.clock.steady() - started_);
        core_.log.info("call", {{"request", id},
                                {"route", handled.route},
                                {"status", status},
                                {"ms", took.count()},
                                {"bytes_in", static_cast<std::int64_t>(bytes_in)},
                                {"bytes_out", static_cast<std::int64_t>(bytes_out)},
                                {"caller", std::string_view(handled.caller)}});
    }

    HttpServer::Core& core_;
    Stream& stream_;
    const std::string peer_;
    const std::string address_;
    std::string inbox_;
    bool idle_ = false;
    Steady idle_since_{};
    bool first_ = true;
    Steady started_{};
};

}  // namespace

asio::awaitable<void> serve_connection(HttpServer::Core& core, asio::ip::tcp::socket socket,
                                       std::string address) {
    beast::error_code ignored;
    const std::string peer(without_mapping(socket.remote_endpoint(ignored).address().to_string()));
    if (!core.tls) {
        beast::tcp_stream stream(std::move(socket));
        Connection connection(core, stream, peer, address);
        co_await connection.serve();
        co_return;
    }
    beast::ssl_stream<beast::tcp_stream> stream(std::move(socket), *core.tls);
    Connection connection(core, stream, peer, address);
    beast::get_lowest_layer(stream).expires_after(core.options.limits.head_deadline);
    const auto [error] = co_await stream.async_handshake(asio::ssl::stream_base::server, kAwait);
    if (error) co_return;
    co_await connection.serve();
    beast::get_lowest_layer(stream).expires_after(core.options.limits.linger_deadline);
    co_await stream.async_shutdown(kAwait);
}

}  // namespace survey
