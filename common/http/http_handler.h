#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "common/http/reply.h"
#include "common/http/request.h"

namespace survey {

/// The answer to a call, and what the log says of it.
struct Handled {
    Reply reply;
    std::string_view route = "none";  ///< Name of what was asked for; it outlives the call.
    std::string caller;               ///< Name of a known program or machine; mostly empty.
    /// No line for this call unless the server failed: the times of the lines would tell when an
    /// answer was given.
    bool unlogged = false;
};

/// What stands behind the door. Both functions may be called from several threads at once.
class HttpHandler {
  public:
    virtual ~HttpHandler() = default;
    /// How long a body this call may have, before it is read. A call that nothing takes has none.
    virtual std::size_t body_bytes_max(Method method, const Target& target) const = 0;
    /// Every failure is a reply; never throws.
    virtual Handled handle(Request request) = 0;
};

}  // namespace survey
