#include "sync-server/links/retention.h"

#include "sync-server/links/local_time.h"
#include "tests/unit/sync-server/store/fixture.h"

using namespace survey;
using test::make_envelope;

namespace {

constexpr std::chrono::hours kDay{24};

server::Project keeping(std::uint32_t days) {
    server::Project project;
    project.keep_days = days;
    project.zone = std::make_shared<FixedOffset>(std::chrono::minutes(60));
    return project;
}

void arrive(test::ServerFixture& f, const std::string& instance, const std::string& author,
            const server::Project& project) {
    RevisionEnvelope envelope = make_envelope(instance, "<a/>");
    envelope.author = author;
    server::Intake intake;
    intake.received = server::as_instant(server::day_of(f.clock.now(), *project.zone));
    REQUIRE(f.store->submit(envelope, {}, intake));
}

}  // namespace

TEST_CASE("answers by link go when their time is over, others stay", "[links][retention]") {
    test::ServerFixture f;
    const server::Project project = keeping(30);
    arrive(f, "uuid:old", "link:A", project);
    arrive(f, "uuid:worker", "worker", project);
    f.clock.advance(10 * kDay);
    arrive(f, "uuid:new", "link:A", project);
    const auto sweep = [&] { return *server::erase_expired(*f.store, project, f.clock.now()); };
    f.clock.advance(19 * kDay);
    CHECK(sweep() == 0);
    f.clock.advance(1 * kDay);
    CHECK(sweep() == 1);
    CHECK(sweep() == 0);
    CHECK(f.store->submission(InstanceId("uuid:old")).error().code == ErrorCode::kNotFound);
    CHECK(f.store->submission(InstanceId("uuid:worker")));
    f.clock.advance(100 * kDay);
    CHECK(sweep() == 1);
    CHECK(*f.store->count_submissions({}) == 1);
}

TEST_CASE("without a period nothing is erased", "[links][retention]") {
    test::ServerFixture f;
    const server::Project project = keeping(0);
    arrive(f, "uuid:old", "link:A", project);
    f.clock.advance(10'000 * kDay);
    CHECK(*server::erase_expired(*f.store, project, f.clock.now()) == 0);
    CHECK(f.store->submission(InstanceId("uuid:old")));
}
