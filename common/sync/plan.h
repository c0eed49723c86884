#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "common/model/log_entry.h"
#include "common/sync/messages.h"

namespace survey {

/// Bounds of one push. Small enough for a two-minute call on a 10 kB/s line.
struct BatchLimits {
    std::size_t items_max = 100;
    std::size_t bytes_max = 1024 * 1024;
};

/// How many of the pending items, whose envelopes have these sizes in order, go into the next push.
/// A single item over `bytes_max` goes alone, so that it cannot block the rest. 0 only if none
/// wait.
std::size_t plan_batch(std::span<const std::size_t> sizes, const BatchLimits& limits);

/// Limits after the server or a proxy said "too large": half, down to one item.
BatchLimits smaller(const BatchLimits& limits);

/// What the device does after the server's answer to hello (decision by hash, never by number
/// alone).
enum class HelloAction : std::uint8_t {
    kSend,          ///< Send the entries from `send_from` on (none if that is past the own head).
    kRotate,        ///< New incarnation, log again whatever has no receipt of this epoch, say hello
                    ///< again.
    kTouchNothing,  ///< Stale or wrong server: alarm, change nothing, purge nothing.
    kUpdateNeeded,  ///< The server no longer speaks this protocol. Keep everything, ask for an
                    ///< update.
    kRevoked,       ///< Enrolment withdrawn: send what is there (it is quarantined), take nothing.
    kIgnore,        ///< Not the answer to this hello.
};

/// Why a rotation is due, for the sentence on the screen.
enum class HelloFinding : std::uint8_t {
    kNormal,
    kServerForgot,    ///< The server has less than it had confirmed: it was restored.
    kRestoredBackup,  ///< The server knows more of this writer than the device does.
    kFork,            ///< Same number, other hash: a copy of this device is at work.
    kWrongServer,     ///< Another server id than the device enrolled with.
    kStaleEpoch,
};

struct HelloDecision {
    HelloAction action = HelloAction::kTouchNothing;
    HelloFinding finding = HelloFinding::kNormal;
    std::uint64_t send_from = 1;
    /// The epoch is newer than the device's: cursor to 0, floor forgotten, witness repair pending.
    bool new_epoch = false;
};

/// What the device knows of itself when the answer comes.
struct HelloSituation {
    HelloRequest sent;
    ServerId server;        ///< From enrolment.
    EntryHash own_hash_at;  ///< Own hash at number min(own seq, server's head); zero at 0.
    std::uint64_t acknowledged_seq = 0;  ///< Highest number with a receipt, whatever epoch.
};

HelloDecision decide_after_hello(const HelloSituation& device, const HelloReply& reply);

}  // namespace survey
