#include "collector/interview/open_interview.h"

#include "common/codec/envelope.h"
#include "tests/unit/collector/interview/visit.h"

using namespace survey;
using namespace survey::collector;
using survey::forms::FormEvent;
using survey::forms::NodeId;
using survey::test::Visit;

namespace {

NodeId at(const OpenInterview& interview, std::string_view ref) {
    const auto node = interview.session().find(ref);
    INFO(ref);
    REQUIRE(node);
    return *node;
}

std::string value(const OpenInterview& interview, std::string_view ref) {
    return interview.session().state(at(interview, ref)).value;
}

NodeId range_of(const OpenInterview& interview) {
    for (const NodeId node : interview.session().all_nodes()) {
        if (interview.session().state(node).role == forms::NodeRole::kRepeatRange) return node;
    }
    FAIL("no repeat");
    return forms::kNoNodeId;
}

NodeId add_site(OpenInterview& interview, const std::string& town) {
    const auto added = interview.add_repeat(range_of(interview));
    REQUIRE(added);
    const NodeId child = interview.session().state(*added).children.at(0);
    REQUIRE(interview.answer(child, town));
    return *added;
}

void fill(OpenInterview& interview) {
    REQUIRE(interview.answer(at(interview, "/data/name"), "Gießerei"));
    REQUIRE(interview.answer(at(interview, "/data/staff"), "12"));
}

}  // namespace

TEST_CASE("every change is in the draft before the call returns", "[interview][draft]") {
    Visit visit;
    OpenInterview interview = visit.begin();
    const DraftId draft = interview.draft();
    const auto kept = [&] { return visit.store->draft(draft)->xml; };

    REQUIRE(interview.answer(at(interview, "/data/name"), "Gießerei"));
    CHECK(kept().find("Gießerei") != std::string::npos);
    add_site(interview, "Aue");
    CHECK(kept().find("Aue") != std::string::npos);
    REQUIRE(interview.remove_repeat(at(interview, "/data/site[1]")));
    CHECK(kept().find("Aue") == std::string::npos);
    REQUIRE(interview.set_language("English (en)"));
    CHECK(visit.store->draft(draft)->language == "English (en)");
    REQUIRE(interview.set_remark(at(interview, "/data/staff"), "geschätzt"));
    CHECK(visit.store->draft(draft)->remarks.at(0).text == "geschätzt");
    REQUIRE(interview.set_remark(at(interview, "/data/staff"), ""));
    CHECK(visit.store->draft(draft)->remarks.empty());
}

TEST_CASE("an answer that is hidden for now stays in the draft only", "[interview][draft]") {
    Visit visit;
    OpenInterview interview = visit.begin();
    fill(interview);
    REQUIRE(interview.answer(at(interview, "/data/council"), "yes"));
    REQUIRE(interview.answer(at(interview, "/data/staff"), "3"));
    CHECK(visit.store->draft(interview.draft())->xml.find("<council>yes") != std::string::npos);
    OpenInterview again = visit.resume(interview.draft());
    REQUIRE(again.answer(at(again, "/data/staff"), "30"));
    CHECK(value(again, "/data/council") == "yes");
    REQUIRE(again.answer(at(again, "/data/staff"), "3"));
    REQUIRE(again.finalise());
    const auto instance = visit.store->interviews(1)->at(0).instance;
    CHECK(visit.store->content(instance)->find("council") == std::string::npos);
}

TEST_CASE("a draft is resumed at each of its stops", "[interview][resume]") {
    Visit visit;
    OpenInterview interview = visit.begin();
    fill(interview);
    add_site(interview, "Aue");
    add_site(interview, "Burg");
    const auto stops = interview.session().events();
    REQUIRE(stops.size() >= 8);
    for (const FormEvent& stop : stops) {
        REQUIRE(interview.move_to(stop));
        const OpenInterview again = visit.resume(interview.draft());
        const FormEvent& found = again.position();
        CHECK(found.kind == stop.kind);
        if (stop.node == forms::kNoNodeId) continue;
        INFO(interview.session().state(stop.node).ref);
        CHECK(again.session().state(found.node).ref == interview.session().state(stop.node).ref);
    }
}

TEST_CASE("a place that no longer exists begins at the beginning", "[interview][resume]") {
    Visit visit;
    OpenInterview interview = visit.begin();
    const auto draft = visit.store->draft(interview.draft());
    for (const char* place :
         {"question /data/gone", "question /data/site[7]/town", "question", "nonsense", "",
          "question /data/council", "end /data/name", "group ]["}) {
        REQUIRE(visit.store->save_draft(draft->id, {draft->xml, place, "", "", {}}));
        CHECK(visit.resume(draft->id).position().kind == FormEvent::Kind::kBeginning);
    }
}

TEST_CASE("everything is back after the store was closed and opened", "[interview][resume]") {
    Visit visit;
    DraftId draft;
    {
        OpenInterview interview = visit.begin("English (en)");
        draft = interview.draft();
        fill(interview);
        add_site(interview, "Aue");
        REQUIRE(interview.set_remark(at(interview, "/data/site[1]/town"), "laut"));
    }
    visit.open();
    const OpenInterview again = visit.resume(draft);
    CHECK(value(again, "/data/name") == "Gießerei");
    CHECK(value(again, "/data/site[1]/town") == "Aue");
    CHECK(again.session().language() == "English (en)");
    CHECK(again.remark_on(at(again, "/data/site[1]/town")) == "laut");
    CHECK_FALSE(again.is_correction());
}

TEST_CASE("a remark stays with its question when an entry before it goes", "[interview][remark]") {
    Visit visit;
    OpenInterview interview = visit.begin();
    fill(interview);
    const NodeId first = add_site(interview, "Aue");
    add_site(interview, "Burg");
    REQUIRE(interview.set_remark(at(interview, "/data/site[1]/town"), "weg damit"));
    REQUIRE(interview.set_remark(at(interview, "/data/site[2]/town"), "zu Burg"));
    REQUIRE(interview.remove_repeat(first));
    CHECK(interview.remark_on(at(interview, "/data/site[1]/town")) == "zu Burg");
    const auto kept = visit.store->draft(interview.draft())->remarks;
    REQUIRE(kept.size() == 1);
    CHECK(kept[0].ref == "/data/site[1]/town");
    CHECK(kept[0].text == "zu Burg");
    const OpenInterview again = visit.resume(interview.draft());
    CHECK(again.remark_on(at(again, "/data/site[1]/town")) == "zu Burg");
}

TEST_CASE("what stands against finishing is told and nothing is finalised", "[interview][finish]") {
    Visit visit;
    OpenInterview interview = visit.begin();
    REQUIRE(interview.answer(at(interview, "/data/staff"), "501"));
    const auto outcome = interview.finalise();
    REQUIRE(outcome);
    const auto* violations = std::get_if<std::vector<forms::Violation>>(&*outcome);
    REQUIRE(violations != nullptr);
    CHECK(violations->size() == 2);
    CHECK(visit.store->interviews(10)->empty());
    CHECK(visit.store->drafts()->size() == 1);
}

TEST_CASE("a correction is a new revision of the same instance with its parent",
          "[interview][correct]") {
    Visit visit;
    OpenInterview interview = visit.begin();
    fill(interview);
    REQUIRE(interview.set_remark(at(interview, "/data/staff"), "geschätzt"));
    REQUIRE(interview.finalise());
    CHECK(visit.store->drafts()->empty());
    const Interview before = visit.store->interviews(10)->at(0);

    OpenInterview correction = visit.correct(before.instance);
    CHECK(correction.is_correction());
    CHECK(value(correction, "/data/name") == "Gießerei");
    CHECK(correction.remark_on(at(correction, "/data/staff")) == "geschätzt");
    CHECK(visit.correct(before.instance).draft() == correction.draft());
    REQUIRE(correction.answer(at(correction, "/data/staff"), "13"));
    REQUIRE(correction.finalise());

    const auto all = visit.store->interviews(10);
    REQUIRE(all->size() == 1);
    CHECK(all->at(0).instance == before.instance);
    CHECK(all->at(0).rev != before.rev);
    CHECK(visit.store->revisions()->size() == 2);
    const auto items = visit.store->outbox(1, {});
    REQUIRE(items->size() == 2);
    const auto envelope = codec::decode_envelope(items->at(1).envelope);
    CHECK(envelope->parents == std::vector<RevisionId>{before.rev});
    CHECK(envelope->remarks.size() == 1);
}

TEST_CASE("what is not here cannot be opened", "[interview]") {
    Visit visit;
    const auto environment = visit.environment();
    CHECK(OpenInterview::begin(*visit.store, environment, {"census", "1"}, "", {}).error().code ==
          ErrorCode::kNotFound);
    CHECK(OpenInterview::resume(*visit.store, environment, DraftId("none")).error().code ==
          ErrorCode::kNotFound);
    CHECK(OpenInterview::correct(*visit.store, environment, InstanceId("uuid:x")).error().code ==
          ErrorCode::kNotFound);
    CHECK(visit.store->drafts()->empty());
}

TEST_CASE("a form's language that does not exist begins nothing", "[interview]") {
    Visit visit;
    const auto begun =
        OpenInterview::begin(*visit.store, visit.environment(), visit.ref, "Klingonisch", {});
    if (begun) {
        CHECK(begun->session().language() == "Deutsch (de)");
    } else {
        CHECK(visit.store->drafts()->empty());
    }
}

TEST_CASE("a draft deleted from under the interview is an error and not a loss of words",
          "[interview]") {
    Visit visit;
    OpenInterview interview = visit.begin();
    REQUIRE(visit.store->delete_draft(interview.draft()));
    const auto answered = interview.answer(at(interview, "/data/name"), "X");
    REQUIRE_FALSE(answered);
    CHECK(answered.error().code == ErrorCode::kNotFound);
    CHECK(answered.error().message.find("saving the draft") != std::string::npos);
}

TEST_CASE("a remark on an entry that a smaller count took away is no obstacle",
          "[interview][remark]") {
    Visit visit;
    OpenInterview interview = visit.begin_counted();
    REQUIRE(interview.answer(at(interview, "/data/n"), "3"));
    REQUIRE(interview.set_remark(at(interview, "/data/site[3]/town"), "closed in May"));
    REQUIRE(interview.answer(at(interview, "/data/n"), "2"));
    SECTION("another remark can be made") {
        REQUIRE(interview.set_remark(at(interview, "/data/last"), "in a hurry"));
        const auto remarks = visit.store->draft(interview.draft())->remarks;
        REQUIRE(remarks.size() == 1);
        CHECK(remarks[0].ref == "/data/last");
    }
    SECTION("it is back with its entry") {
        REQUIRE(interview.answer(at(interview, "/data/n"), "3"));
        CHECK(interview.remark_on(at(interview, "/data/site[3]/town")) == "closed in May");
    }
    SECTION("it does not go with the record") {
        const auto outcome = interview.finalise();
        REQUIRE(outcome);
        const auto* revision = std::get_if<RevisionId>(&*outcome);
        REQUIRE(revision != nullptr);
        const auto again = visit.store->reopen(visit.store->interviews(1)->at(0).instance);
        REQUIRE(again);
        CHECK(again->remarks.empty());
    }
}

TEST_CASE("a remark that no revision would take is refused when it is made",
          "[interview][remark]") {
    Visit visit;
    OpenInterview interview = visit.begin();
    fill(interview);
    const NodeId staff = at(interview, "/data/staff");
    REQUIRE(interview.set_remark(staff, "estimated"));
    for (const std::string& bad : {std::string("M\xFCll"), std::string("a\x1B[31m"),
                                   std::string(kRemarkBytesMax + 1, 'x')}) {
        const auto set = interview.set_remark(staff, bad);
        REQUIRE_FALSE(set);
        CHECK(set.error().code == ErrorCode::kInvalidInput);
        CHECK(interview.remark_on(staff) == "estimated");
    }
    REQUIRE(interview.set_remark(staff, std::string(kRemarkBytesMax, 'x')));
    const auto outcome = interview.finalise();
    REQUIRE(outcome);
    CHECK(std::get_if<RevisionId>(&*outcome) != nullptr);
}

TEST_CASE("an interview that is too long stays a draft and says what to do", "[interview]") {
    Visit visit;
    OpenInterview interview = visit.begin();
    fill(interview);
    REQUIRE(interview.answer(at(interview, "/data/name"), std::string(kContentBytesMax, 'x')));
    const auto outcome = interview.finalise();
    REQUIRE_FALSE(outcome);
    CHECK(outcome.error().code == ErrorCode::kLimit);
    CHECK(outcome.error().message.find("shorten") != std::string::npos);
    REQUIRE(interview.answer(at(interview, "/data/name"), "x"));
    CHECK(interview.finalise());
}
