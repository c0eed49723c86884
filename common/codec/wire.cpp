#include "common/codec/wire.h"

#include "common/base/plain_text.h"
#include "common/codec/bytes_internal.h"
#include "common/codec/compress_internal.h"
#include "common/codec/fields_internal.h"
#include "common/sync/plan.h"

namespace survey::codec {

namespace {

constexpr char kMark = 'W';
/// Version of the fields in fields_internal.h.
constexpr char kFormat = 1;
constexpr std::size_t kHeaderBytes = 3;

/// Sent: never change or reuse a number.
template <typename Message>
constexpr char kType = 0;
template <>
constexpr char kType<EnrolRequest> = 1;
template <>
constexpr char kType<EnrolReply> = 2;
template <>
constexpr char kType<HelloRequest> = 3;
template <>
constexpr char kType<HelloReply> = 4;
template <>
constexpr char kType<PushRequest> = 5;
template <>
constexpr char kType<PushReply> = 6;
template <>
constexpr char kType<PullRequest> = 7;
template <>
constexpr char kType<PullReply> = 8;
template <>
constexpr char kType<PublishedForm> = 20;
template <>
constexpr char kType<Review> = 21;

template <typename Message>
constexpr std::size_t kBytesMax = kMessageBytesMax;
template <>
constexpr std::size_t kBytesMax<PullReply> = kPageBytesMax;
template <>
constexpr std::size_t kBytesMax<PublishedForm> = kPageBytesMax;

// What the types alone do not say. The values are looked at again by whoever acts on them; here
// stands what no peer of ours ever sends.

bool is_status(ItemStatus status) {
    return status >= ItemStatus::kStored && status <= ItemStatus::kNotAuthentic;
}

bool is_reason(QuarantineReason reason) {
    return reason <= QuarantineReason::kOtherInstance;
}

bool is_name(const std::string& text, std::size_t bytes_max = 1000) {
    return text.size() <= bytes_max && is_plain_text(text);
}

bool is_device(const DeviceId& device) {
    return is_ulid(device.text());
}

bool is_sound(const EnrolRequest& message) {
    return is_name(message.code, 100) && is_name(message.device_name, 200) &&
           is_name(message.app_version, 100);
}

bool is_sound(const EnrolReply& message) {
    return is_device(message.device) && is_name(message.token, 200) && is_name(message.project);
}

bool is_sound(const HelloRequest& message) {
    return is_device(message.writer.device) && is_name(message.app_version, 100);
}

bool is_sound(const HelloReply& message) {
    for (const std::string& notice : message.notices) {
        if (!is_name(notice, 4000)) return false;
    }
    return message.notices.size() <= 20;
}

bool is_sound(const PushRequest& message) {
    for (const PushItem& item : message.items) {
        if (item.entry.writer != message.writer) return false;
    }
    return is_device(message.writer.device) && message.items.size() <= BatchLimits{}.items_max;
}

bool is_sound(const PushReply& message) {
    for (const PushResult& result : message.results) {
        if (!is_status(result.status) || !is_reason(result.reason)) return false;
        if (result.receipt &&
            (!is_status(result.receipt->status) || !is_reason(result.receipt->reason))) {
            return false;
        }
    }
    return true;
}

bool is_sound(const PullRequest&) {
    return true;
}

bool is_sound(const PullReply& message) {
    std::uint64_t last = message.from;
    for (const Change& change : message.changes) {
        if (change.pos <= last || change.pos > message.to) return false;
        last = change.pos;
    }
    return message.to >= message.from;
}

bool is_sound(const PublishedForm& form) {
    for (const FormMedia& media : form.media) {
        if (media.name.empty() || !is_name(media.name, 255)) return false;
    }
    return !form.ref.id.empty() && is_name(form.ref.id, 255) && is_name(form.ref.version, 255) &&
           is_name(form.title) && is_plain_text(form.xml);
}

bool is_sound(const Review& review) {
    return is_instance_id(review.instance.text()) && review.state <= ReviewState::kRejected &&
           is_name(review.note, 4000);
}

template <typename Message>
std::string write(const Message& message) {
    Out out;
    out(message);
    return std::string{kMark, kFormat, kType<Message>} + compress(std::move(out).take());
}

Error not_ours(const char* reason) {
    return fail(ErrorCode::kInvalidInput,
                std::string("the answer is not a Werkstatt message: ") + reason);
}

}  // namespace

std::string encode(const EnrolRequest& message) {
    return write(message);
}
std::string encode(const EnrolReply& message) {
    return write(message);
}
std::string encode(const HelloRequest& message) {
    return write(message);
}
std::string encode(const HelloReply& message) {
    return write(message);
}
std::string encode(const PushRequest& message) {
    return write(message);
}
std::string encode(const PushReply& message) {
    return write(message);
}
std::string encode(const PullRequest& message) {
    return write(message);
}
std::string encode(const PullReply& message) {
    return write(message);
}
std::string encode(const PublishedForm& form) {
    return write(form);
}
std::string encode(const Review& review) {
    return write(review);
}

template <typename Message>
Result<Message> decode(std::string_view bytes) {
    if (bytes.size() < kHeaderBytes || bytes[0] != kMark) return not_ours("it starts otherwise");
    if (bytes[1] != kFormat) {
        return fail(ErrorCode::kUnsupported,
                    "the message has format " +
                        std::to_string(static_cast<unsigned char>(bytes[1])) +
                        ", this version reads format 1; please update");
    }
    if (bytes[2] != kType<Message>) return not_ours("it is of another type");
    TRY_ASSIGN(const std::string body, decompress(bytes.substr(kHeaderBytes), kBytesMax<Message>));
    Message message;
    try {
        // Twice the bytes for the values, and as much again for what a vector holds in reserve.
        BoundedIn in(body, 4 * body.size() + 4096);
        in(message);
        in.finish();
    } catch (const BadBytes& bad) {
        return not_ours(bad.reason);
    }
    if (!is_sound(message)) return not_ours("a value is out of its range");
    return message;
}

template Result<EnrolRequest> decode(std::string_view);
template Result<EnrolReply> decode(std::string_view);
template Result<HelloRequest> decode(std::string_view);
template Result<HelloReply> decode(std::string_view);
template Result<PushRequest> decode(std::string_view);
template Result<PushReply> decode(std::string_view);
template Result<PullRequest> decode(std::string_view);
template Result<PullReply> decode(std::string_view);
template Result<PublishedForm> decode(std::string_view);
template Result<Review> decode(std::string_view);

}  // namespace survey::codec
