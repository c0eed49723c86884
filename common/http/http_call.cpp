#include "common/http/http_call.h"

#include <optional>
#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

#include "common/base/number.h"

namespace survey {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;

// A list of everything that arrived, or a workbook; nothing of ours is larger.
constexpr std::uint64_t kAnswerBytesMax = 256 * 1024 * 1024;

struct Place {
    asio::ip::tcp::endpoint endpoint;
    std::string host;
};

Result<Place> read_url(const std::string& url) {
    constexpr std::string_view kScheme = "http://";
    const auto colon = url.rfind(':');
    if (url.rfind(kScheme, 0) != 0 || colon <= kScheme.size()) {
        return fail(ErrorCode::kUnsupported,
                    "Commands reach a server only by plain http on this "
                    "machine, not by " +
                        url + ".");
    }
    std::string address = url.substr(kScheme.size(), colon - kScheme.size());
    if (address.front() == '[') address = address.substr(1, address.size() - 2);
    if (address == "0.0.0.0") address = "127.0.0.1";
    if (address == "::") address = "::1";
    beast::error_code error;
    const auto ip = asio::ip::make_address(address, error);
    const auto port = parse_int(url.substr(colon + 1));
    if (error || !port || *port < 1 || *port > 65'535)
        return fail(ErrorCode::kUnsupported, "\"" + url + "\" is not the address of a server.");
    const asio::ip::tcp::endpoint endpoint(ip, static_cast<std::uint16_t>(*port));
    const std::string host = ip.is_v6() ? "[" + ip.to_string() + "]" : ip.to_string();
    return Place{endpoint, host + ":" + std::to_string(*port)};
}

/// Runs what was started until it is done; the stream's deadline ends it.
template <typename Start>
beast::error_code await(asio::io_context& io, Start start) {
    beast::error_code result;
    start([&result](beast::error_code error, auto&&...) { result = error; });
    io.restart();
    io.run();
    return result;
}

}  // namespace

Result<CallAnswer> http_call(const std::string& url, Method method, const std::string& target,
                             const std::string& bearer_token, std::string_view body,
                             std::chrono::seconds patience) {
    TRY_ASSIGN(const Place place, read_url(url));
    asio::io_context io{1};
    beast::tcp_stream stream(io);
    stream.expires_after(patience);
    const auto unavailable = [&url](const beast::error_code& error) {
        return fail(ErrorCode::kUnavailable,
                    "The server at " + url + " does not answer: " + error.message());
    };
    beast::error_code error =
        await(io, [&](auto done) { stream.async_connect(place.endpoint, done); });
    if (error) return unavailable(error);

    http::request<http::string_body> request;
    request.version(11);
    request.method_string(std::string(method_name(method)));
    request.target(target);
    request.set(http::field::host, place.host);
    request.set(http::field::authorization, "Bearer " + bearer_token);
    if (!is_safe(method)) {
        request.body() = body;
        request.content_length(body.size());
    }
    request.keep_alive(false);
    error = await(io, [&](auto done) { http::async_write(stream, request, done); });
    if (error) return unavailable(error);

    beast::flat_buffer buffer;
    http::response_parser<http::string_body> parser;
    parser.body_limit(kAnswerBytesMax);
    error = await(io, [&](auto done) { http::async_read(stream, buffer, parser, done); });
    if (error) return unavailable(error);
    http::response<http::string_body> response = parser.release();
    CallAnswer answer;
    answer.status = static_cast<int>(response.result_int());
    answer.content_type = std::string(response[http::field::content_type]);
    answer.body = std::move(response.body());
    return answer;
}

}  // namespace survey
