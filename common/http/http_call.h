#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "common/base/result.h"
#include "common/http/request.h"

namespace survey {

/// What a server answered.
struct CallAnswer {
    int status = 0;
    std::string content_type;
    std::string body;
};

/// One call to a server of this machine, waited for. For the office's commands; the collector has
/// its own transport.
/// \param url "http://127.0.0.1:8080", as HttpServer::url gives it.
/// \param target path and query, encoded.
/// kUnavailable: nobody answers there (or not in time); kUnsupported: not a plain http address.
Result<CallAnswer> http_call(const std::string& url, Method method, const std::string& target,
                             const std::string& bearer_token, std::string_view body,
                             std::chrono::seconds patience);

}  // namespace survey
