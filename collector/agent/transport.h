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

/// The way to the server, as the agent needs it: one POST at a time. Implemented by collector/curl
/// and by the fake network of the simulation. One thread.
class Transport {
  public:
    virtual ~Transport() = default;

    /// Sends `body` to `path` ("/v1/push") with the device's token (empty: none). Any HTTP answer
    /// is a value. kUnavailable: no connection, time-out, torn answer; kForbidden: the server's
    /// certificate is not trusted; kLimit: the answer is longer than `reply_bytes_max`.
    virtual Result<TransportReply> post(std::string_view path, std::string_view body,
                                        std::string_view token, std::size_t reply_bytes_max) = 0;
};

}  // namespace survey::collector
