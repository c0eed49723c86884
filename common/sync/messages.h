#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/base/clock.h"
#include "common/model/ids.h"
#include "common/model/log_entry.h"

namespace survey {

/// What device and server say to each other. Plain values; the bytes are common/codec/WIRE.md.
/// Everything after enrolment carries the device's token beside the message (an HTTP header).

/// Raised when a message changes so that an old peer cannot read it. A server also understands the
/// two before.
inline constexpr std::uint32_t kProtocolVersion = 1;

/// Up to where a device has seen the change stream. `pos` means something only within `epoch`.
struct PullCursor {
    Epoch epoch;
    std::uint64_t pos = 0;

    friend bool operator==(const PullCursor&, const PullCursor&) = default;
};

/// Turns a code that a person typed or scanned into an enrolled device.
struct EnrolRequest {
    std::uint32_t protocol = kProtocolVersion;
    std::string code;
    std::string device_name;  ///< What the office will see.
    PublicKey device_key;     ///< Of the pair that signs this device's log.
    std::string app_version;

    friend bool operator==(const EnrolRequest&, const EnrolRequest&) = default;
};

struct EnrolReply {
    DeviceId device;
    ServerId server;
    PublicKey server_key;  ///< Checks receipts.
    Epoch epoch;
    std::string token;    ///< Secret; proves the device in every later call.
    std::string project;  ///< Title to show.

    friend bool operator==(const EnrolReply&, const EnrolReply&) = default;
};

/// First word of every session: what the device is and how far its log reaches.
struct HelloRequest {
    std::uint32_t protocol = kProtocolVersion;
    WriterId writer;
    std::optional<WriterParent> parent;  ///< Set when this incarnation replaced another.
    ChainHead head;
    Epoch epoch_seen;  ///< Counter 0: never met a server.
    PullCursor cursor;
    std::string app_version;
    Instant wall_clock{};
    std::uint64_t nonce = 0;  ///< Echoed, so that a late answer is not taken for this one.

    friend bool operator==(const HelloRequest&, const HelloRequest&) = default;
};

struct HelloReply {
    ServerId server;
    Epoch epoch;
    Instant server_time{};
    std::uint32_t protocol_min = 1;
    bool revoked = false;       ///< Enrolment withdrawn. The data stays; nothing new comes down.
    bool writer_known = false;  ///< False: first contact of this incarnation, or forgotten.
    ChainHead head;             ///< What the server has of this writer.
    EntryHash hash_at;          ///< Its hash at number min(device's seq, head.seq); zero at 0.
    std::uint64_t floor = 0;    ///< Bodies at or below may be dropped by the device.
    std::vector<std::string> notices;  ///< Sentences to show.
    std::uint64_t nonce = 0;

    friend bool operator==(const HelloReply&, const HelloReply&) = default;
};

/// One finalised revision with its custody.
struct PushItem {
    LogEntry entry;
    std::string envelope;  ///< Canonical bytes; `entry.rev` is their hash.

    friend bool operator==(const PushItem&, const PushItem&) = default;
};

/// In ascending number; all of one writer.
struct PushRequest {
    Epoch epoch;  ///< From the hello; another one at the server fails the whole call.
    WriterId writer;
    std::vector<PushItem> items;

    friend bool operator==(const PushRequest&, const PushRequest&) = default;
};

struct PushResult {
    std::uint64_t seq = 0;
    RevisionId rev;
    ItemStatus status = ItemStatus::kRetry;
    QuarantineReason reason = QuarantineReason::kNone;
    /// With every status that is final.
    std::optional<Receipt> receipt;

    friend bool operator==(const PushResult&, const PushResult&) = default;
};

struct PushReply {
    Epoch epoch;
    ChainHead head;  ///< Of this writer, after the batch.
    std::uint64_t floor = 0;
    std::vector<PushResult> results;  ///< One per item, same order.

    friend bool operator==(const PushReply&, const PushReply&) = default;
};

struct PullRequest {
    PullCursor cursor;
    std::uint32_t bytes_max = 256 * 1024;  ///< A page stops here; one larger change goes alone.

    friend bool operator==(const PullRequest&, const PullRequest&) = default;
};

/// What the server tells devices. Stored and sent: never change or reuse a number. A device skips
/// numbers that it does not know; its cursor passes them.
enum class ChangeKind : std::uint16_t {
    kForm = 1,        ///< Body: a PublishedForm.
    kSubmission = 2,  ///< For followers on the server; never sent.
    kReview = 3,      ///< Body: a Review.
    kErasure = 4,     ///< Body: an instance id whose revisions the device deletes.
};

struct Change {
    std::uint64_t pos = 0;
    std::uint16_t kind = 0;  ///< A ChangeKind, or a later one.
    std::string body;

    friend bool operator==(const Change&, const Change&) = default;
};

/// A page of the change stream. Applied only if `(epoch, from)` is the device's cursor; then the
/// cursor becomes `to` in the same transaction.
struct PullReply {
    Epoch epoch;  ///< Another one than asked: the page is empty, start again at 0.
    std::uint64_t from = 0;
    std::uint64_t to = 0;
    bool more = false;
    std::uint64_t floor = 0;
    std::vector<Change> changes;

    friend bool operator==(const PullReply&, const PullReply&) = default;
};

}  // namespace survey
