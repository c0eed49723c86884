#pragma once

#include <string>
#include <string_view>

#include "common/base/result.h"
#include "common/model/form.h"
#include "common/model/review.h"
#include "common/sync/messages.h"

namespace survey::codec {

/// Bytes of the messages: format version, message type, zstd frame. Layout: WIRE.md in this room.

/// Most bytes that one message may have once unpacked; a bomb stops here.
inline constexpr std::size_t kMessageBytesMax = 4 * 1024 * 1024;
/// A page of the change stream may hold one whole form with its media.
inline constexpr std::size_t kPageBytesMax = 32 * 1024 * 1024;

std::string encode(const EnrolRequest& message);
std::string encode(const EnrolReply& message);
std::string encode(const HelloRequest& message);
std::string encode(const HelloReply& message);
std::string encode(const PushRequest& message);
std::string encode(const PushReply& message);
std::string encode(const PullRequest& message);
std::string encode(const PullReply& message);
/// Bodies of changes.
std::string encode(const PublishedForm& form);
std::string encode(const Review& review);

/// Reads exactly one message of type `Message` (one of the above). kInvalidInput: not ours (a
/// captive portal), truncated, too deep, left-over bytes. kUnsupported: a later format version.
/// kLimit: larger than the bound. Never allocates more than the bound, whatever the bytes say.
template <typename Message>
Result<Message> decode(std::string_view bytes);

}  // namespace survey::codec
