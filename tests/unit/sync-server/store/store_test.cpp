#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "common/codec/wire.h"
#include "tests/unit/sync-server/store/fixture.h"

using namespace survey;
using namespace survey::test;
using server::AlarmKind;

namespace {

PublishedForm form(const std::string& version, const std::string& xml = "<h:html/>") {
    return {{"betrieb", version}, {}, "Betrieb", xml, {{"liste.csv", "a,b\n"}}, false};
}

PullReply pull(ServerFixture& f, const PaperDevice& device, std::uint64_t pos,
               std::uint32_t bytes_max = 1 << 20) {
    auto page = f.store->pull(device.known, {{f.store->identity().epoch, pos}, bytes_max});
    if (!page) FAIL(page.error().message);
    return *std::move(page);
}

PublicKey filled_key() {
    return PublicKey{SigningKey::generate().public_key()};
}

std::string read_all(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("a code enrols as many devices as it says, until it expires", "[server][enrol]") {
    ServerFixture f;
    const auto code = f.store->create_enrolment_code({"Team", 2, std::chrono::hours(72)});
    REQUIRE(code);
    CHECK(code->size() == 19);
    const auto enrol = [&](const std::string& typed) {
        return f.store->enrol({1, typed, "Laptop", filled_key(), "0.1"});
    };
    CHECK(enrol("0000-0000-0000-0000").error().code == ErrorCode::kNotEnrolled);
    std::string lower = *code;
    for (char& c : lower)
        c = static_cast<char>(std::tolower(c));
    const auto first = enrol(" " + lower);
    REQUIRE(first);
    CHECK(is_ulid(first->device.text()));
    const auto second = enrol(*code);
    REQUIRE(second);
    CHECK(second->token != first->token);
    CHECK(enrol(*code).error().code == ErrorCode::kNotEnrolled);
    CHECK(f.store->enrolment_codes()->at(0).devices_used == 2);

    const auto late = f.store->create_enrolment_code({"Late", 5, std::chrono::hours(1)});
    f.clock.advance(std::chrono::hours(1));
    CHECK(enrol(*late).error().code == ErrorCode::kNotEnrolled);
    const auto gone = f.store->create_enrolment_code({"Gone", 5, std::chrono::hours(1)});
    REQUIRE(f.store->withdraw_enrolment_code(f.store->enrolment_codes()->at(0).number));
    CHECK(enrol(*gone).error().code == ErrorCode::kNotEnrolled);
    CHECK(f.store->withdraw_enrolment_code(99).error().code == ErrorCode::kNotFound);
    CHECK(f.store->devices()->size() == 2);
}

TEST_CASE("a token is known, everything else is not", "[server][enrol]") {
    ServerFixture f;
    const PaperDevice device = f.enrol();
    CHECK(f.store->authenticate(device.token)->id == device.known.id);
    CHECK(f.store->authenticate("").error().code == ErrorCode::kNotEnrolled);
    CHECK_FALSE(f.store->authenticate(device.token + "x"));
    REQUIRE(f.store->revoke_device(device.known.id));
    CHECK(f.store->authenticate(device.token)->revoked);
    CHECK_FALSE(f.store->revoke_device(DeviceId("nobody")));
}

TEST_CASE("every version of a form is kept and announced in order", "[server][forms]") {
    ServerFixture f;
    const PaperDevice device = f.enrol();
    REQUIRE(f.store->publish_form(form("1")));
    REQUIRE(f.store->publish_form(form("2")));
    REQUIRE(f.store->publish_form(form("1")));
    CHECK(f.store->publish_form(form("1", "<other/>")).error().code == ErrorCode::kConflict);
    CHECK(f.store->publish_form(form("3", "\xff")).error().code == ErrorCode::kInvalidInput);
    CHECK(f.store->forms()->size() == 2);
    CHECK(f.store->form({"betrieb", "1"})->xml == "<h:html/>");
    CHECK(f.store->form({"betrieb", "9"}).error().code == ErrorCode::kNotFound);
    REQUIRE(f.store->withdraw_form({"betrieb", "1"}, true));

    const PullReply page = pull(f, device, 0);
    REQUIRE(page.changes.size() == 3);
    CHECK(page.from == 0);
    CHECK(page.to == 3);
    CHECK_FALSE(page.more);
    const auto first = codec::decode<PublishedForm>(page.changes[0].body);
    REQUIRE(first);
    CHECK(first->hash == FormHash{blake2b_256("<h:html/>")});
    CHECK(first->withdrawn);
    CHECK(first->media.size() == 1);
    CHECK(pull(f, device, 3).changes.empty());
}

TEST_CASE("a page stops at its size but always moves", "[server][pull]") {
    ServerFixture f;
    const PaperDevice device = f.enrol();
    for (int i = 0; i < 5; ++i)
        REQUIRE(f.store->publish_form(form(std::to_string(i))));
    std::uint64_t pos = 0;
    int pages = 0;
    int changes = 0;
    while (true) {
        const PullReply page = pull(f, device, pos, 1);
        CHECK(page.from == pos);
        changes += static_cast<int>(page.changes.size());
        pos = page.to;
        ++pages;
        if (!page.more) break;
        REQUIRE(pages < 10);
    }
    CHECK(changes == 5);
    CHECK(pages == 5);
    CHECK(pos == 5);
}

TEST_CASE("a page has a largest size, whatever the device asks for", "[server][pull]") {
    ServerFixture f;
    PaperDevice device = f.enrol();
    constexpr int kForms = 10;
    for (int i = 0; i < kForms; ++i) {
        std::string xml;  // hardly to be packed
        while (xml.size() < 1'000'000)
            xml += std::to_string(f.random.next());
        REQUIRE(f.store->publish_form(form(std::to_string(i), xml)));
    }
    const PullReply page = pull(f, device, 0, UINT32_MAX);
    CHECK(page.more);
    CHECK(page.changes.size() < kForms);
}

TEST_CASE("a cursor of another epoch, ahead, or of a revoked device", "[server][pull]") {
    ServerFixture f;
    const PaperDevice device = f.enrol();
    REQUIRE(f.store->publish_form(form("1")));
    Epoch other = f.store->identity().epoch;
    other.random.bytes[0] ^= 1;
    const auto page = f.store->pull(device.known, {{other, 1}, 1000});
    REQUIRE(page);
    CHECK(page->changes.empty());
    CHECK(page->epoch == f.store->identity().epoch);
    const auto ahead = f.store->pull(device.known, {{f.store->identity().epoch, 2}, 1000});
    CHECK(ahead.error().code == ErrorCode::kConflict);
    REQUIRE(f.store->alarms()->size() == 1);
    CHECK(f.store->alarms()->at(0).kind == AlarmKind::kFutureCursor);
    REQUIRE(f.store->revoke_device(device.known.id));
    CHECK(f.store->pull(device.known, {{f.store->identity().epoch, 0}, 1000}).error().code ==
          ErrorCode::kForbidden);
}

TEST_CASE("a review reaches the device that did the interview and no other", "[server][review]") {
    ServerFixture f;
    PaperDevice device = f.enrol();
    const PaperDevice other = f.enrol();
    f.push(device, {device.next(make_envelope("uuid:1", "<a/>"))});
    const InstanceId instance("uuid:1");
    REQUIRE(f.store->review({instance, ReviewState::kHasIssues, "Frage 3?"}));
    CHECK(f.store->review({InstanceId("uuid:9"), ReviewState::kApproved, ""}).error().code ==
          ErrorCode::kNotFound);
    const PullReply page = pull(f, device, 0);
    REQUIRE(page.changes.size() == 1);
    const auto review = codec::decode<Review>(page.changes[0].body);
    REQUIRE(review);
    CHECK(review->note == "Frage 3?");
    CHECK(pull(f, other, 0).changes.empty());
    CHECK(pull(f, other, 0).to == 2);
    CHECK(f.answers().size() == 1);
    REQUIRE(f.store->review({instance, ReviewState::kRejected, ""}));
    CHECK(f.answers().empty());
    const auto changes = f.store->answer_changes(2, 10);
    REQUIRE(changes->size() == 1);
    CHECK_FALSE(changes->at(0).record);
    CHECK(f.store->submissions({.review = ReviewState::kRejected})->size() == 1);
    CHECK(f.store->submissions({.review = ReviewState::kApproved})->empty());
}

TEST_CASE("answers without a device are stored once however often they are sent",
          "[server][submit]") {
    ServerFixture f;
    const auto first = f.store->submit(make_envelope("uuid:1", "<a/>", {}, 1), {}, {});
    REQUIRE(first);
    CHECK(first->status == ItemStatus::kStored);
    const auto second = f.store->submit(make_envelope("uuid:1", "<a/>", {}, 99), {}, {});
    REQUIRE(second);
    CHECK(second->status == ItemStatus::kDuplicate);
    CHECK(second->receipt == first->receipt);
    const auto edited = f.store->submit(make_envelope("uuid:1", "<b/>", {first->rev}, 100), {}, {});
    REQUIRE(edited);
    CHECK(edited->status == ItemStatus::kStored);
    CHECK(f.store->submission(InstanceId("uuid:1"))->heads == 1);
    CHECK(f.store->submit(make_envelope("", "<a/>"), {}, {}).error().code ==
          ErrorCode::kInvalidInput);
    CHECK(*f.store->count_submissions({}) == 1);
}

TEST_CASE("lists page by position and filter", "[server][submissions]") {
    ServerFixture f;
    for (int i = 0; i < 7; ++i) {
        RevisionEnvelope made = make_envelope("uuid:" + std::to_string(i), "<a/>");
        made.form.version = i % 2 == 0 ? "1" : "2";
        REQUIRE(f.store->submit(made, {}, {}));
    }
    server::SubmissionFilter filter;
    filter.count_max = 3;
    std::vector<std::string> seen;
    while (true) {
        const auto page = f.store->submissions(filter);
        REQUIRE(page);
        if (page->empty()) break;
        for (const auto& each : *page)
            seen.push_back(each.instance.text());
        filter.before_pos = page->back().pos;
    }
    CHECK(seen == std::vector<std::string>{"uuid:6", "uuid:5", "uuid:4", "uuid:3", "uuid:2",
                                           "uuid:1", "uuid:0"});
    CHECK(*f.store->count_submissions({.form_id = "betrieb", .form_version = "2"}) == 3);
    CHECK(*f.store->count_submissions({.form_id = "other"}) == 0);
}

TEST_CASE("an erased interview is gone, stays gone, and devices are told", "[server][erase]") {
    ServerFixture f;
    PaperDevice device = f.enrol();
    const PushItem item = device.next(make_envelope("uuid:1", "<a>Geheimnis</a>"));
    f.push(device, {item});
    REQUIRE(f.store->erase(InstanceId("uuid:1")));
    CHECK(f.answers().empty());
    CHECK(f.store->revision(item.entry.rev).error().code == ErrorCode::kNotFound);
    CHECK(f.store->submission(InstanceId("uuid:1")).error().code == ErrorCode::kNotFound);
    const PullReply page = pull(f, device, 0);
    REQUIRE(page.changes.size() == 1);
    CHECK(page.changes[0].kind == static_cast<std::uint16_t>(ChangeKind::kErasure));
    CHECK(page.changes[0].body == "uuid:1");
    CHECK(f.push_one(device, item) == ItemStatus::kErased);
    CHECK(f.store->revision(item.entry.rev).error().code == ErrorCode::kNotFound);
    f.store.reset();
    for (const auto& entry : std::filesystem::directory_iterator(f.dir.path())) {
        const auto bytes = read_all(entry.path().string());
        CAPTURE(entry.path().string());
        CHECK(bytes.find("Geheimnis") == std::string::npos);
    }
}

TEST_CASE("an interview that comes after its erasure leaves no answers", "[server][erase]") {
    ServerFixture f;
    PaperDevice device = f.enrol();
    const PushItem first = device.next(make_envelope("uuid:1", "<a/>"));
    f.push(device, {first});
    REQUIRE(f.store->erase(InstanceId("uuid:1")));
    // A correction that was made before the order reached the laptop.
    const PushItem late =
        device.next(make_envelope("uuid:1", "<a>Geheimnis</a>", {first.entry.rev}));
    CHECK(f.push_one(device, late) == ItemStatus::kErased);
    CHECK(f.store->revision(late.entry.rev).error().code == ErrorCode::kNotFound);
    CHECK(f.push_one(device, late) == ItemStatus::kErased);
    const auto again = f.store->submit(make_envelope("uuid:1", "<a>Geheimnis</a>"), {}, {});
    REQUIRE(again);
    CHECK(again->status == ItemStatus::kErased);
    CHECK(f.answers().empty());
    CHECK(f.push_one(device, device.next(make_envelope("uuid:2", "<b/>"))) == ItemStatus::kStored);
    f.store.reset();
    CHECK(read_all(f.dir / "server.db").find("Geheimnis") == std::string::npos);
}

TEST_CASE("a restored backup is refused until it is adopted", "[server][restore]") {
    ServerFixture f;
    PaperDevice kept = f.enrol();
    PaperDevice stolen = f.enrol();
    f.push(kept, {kept.next(make_envelope("uuid:1", "<a/>"))});
    REQUIRE(f.store->back_up(f.dir / "backup.db"));
    const PushItem later = kept.next(make_envelope("uuid:2", "<b/>"));
    f.push(kept, {later});
    REQUIRE(f.store->revoke_device(stolen.known.id));
    REQUIRE(f.store->erase(InstanceId("uuid:1")));
    const Epoch before = f.store->identity().epoch;
    f.store.reset();
    std::filesystem::remove(f.dir / "server.db-wal");
    std::filesystem::remove(f.dir / "server.db-shm");
    std::filesystem::rename(f.dir / "backup.db", f.dir / "server.db");

    const auto refused = server::open_sqlite_store(f.options, f.clock, f.random);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::kConflict);
    CHECK(refused.error().message.find("--adopt") != std::string::npos);
    f.options.adopt = true;
    f.store = f.open();
    CHECK(f.store->identity().epoch.counter == before.counter + 1);
    // Facts that must not go back in time came from the ledger.
    CHECK(f.store->authenticate(stolen.token)->revoked);
    CHECK(f.answers().empty());
    // The device sends again what the server forgot.
    CHECK(f.push_one(kept, later) == ItemStatus::kStored);
    f.options.adopt = false;
    f.store.reset();
    f.store = f.open();
    CHECK(f.store->identity().epoch.counter == before.counter + 1);
    CHECK(f.answers().size() == 1);
}

TEST_CASE("a backup that is as new as the marker still learns what the ledger knows",
          "[server][restore]") {
    ServerFixture f;
    PaperDevice stolen = f.enrol();
    const auto code = f.store->create_enrolment_code({"Raum 1", 2, std::chrono::hours(72)});
    REQUIRE(code);
    REQUIRE(f.store->back_up(f.dir / "backup.db"));
    // None of these moves the position.
    REQUIRE(f.store->revoke_device(stolen.known.id));
    REQUIRE(f.store->enrol({1, *code, "Laptop", filled_key(), "0.1"}));
    f.store.reset();
    std::filesystem::remove(f.dir / "server.db-wal");
    std::filesystem::remove(f.dir / "server.db-shm");
    std::filesystem::rename(f.dir / "backup.db", f.dir / "server.db");
    f.store = f.open();
    CHECK(f.store->authenticate(stolen.token)->revoked);
    CHECK(f.store->enrolment_codes()->at(0).devices_used == 1);
    // Starting again changes nothing more.
    f.store.reset();
    f.store = f.open();
    CHECK(f.store->enrolment_codes()->at(0).devices_used == 1);
}

TEST_CASE("an erasure that the backup never heard of meets the interview when it comes again",
          "[server][restore][erase]") {
    ServerFixture f;
    PaperDevice device = f.enrol();
    REQUIRE(f.store->back_up(f.dir / "backup.db"));
    const PushItem item = device.next(make_envelope("uuid:1", "<a/>"));
    f.push(device, {item});
    REQUIRE(f.store->erase(InstanceId("uuid:1")));
    f.store.reset();
    std::filesystem::remove(f.dir / "server.db-wal");
    std::filesystem::remove(f.dir / "server.db-shm");
    std::filesystem::rename(f.dir / "backup.db", f.dir / "server.db");
    f.options.adopt = true;
    f.store = f.open();
    // A laptop that was in the field has not heard of the order either.
    CHECK(f.push_one(device, item) == ItemStatus::kErased);
    CHECK(f.answers().empty());
    CHECK(pull(f, device, 0).changes.size() == 1);
}

TEST_CASE("small records change only under the version that was read", "[server][records]") {
    ServerFixture f;
    CHECK_FALSE(*f.store->record("account", "anna"));
    CHECK(*f.store->put_record("account", {"anna", "1", 0}) == 1);
    CHECK(f.store->put_record("account", {"anna", "2", 0}).error().code == ErrorCode::kConflict);
    CHECK(*f.store->put_record("account", {"anna", "2", 1}) == 2);
    CHECK(f.store->put_record("account", {"anna", "3", 1}).error().code == ErrorCode::kConflict);
    CHECK(f.store->put_record("account", {"bert", "3", 7}).error().code == ErrorCode::kConflict);
    CHECK((**f.store->record("account", "anna")).value == "2");
    CHECK(f.store->records("account")->size() == 1);
    CHECK(f.store->records("link")->empty());
    CHECK(*f.store->put_record("account", {"anna", "", 2}) == 0);
    CHECK_FALSE(*f.store->record("account", "anna"));
}

TEST_CASE("the project's title is kept", "[server]") {
    ServerFixture f;
    REQUIRE(f.store->set_project("Regionalkonferenz"));
    CHECK(f.store->identity().project == "Regionalkonferenz");
    const auto server = f.store->identity().server;
    f.store.reset();
    f.store = f.open();
    CHECK(f.store->identity().project == "Regionalkonferenz");
    CHECK(f.store->identity().server == server);
    CHECK(f.store->tidy());
}
