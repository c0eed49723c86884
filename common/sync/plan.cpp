#include "common/sync/plan.h"

#include <algorithm>

namespace survey {

std::size_t plan_batch(std::span<const std::size_t> sizes, const BatchLimits& limits) {
    std::size_t count = 0;
    std::size_t bytes = 0;
    while (count < sizes.size() && count < std::max<std::size_t>(limits.items_max, 1)) {
        const std::size_t size = sizes[count];
        const bool fits = bytes <= limits.bytes_max && size <= limits.bytes_max - bytes;
        if (!fits && count > 0) break;
        bytes += size;
        ++count;
        if (!fits) break;
    }
    return count;
}

BatchLimits smaller(const BatchLimits& limits) {
    return {std::max<std::size_t>(limits.items_max / 2, 1),
            std::max<std::size_t>(limits.bytes_max / 2, 1)};
}

HelloDecision decide_after_hello(const HelloSituation& device, const HelloReply& reply) {
    const HelloRequest& sent = device.sent;
    if (reply.nonce != sent.nonce) return {HelloAction::kIgnore, HelloFinding::kNormal, 1, false};
    if (reply.server != device.server) {
        return {HelloAction::kTouchNothing, HelloFinding::kWrongServer, 1, false};
    }
    if (reply.protocol_min > sent.protocol) {
        return {HelloAction::kUpdateNeeded, HelloFinding::kNormal, 1, false};
    }
    if (reply.epoch.counter < sent.epoch_seen.counter) {
        return {HelloAction::kTouchNothing, HelloFinding::kStaleEpoch, 1, false};
    }
    // Same counter, other random part: two restores of one backup. Nothing from before holds.
    HelloDecision decision;
    decision.new_epoch = reply.epoch != sent.epoch_seen;
    decision.action = reply.revoked ? HelloAction::kRevoked : HelloAction::kSend;
    const ChainHead there = reply.writer_known ? reply.head : ChainHead{};
    if (reply.hash_at != device.own_hash_at) {
        return {HelloAction::kRotate, HelloFinding::kFork, 1, decision.new_epoch};
    }
    if (there.seq > sent.head.seq) {
        return {HelloAction::kRotate, HelloFinding::kRestoredBackup, 1, decision.new_epoch};
    }
    decision.send_from = there.seq + 1;
    if (there.seq < device.acknowledged_seq) decision.finding = HelloFinding::kServerForgot;
    return decision;
}

}  // namespace survey
