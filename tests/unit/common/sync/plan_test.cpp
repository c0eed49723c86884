#include "common/sync/plan.h"

#include <catch2/catch.hpp>

using namespace survey;

namespace {

EntryHash hash(std::uint8_t number) {
    EntryHash made;
    made.bytes[0] = number;
    return made;
}

/// A device with five entries, all confirmed, meeting the server it knows in the epoch it knows.
struct Meeting {
    HelloSituation device;
    HelloReply reply;

    Meeting() {
        device.server.bytes[0] = 1;
        device.sent.head = {5, hash(5)};
        device.sent.epoch_seen.counter = 2;
        device.sent.nonce = 99;
        device.own_hash_at = hash(5);
        device.acknowledged_seq = 5;
        reply.server = device.server;
        reply.epoch.counter = 2;
        reply.writer_known = true;
        reply.head = {5, hash(5)};
        reply.hash_at = hash(5);
        reply.nonce = 99;
    }
    HelloDecision decide() const { return decide_after_hello(device, reply); }
};

}  // namespace

TEST_CASE("a batch keeps to both limits and never blocks", "[sync][plan]") {
    const BatchLimits limits{3, 100};
    const auto plan = [&](std::vector<std::size_t> sizes) { return plan_batch(sizes, limits); };
    CHECK(plan({}) == 0);
    CHECK(plan({10}) == 1);
    CHECK(plan({10, 10, 10, 10}) == 3);
    CHECK(plan({50, 50, 1}) == 2);
    CHECK(plan({50, 51}) == 1);
    CHECK(plan({101, 1}) == 1);
    CHECK(plan({1, 101}) == 1);
    CHECK(plan({SIZE_MAX, SIZE_MAX}) == 1);
    CHECK(plan({99, SIZE_MAX}) == 1);
    CHECK(plan({0, 0, 0, 0}) == 3);
}

TEST_CASE("limits halve down to one item", "[sync][plan]") {
    BatchLimits limits;
    for (int i = 0; i < 40; ++i)
        limits = smaller(limits);
    CHECK(limits.items_max == 1);
    CHECK(limits.bytes_max == 1);
    CHECK(plan_batch(std::vector<std::size_t>{500, 500}, limits) == 1);
}

TEST_CASE("when both ends agree, what is above the server's head is sent", "[sync][hello]") {
    Meeting meeting;
    CHECK(meeting.decide().action == HelloAction::kSend);
    CHECK(meeting.decide().send_from == 6);
    meeting.reply.head = {3, hash(3)};
    meeting.reply.hash_at = meeting.device.own_hash_at = hash(3);
    meeting.device.acknowledged_seq = 3;
    CHECK(meeting.decide().send_from == 4);
    CHECK(meeting.decide().finding == HelloFinding::kNormal);
    CHECK_FALSE(meeting.decide().new_epoch);
}

TEST_CASE("a server that forgot is sent everything again", "[sync][hello]") {
    Meeting meeting;
    meeting.reply.head = {3, hash(3)};
    meeting.reply.hash_at = meeting.device.own_hash_at = hash(3);
    CHECK(meeting.decide().finding == HelloFinding::kServerForgot);
    CHECK(meeting.decide().action == HelloAction::kSend);
    CHECK(meeting.decide().send_from == 4);
    meeting.reply.writer_known = false;
    meeting.reply.head = {};
    meeting.reply.hash_at = meeting.device.own_hash_at = EntryHash{};
    CHECK(meeting.decide().send_from == 1);
}

TEST_CASE("a device older than the server's knowledge changes its incarnation", "[sync][hello]") {
    Meeting meeting;
    meeting.reply.head = {8, hash(8)};
    CHECK(meeting.decide().action == HelloAction::kRotate);
    CHECK(meeting.decide().finding == HelloFinding::kRestoredBackup);
}

TEST_CASE("another hash at the same number is a fork, whatever the numbers", "[sync][hello]") {
    for (const std::uint64_t head : {3U, 5U, 8U}) {
        CAPTURE(head);
        Meeting meeting;
        meeting.reply.head = {head, hash(200)};
        meeting.reply.hash_at = hash(201);
        CHECK(meeting.decide().action == HelloAction::kRotate);
        CHECK(meeting.decide().finding == HelloFinding::kFork);
    }
}

TEST_CASE("a newer epoch starts the cursor again and goes on", "[sync][hello]") {
    Meeting meeting;
    meeting.reply.epoch.counter = 3;
    CHECK(meeting.decide().new_epoch);
    CHECK(meeting.decide().action == HelloAction::kSend);
    meeting.reply.epoch = meeting.device.sent.epoch_seen;
    meeting.reply.epoch.random.bytes[0] = 7;
    CHECK(meeting.decide().new_epoch);
}

TEST_CASE("a stale or foreign server changes nothing", "[sync][hello]") {
    Meeting stale;
    stale.reply.epoch.counter = 1;
    CHECK(stale.decide().action == HelloAction::kTouchNothing);
    CHECK(stale.decide().finding == HelloFinding::kStaleEpoch);
    Meeting foreign;
    foreign.reply.server.bytes[0] = 9;
    CHECK(foreign.decide().action == HelloAction::kTouchNothing);
    CHECK(foreign.decide().finding == HelloFinding::kWrongServer);
    Meeting late;
    late.reply.nonce = 98;
    CHECK(late.decide().action == HelloAction::kIgnore);
    Meeting old;
    old.reply.protocol_min = kProtocolVersion + 1;
    CHECK(old.decide().action == HelloAction::kUpdateNeeded);
    Meeting revoked;
    revoked.reply.revoked = true;
    CHECK(revoked.decide().action == HelloAction::kRevoked);
}
