#include <atomic>
#include <thread>

#include "tests/unit/sync-server/store/fixture.h"

using namespace survey;
using test::make_envelope;
using test::ServerFixture;

namespace {

RevisionEnvelope answer(int number) {
    return make_envelope("uuid:" + std::to_string(number), "<a/>");
}

server::Judgement odd() {
    server::Judgement judgement;
    judgement.quarantine = QuarantineReason::kInvalid;
    return judgement;
}

}  // namespace

TEST_CASE("a limit of answers is exact however many come at once", "[server][intake]") {
    ServerFixture f;
    constexpr int kThreads = 8;
    constexpr int kEach = 10;
    constexpr std::uint64_t kPlaces = 37;
    std::atomic<int> stored = 0;
    std::atomic<int> full = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < kThreads; ++t) {
        threads.emplace_back([&, t] {
            for (int i = 0; i < kEach; ++i) {
                const server::Intake intake{.channel = "link:A", .answers_max = kPlaces};
                const auto result = f.store->submit(answer(t * kEach + i), {}, intake);
                if (result)
                    ++stored;
                else if (result.error().code == ErrorCode::kLimit)
                    ++full;
            }
        });
    }
    for (std::thread& thread : threads)
        thread.join();
    CHECK(stored == static_cast<int>(kPlaces));
    CHECK(full == kThreads * kEach - static_cast<int>(kPlaces));
    CHECK(*f.store->count_submissions({}) == kPlaces);
    CHECK(*f.store->count_channel("link:A") == kPlaces);
    CHECK(*f.store->count_channel("link:B") == 0);
}

TEST_CASE("a duplicate takes no place and is answered when nothing new is taken",
          "[server][intake]") {
    ServerFixture f;
    server::Intake intake{.channel = "link:A", .answers_max = 1};
    const auto first = f.store->submit(answer(1), {}, intake);
    REQUIRE(first);
    CHECK(f.store->submit(answer(2), {}, intake).error().code == ErrorCode::kLimit);
    CHECK(f.store->submit(answer(1), {}, intake)->status == ItemStatus::kDuplicate);
    intake.takes_new = false;
    const auto again = f.store->submit(answer(1), {}, intake);
    REQUIRE(again);
    CHECK(again->status == ItemStatus::kDuplicate);
    CHECK(again->receipt == first->receipt);
    CHECK(f.store->submit(answer(3), {}, intake).error().code == ErrorCode::kForbidden);
    CHECK(*f.store->count_submissions({}) == 1);
    // What was refused left no trace, so it may come by another door.
    CHECK(f.store->submit(answer(2), {}, {})->status == ItemStatus::kStored);
}

TEST_CASE("a limit of none takes none", "[server][intake]") {
    ServerFixture f;
    const server::Intake intake{.channel = "link:A", .answers_max = 0};
    CHECK(f.store->submit(answer(1), {}, intake).error().code == ErrorCode::kLimit);
    CHECK(*f.store->count_channel("link:A") == 0);
}

TEST_CASE("what is set apart takes no place and may be replaced; what counts may not",
          "[server][intake]") {
    ServerFixture f;
    const server::Intake intake{.channel = "link:A", .answers_max = 1};
    REQUIRE(f.store->submit(answer(1), odd(), intake));
    CHECK(*f.store->count_channel("link:A") == 0);
    RevisionEnvelope better = answer(1);
    better.content = "<a>better</a>";
    const auto replaced = f.store->submit(better, {}, intake);
    REQUIRE(replaced);
    CHECK(replaced->status == ItemStatus::kStored);
    const auto submission = f.store->submission(InstanceId("uuid:1"));
    REQUIRE(submission);
    CHECK(submission->head == replaced->rev);
    CHECK(submission->heads == 1);
    CHECK(submission->revisions == 2);
    CHECK(*f.store->count_channel("link:A") == 1);
    RevisionEnvelope third = answer(1);
    third.content = "<a>third</a>";
    CHECK(f.store->submit(third, {}, intake).error().code == ErrorCode::kConflict);
    CHECK(f.store->submission(InstanceId("uuid:1"))->head == replaced->rev);
}

TEST_CASE("the time of arrival may be kept as a day", "[server][intake]") {
    ServerFixture f;
    const Instant day{std::chrono::milliseconds(1'777'852'800'000)};
    REQUIRE(f.store->submit(answer(1), {}, {.received = day}));
    CHECK(f.store->history(InstanceId("uuid:1"))->at(0).received == day);
}
