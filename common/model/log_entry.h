#pragma once

#include <cstdint>
#include <string_view>

#include "common/model/ids.h"

namespace survey {

/// One link of a writer's chain: "as my number `seq` I finalised `rev`". Custody, not content:
/// after a fork the same revision gets a new entry under a new incarnation.
struct LogEntry {
    WriterId writer;
    std::uint64_t seq = 0;  ///< From 1, gapless.
    EntryHash prev;         ///< Hash of entry `seq - 1`; zero for the first.
    RevisionId rev;
    Signature signature;  ///< By the device's key, over the canonical bytes (codec/envelope.h).

    friend bool operator==(const LogEntry&, const LogEntry&) = default;
};

/// How far a writer's chain reaches.
struct ChainHead {
    std::uint64_t seq = 0;  ///< 0: nothing yet.
    EntryHash hash;         ///< Of entry `seq`; zero when there is none.

    friend bool operator==(const ChainHead&, const ChainHead&) = default;
};

/// Where a new incarnation comes from: the chain that it stopped trusting.
struct WriterParent {
    Incarnation incarnation;
    ChainHead head;

    friend bool operator==(const WriterParent&, const WriterParent&) = default;
};

/// What became of a pushed item. Stored and sent: never change or reuse a number.
enum class ItemStatus : std::uint8_t {
    kStored = 1,
    kDuplicate = 2,     ///< Was here already; the receipt is the first one.
    kQuarantined = 3,   ///< Stored, kept out of results, shown to a supervisor.
    kErased = 4,        ///< Known and erased on request: the device deletes its copy.
    kRetry = 5,         ///< Nothing was done; the same item may be sent again.
    kNeedBlob = 6,      ///< Stored; attachments are missing.
    kFork = 7,          ///< The chain here has another entry with this number: change incarnation.
    kGap = 8,           ///< Entries before this one are missing: send from `head + 1`.
    kNotAuthentic = 9,  ///< Hash or signature wrong: not stored. The device keeps it and says so.
};

/// Why an item is in quarantine. Stored and sent: never change or reuse a number.
enum class QuarantineReason : std::uint8_t {
    kNone = 0,
    kUnknownForm = 1,    ///< No such form or version was published here.
    kInvalid = 2,        ///< The form's own rules say no.
    kNotAssigned = 3,    ///< This device may not fill this form.
    kRevoked = 4,        ///< The device's enrolment had been revoked.
    kUnknownFormat = 5,  ///< An envelope this build cannot read; kept byte for byte.
    kClock = 6,          ///< The time cannot be right.
    kFormMismatch = 7,   ///< The form's text differs from the published one.
    kOtherInstance = 8,  ///< A parent belongs to another interview.
};

/// True for the statuses after which the device may count the item as delivered.
bool is_final(ItemStatus status);
/// Stable spelling for logs and JSON: "stored", "duplicate", …
std::string_view status_name(ItemStatus status);
std::string_view reason_name(QuarantineReason reason);

/// The server's signed word that it has a revision, given only after the durable commit. The only
/// thing that changes what a device believes.
struct Receipt {
    ServerId server;
    Epoch epoch;
    RevisionId rev;
    std::uint64_t pos = 0;  ///< Where the revision stands in the server's change stream.
    ItemStatus status = ItemStatus::kStored;
    QuarantineReason reason = QuarantineReason::kNone;
    Signature signature;  ///< By the server's key, over the canonical bytes (codec/envelope.h).

    friend bool operator==(const Receipt&, const Receipt&) = default;
};

}  // namespace survey
