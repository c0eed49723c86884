#include <catch2/catch.hpp>

#include "tests/support/scenario.h"

using namespace survey;
using namespace survey::forms;

namespace {

std::string watched_form(const std::string& attributes) {
    return xform(
        R"x(<data id="f"><a/><b/><r jr:template=""><c/></r><meta><instanceID>i</instanceID><audit/></meta></data>)x",
        R"x(<bind nodeset="/data/a" required="true()"/><bind xmlns:odk="http://www.opendatakit.org/xforms" nodeset="/data/meta/audit" type="binary" )x" +
            attributes + "/>",
        R"x(<input ref="/data/a"/><input ref="/data/b"/><group ref="/data/r"><repeat nodeset="/data/r"><input ref="/data/r/c"/></repeat></group>)x");
}

constexpr const char* kAll =
    R"x(odk:track-changes="true" odk:track-changes-reasons="on-form-edit" odk:identify-user="true" odk:location-priority="balanced")x";

}  // namespace

TEST_CASE("a form that does not ask for it is not watched", "[runtime][audit]") {
    Scenario form(xform(R"x(<data id="f"><a/><meta><instanceID>i</instanceID></meta></data>)x", "",
                        R"x(<input ref="/data/a"/>)x"));
    form.session().audit_stop(form.session().events()[1]);
    form.answer("/data/a", "1");
    CHECK(form.session().audit_event("form save"));
    CHECK(form.session().give_change_reason("why"));
    CHECK(form.session().audit_csv().empty());
    const Finalised done = form.finalise();
    CHECK(done.audit.empty());
    CHECK(done.attachments.empty());
    CHECK(form.draft().find("audit") == std::string::npos);
}

TEST_CASE("events with their times, without answers where the form does not ask for them",
          "[runtime][audit]") {
    Scenario form(watched_form(""));
    form.clock().set("2026-11-25T08:30:01.000Z");
    const auto stops = form.session().events();
    form.session().audit_stop(stops[1]);
    form.answer("/data/a", "secret");
    form.clock().set("2026-11-25T08:30:03.500Z");
    form.session().audit_stop(stops[2]);
    form.session().audit_stop(stops[2]);  // still there
    form.add_repeat("/data/r");
    form.answer("/data/r[1]/c", "secret");
    form.remove_repeat("/data/r[1]");
    REQUIRE(form.session().audit_event("jump"));
    CHECK(form.session().audit_event("question").error().code == ErrorCode::kInvalidInput);
    form.session().audit_stop({FormEvent::Kind::kEnd, kNoNodeId});
    const Finalised done = form.finalise();
    CHECK(done.audit ==
          "event,node,start,end\n"
          "form start,,1795595400000,\n"
          "question,/data/a,1795595401000,1795595403500\n"
          "question,/data/b,1795595403500,1795595403500\n"
          "add repeat,/data/r[1],1795595403500,\n"
          "question,/data/r[1]/c,1795595403500,1795595403500\n"
          "delete repeat,/data/r[1],1795595403500,\n"
          "jump,,1795595403500,\n"
          "end screen,,1795595403500,1795595403500\n"
          "form finalize,,1795595403500,\n");
    CHECK(done.attachments == std::vector<std::string>{"audit.csv"});
    CHECK(done.xml.find("<audit>audit.csv</audit>") != std::string::npos);
    CHECK(done.audit.find("secret") == std::string::npos);
}

TEST_CASE("old and new answers, the user, the place", "[runtime][audit]") {
    Scenario::Setup setup;
    setup.open.user = "Ada, \"A\"";
    Scenario form(watched_form(kAll), setup);
    form.session().audit_stop(form.session().events()[1]);
    form.answer("/data/a", "x");
    form.answer("/data/a", "one, two");
    form.session().audit_place(AuditPlace{"51", "13.7", "5"});
    form.answer("/data/b", "line\nbreak");
    const Finalised refused = form.finalise();
    CHECK(
        refused.audit ==
        "event,node,start,end,latitude,longitude,accuracy,old-value,new-value,user,change-reason\n"
        "form start,,1795595400000,,,,,,,\"Ada, \"\"A\"\"\",\n"
        "question,/data/a,1795595400000,1795595400000,,,,,\"one, two\",\"Ada, \"\"A\"\"\",\n"
        "question,/data/b,1795595400000,1795595400000,51,13.7,5,,\"line\nbreak\",\"Ada, "
        "\"\"A\"\"\",\n"
        "form finalize,,1795595400000,,51,13.7,5,,,\"Ada, \"\"A\"\"\",\n");
}

TEST_CASE("a draft carries its log, and a log of other columns is taken by name",
          "[runtime][audit]") {
    Scenario form(watched_form(kAll));
    form.answer("/data/b", "1");
    const Finalised refused = form.finalise();
    CHECK(refused.violations.size() == 1);
    CHECK(refused.audit.find("constraint error,/data/a,") != std::string::npos);
    Scenario again = form.restored();
    CHECK(again.session().audit_csv() ==
          form.session().audit_csv() + "form resume,,1795595400000,,,,,,,,\n");
    CHECK(again.record() == form.record());

    Scenario::Setup plain;
    plain.open.mode = OpenOptions::Mode::kRestore;
    plain.open.xml = again.draft();
    Scenario fewer(watched_form(R"x(odk:track-changes="true")x"), plain);
    CHECK(fewer.session().audit_csv().starts_with(
        "event,node,start,end,old-value,new-value\n"
        "form start,,1795595400000,,,\n"
        "question,/data/b,1795595400000,1795595400000,,1\n"));
    plain.open.xml.replace(plain.open.xml.find("event,node"), 10, "no log at\n");
    Scenario none(watched_form(""), plain);
    CHECK(none.session().audit_csv().starts_with("event,node,start,end\n"));
}

TEST_CASE("a changed record needs a reason where the form asks for one", "[runtime][audit]") {
    Scenario form(watched_form(kAll));
    form.answer("/data/a", "1");
    const Finalised sent = form.finalise();
    CHECK_FALSE(sent.needs_change_reason);
    OpenOptions edit;
    edit.mode = OpenOptions::Mode::kEdit;
    edit.xml = sent.xml;
    edit.audit = sent.audit;
    Scenario edited = form.another(edit);
    CHECK_FALSE(edited.finalise().needs_change_reason);
    edited.answer("/data/a", "2");
    CHECK(edited.finalise().needs_change_reason);
    CHECK_FALSE(edited.session().give_change_reason(" "));
    CHECK(edited.finalise().needs_change_reason);
    REQUIRE(edited.session().give_change_reason("misheard"));
    const Finalised done = edited.finalise();
    CHECK_FALSE(done.needs_change_reason);
    CHECK(done.audit.starts_with(sent.audit + "form resume"));
    CHECK(done.audit.find("change reason,,1795595400000,,,,,,,,misheard\n") != std::string::npos);
}
