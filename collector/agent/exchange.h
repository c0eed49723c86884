#pragma once

#include <string>
#include <string_view>

#include "collector/agent/transport.h"
#include "common/base/result.h"
#include "common/codec/wire.h"

namespace survey::collector {

/// What an answer that is not 200 means for the caller; the server's own sentence, if its body is a
/// problem of ours, else one about the status. 413 is kLimit, 409 kConflict, 426 kUnsupported,
/// 401 and 403 kNotEnrolled, 404 kNotFound; everything else kUnavailable.
Error refusal(const TransportReply& reply);

/// Somebody answered who is not the survey server: the login page of a network, a proxy.
Error stranger();

/// Sends one message and reads the answer. A 200 with a body that is not ours (the login page of a
/// network, a proxy's error) is kUnavailable: the answer may well be ours next time.
template <typename Reply, typename Request>
Result<Reply> exchange(Transport& transport, std::string_view path, const Request& request,
                       std::string_view token, std::size_t reply_bytes_max) {
    TRY_ASSIGN(const TransportReply reply,
               transport.post(path, codec::encode(request), token, reply_bytes_max));
    if (reply.status != 200) return refusal(reply);
    auto message = codec::decode<Reply>(reply.body);
    if (message) return *std::move(message);
    if (message.error().code == ErrorCode::kUnsupported) return std::move(message).error();
    return stranger();
}

}  // namespace survey::collector
