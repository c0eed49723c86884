#include <catch2/catch.hpp>

#include "sync-server/ingest/answer_row.h"
#include "sync-server/ingest/holding.h"
#include "tests/support/whole_server.h"

using namespace survey;
using namespace survey::server;
using test::Given;

namespace {

const Given kHonest = {{"firm", "Muster GmbH"},
                       {"district", "north"},
                       {"fit", "fair"},
                       {"people", "12"},
                       {"needs", "money people_"}};

std::vector<AnswerRecord> counted(test::WholeServer& world) {
    std::vector<AnswerRecord> found;
    REQUIRE(world.store->for_each_answer(
        "visit", [&](const AnswerRecord& record) { found.push_back(record); }));
    return found;
}

void replace(std::string& text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("an honest interview is stored and its answers can be counted", "[ingest]") {
    test::WholeServer world;
    world.publish();
    test::PaperDevice device = world.enrol();
    const PushResult result = world.send_one(device, device.next(world.interview(kHonest)));
    CHECK(result.status == ItemStatus::kStored);
    CHECK(result.receipt);
    const auto records = counted(world);
    REQUIRE(records.size() == 1);
    CHECK(records[0].holding == holding_of_name(world.key, "muster gmbh"));
    const auto row = decode_row(records[0].answers);
    REQUIRE(row);
    AnswerRow expected;
    expected.cells = {{"district", false, {"north"}, std::nullopt},
                      {"fit", false, {"fair"}, std::nullopt},
                      {"people", false, {}, 12.0},
                      {"needs", false, {"money", "people_"}, std::nullopt}};
    CHECK(*row == expected);
    CHECK(records[0].answers.find("Muster") == std::string::npos);
}

TEST_CASE("a question that was not asked has no cell, an open one a blank", "[ingest]") {
    test::WholeServer world;
    world.publish();
    test::PaperDevice device = world.enrol();
    world.send_one(device, device.next(world.interview({{"fit", "good"}})));
    const auto records = counted(world);
    REQUIRE(records.size() == 1);
    const auto row = decode_row(records[0].answers);
    REQUIRE(row);
    REQUIRE(row->cells.size() == 3);
    CHECK(row->cells[0] == AnswerCell{"district", true, {}, std::nullopt});
    CHECK(row->cells[2] == AnswerCell{"people", true, {}, std::nullopt});
}

TEST_CASE("pushing twice is pushing once", "[ingest]") {
    test::WholeServer world;
    world.publish();
    test::PaperDevice device = world.enrol();
    const std::vector<PushItem> batch = {device.next(world.interview(kHonest)),
                                         device.next(world.interview({{"fit", "poor"}}))};
    const PushReply first = world.send(device, batch);
    const auto once = counted(world);
    const PushReply second = world.send(device, batch);
    REQUIRE(second.results.size() == 2);
    for (std::size_t i = 0; i < 2; ++i) {
        CHECK(first.results[i].status == ItemStatus::kStored);
        CHECK(second.results[i].status == ItemStatus::kDuplicate);
        CHECK(second.results[i].receipt->pos == first.results[i].receipt->pos);
    }
    CHECK(second.head == first.head);
    CHECK(counted(world).size() == once.size());
}

TEST_CASE("what breaks the form's rules is kept apart with its reason, not refused", "[ingest]") {
    test::WholeServer world;
    world.publish();
    test::PaperDevice device = world.enrol();
    struct Case {
        const char* what;
        QuarantineReason reason;
        std::string note;
        std::function<void(RevisionEnvelope&)> change;
    };
    const std::vector<Case> cases = {
        {"a required answer is missing", QuarantineReason::kInvalid, "/data/fit",
         [](RevisionEnvelope& e) { replace(e.content, "<fit>fair</fit>", "<fit/>"); }},
        {"a value against the constraint", QuarantineReason::kInvalid, "/data/people",
         [](RevisionEnvelope& e) {
             replace(e.content, "<people>12</people>", "<people>-1</people>");
             replace(e.content, "<doubled>24</doubled>", "<doubled>-2</doubled>");
         }},
        {"a calculation that does not follow", QuarantineReason::kInvalid, "/data/doubled",
         [](RevisionEnvelope& e) {
             replace(e.content, "<doubled>24</doubled>", "<doubled>99</doubled>");
         }},
        {"an answer to a question that was not asked", QuarantineReason::kInvalid, "/data/needs",
         [](RevisionEnvelope& e) { replace(e.content, "<fit>fair</fit>", "<fit>good</fit>"); }},
        {"no XML", QuarantineReason::kInvalid, "",
         [](RevisionEnvelope& e) { e.content = "<data><unclosed></data>"; }},
        {"another form's record", QuarantineReason::kInvalid, "",
         [](RevisionEnvelope& e) { e.content = "<other/>"; }},
        {"another interview's record", QuarantineReason::kInvalid, "instance id",
         [](RevisionEnvelope& e) { e.instance = InstanceId("uuid:other"); }},
        {"an unknown version", QuarantineReason::kUnknownForm, "visit",
         [](RevisionEnvelope& e) { e.form.version = "2"; }},
        {"another text of the version", QuarantineReason::kFormMismatch, "",
         [](RevisionEnvelope& e) { e.form_hash.bytes[0] ^= 1; }},
    };
    for (const Case& test : cases) {
        CAPTURE(test.what);
        RevisionEnvelope envelope = world.interview(kHonest);
        test.change(envelope);
        const PushResult result = world.send_one(device, device.next(envelope));
        CHECK(result.status == ItemStatus::kQuarantined);
        CHECK(result.reason == test.reason);
        CHECK(result.receipt);  // it is stored all the same
        const auto history = world.store->history(envelope.instance);
        REQUIRE(history);
        CHECK(history->at(0).note.find(test.note) != std::string::npos);
        CHECK(history->at(0).note.find("Muster") == std::string::npos);
    }
    CHECK(counted(world).empty());
}

TEST_CASE("a wrong hash or signature is not stored and stops no other item", "[ingest]") {
    test::WholeServer world;
    world.publish();
    test::PaperDevice device = world.enrol();
    PushItem forged = device.next(world.interview(kHonest));
    forged.entry.signature.bytes[5] ^= 1;
    CHECK(world.send_one(device, forged).status == ItemStatus::kNotAuthentic);
    test::PaperDevice other = world.enrol("Other");
    PushItem changed = other.next(world.interview(kHonest));
    changed.envelope.back() = static_cast<char>(changed.envelope.back() ^ 1);
    CHECK(world.send_one(other, changed).status == ItemStatus::kNotAuthentic);
    CHECK(counted(world).empty());
    const auto too_many = world.ingest->push(
        device.known,
        {world.store->identity().epoch, device.writer, std::vector<PushItem>(kPushItemsMax + 1)});
    REQUIRE_FALSE(too_many);
    CHECK(too_many.error().code == ErrorCode::kLimit);
}

TEST_CASE("interviews that came before their form are judged when it is published", "[ingest]") {
    test::WholeServer world;
    world.publish();
    test::PaperDevice device = world.enrol();
    RevisionEnvelope early = world.interview(kHonest);
    std::string next_version(test::kVisitForm);
    replace(next_version, "| visit | 1 |", "| visit | 2 |");
    replace(early.content, "version=\"1\"", "version=\"2\"");
    early.form.version = "2";
    {
        test::WholeServer elsewhere;  // where the device got it from
        elsewhere.publish(next_version);
        early.form_hash = elsewhere.library->find({"visit", "2"}).value_or(nullptr)->hash();
    }
    CHECK(world.send_one(device, device.next(early)).reason == QuarantineReason::kUnknownForm);
    CHECK(counted(world).empty());
    world.publish(next_version);
    CHECK(counted(world).size() == 1);
}

TEST_CASE("a form with errors is not published, and all findings are told", "[ingest][publish]") {
    test::WholeServer world;
    std::string broken(test::kVisitForm);
    replace(broken, "${people} * 2", "${nobody} * 2 +");
    replace(broken, "select_one district", "select_one nowhere");
    const auto outcome = world.ingest->publish(broken, "form");
    REQUIRE(outcome);
    CHECK_FALSE(outcome->published);
    CHECK(outcome->diagnostics.size() >= 2);
    CHECK(world.store->forms()->empty());
    const auto garbage = world.ingest->publish("\x01\x02 not a form", "form");
    REQUIRE(garbage);
    CHECK_FALSE(garbage->published);
    CHECK_FALSE(garbage->diagnostics.empty());
}

TEST_CASE("a version is published once; the same again changes nothing", "[ingest][publish]") {
    test::WholeServer world;
    world.publish();
    world.publish();
    CHECK(world.store->forms()->size() == 1);
    std::string changed(test::kVisitForm);
    replace(changed, "How well does it fit?", "Does it fit?");
    const auto refused = world.ingest->publish(changed, "form");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::kConflict);
}
