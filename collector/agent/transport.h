#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "common/base/result.h"

namespace survey::collector {

/// What came back, whatever its status. Nobody concludes anything from a status alone: only a body
/// in our own format counts (a captive portal answers 200 too).
struct TransportReply {
    int status = 0;
    std::string body;
    std::optional<std::chrono::milliseconds> retry_after;
};

/// One call, as the agent makes it. The views live until the answer is there.
struct TransportCall {
    enum class Method : std::uint8_t { kPost, kPut };
    Method method = Method::kPost;
    std::string_view path;  ///< "/v1/push"
    std::string_view body;
    std::string_view token;  ///< The device's; empty: none.
    std::string_view content_type = "application/x-werkstatt";
};

/// The way to the server, as the agent needs it: one call at a time. Implemented by collector/curl
/// and by the fake network of the simulation. One thread.
class Transport {
  public:
    virtual ~Transport() = default;

    /// Any HTTP answer is a value. kUnavailable: no connection, time-out, torn answer; kForbidden:
    /// the server's certificate is not trusted; kLimit: the answer is longer than
    /// `reply_bytes_max`.
    virtual Result<TransportReply> send(const TransportCall& call, std::size_t reply_bytes_max) = 0;

    /// A message of ours.
    Result<TransportReply> post(std::string_view path, std::string_view body,
                                std::string_view token, std::size_t reply_bytes_max) {
        TransportCall call;
        call.path = path;
        call.body = body;
        call.token = token;
        return send(call, reply_bytes_max);
    }
};

}  // namespace survey::collector
