#include <catch2/catch.hpp>

#include "tests/support/scenario.h"

using namespace survey;
using namespace survey::forms;

namespace {

/// An age that is warned of from 100 on, in a form with two languages.
std::string checked_form() {
    return xform(
        R"x(<data id="f"><limit>100</limit><age/><name/><meta><instanceID>i</instanceID></meta></data>)x",
        R"x(<itext><translation lang="en" default="true()"><text id="old"><value>Really <output value="/data/age"/>?</value></text></translation>
              <translation lang="de"><text id="old"><value>Wirklich <output value="/data/age"/>?</value></text></translation></itext>
           <bind xmlns:w="https://werkstatt.example/ns" nodeset="/data/age" type="int" constraint=". &lt; 200"
              w:warnIf=". &gt;= /data/limit" w:warnMsg="jr:itext('old')"/>
           <bind xmlns:w="https://werkstatt.example/ns" nodeset="/data/name" w:warnIf=". = ''" w:warnMsg="No name?"/>
           <bind nodeset="/data/limit" type="int"/>)x",
        R"x(<input ref="/data/limit"/><input ref="/data/age"/><input ref="/data/name"/>)x");
}

std::vector<std::string> spelled(const std::vector<Violation>& all) {
    std::vector<std::string> out;
    for (const Violation& one : all)
        out.push_back(one.ref + " " + one.message + one.reason);
    return out;
}

}  // namespace

TEST_CASE("a soft check warns in the active language and blocks nothing but the end",
          "[runtime][warning]") {
    Scenario form(checked_form());
    form.answer("/data/name", "Ada");
    CHECK_FALSE(form.node("/data/age").warning);
    form.answer("/data/age", "120");
    CHECK(form.node("/data/age").warning->message == "Really 120?");
    CHECK(form.node("/data/age").warning->kind == ViolationKind::kWarning);
    CHECK_FALSE(form.node("/data/age").violation);
    CHECK(form.session().validate().empty());
    CHECK(spelled(form.session().unfinished()) ==
          std::vector<std::string>{"/data/age Really 120?"});
    form.speak("de");
    CHECK(form.node("/data/age").warning->message == "Wirklich 120?");
    const Finalised stopped = form.finalise();
    REQUIRE(stopped.violations.size() == 1);
    CHECK(stopped.violations[0].kind == ViolationKind::kWarning);
}

TEST_CASE("a reason keeps the answer until it changes", "[runtime][warning]") {
    Scenario form(checked_form());
    form.answer("/data/name", "Ada");
    form.answer("/data/age", "120");
    const auto change = form.session().overrule(form.at("/data/age"), "has seen the papers");
    REQUIRE(change);
    CHECK(form.changed(*change) == std::vector<std::string>{"/data/age"});
    CHECK(form.session().unfinished().empty());
    CHECK(form.node("/data/age").warning->reason == "has seen the papers");
    CHECK(form.finalise().violations.empty());
    CHECK(spelled(form.finalise().warnings) ==
          std::vector<std::string>{"/data/age Really 120?has seen the papers"});

    // The reason was for the answer: another check of the same answer keeps it, another answer not.
    form.answer("/data/limit", "110");
    CHECK(form.session().unfinished().empty());
    form.answer("/data/age", "130");
    CHECK(spelled(form.session().unfinished()) ==
          std::vector<std::string>{"/data/age Really 130?"});
    form.answer("/data/age", "120");
    CHECK(form.session().unfinished().size() == 1);
}

TEST_CASE("a question that may only be left out with a reason", "[runtime][warning]") {
    Scenario form(checked_form());
    CHECK(spelled(form.session().unfinished()) == std::vector<std::string>{"/data/name No name?"});
    REQUIRE(form.session().overrule(form.at("/data/name"), "refused"));
    CHECK(form.session().unfinished().empty());
    CHECK(form.record().find("<name xmlns") == std::string::npos);
    CHECK(form.record().find("<name ws:overruled=\"refused\"/>") != std::string::npos);
    form.answer("/data/name", "Ada");
    CHECK(form.record().find("overruled") == std::string::npos);
}

TEST_CASE("what cannot be overruled is refused", "[runtime][warning]") {
    Scenario form(checked_form());
    const NodeId age = form.at("/data/age");
    form.answer("/data/age", "90");
    CHECK(form.session().overrule(age, "why not").error().code == ErrorCode::kForbidden);
    form.answer("/data/age", "120");
    CHECK(form.session().overrule(age, " \n").error().code == ErrorCode::kInvalidInput);
    CHECK(form.session().overrule(age, "a\x01").error().code == ErrorCode::kInvalidInput);
    CHECK(form.session().overrule(age, std::string(kReasonBytesMax + 1, 'x')).error().code ==
          ErrorCode::kInvalidInput);
    CHECK(form.session().overrule(age, std::string(kReasonBytesMax, 'x')));
    CHECK(form.session().overrule(9999, "x").error().code == ErrorCode::kNotFound);
    // A constraint stays hard.
    form.answer("/data/age", "300");
    REQUIRE(form.session().overrule(age, "older still"));
    CHECK(form.violations() == std::vector<std::string>{"constraint /data/age"});
}

TEST_CASE("reasons go with draft and record, and come back with both", "[runtime][warning]") {
    Scenario form(checked_form());
    form.answer("/data/name", "Ada");
    form.answer("/data/age", "120");
    REQUIRE(form.session().overrule(form.at("/data/age"), "\"old\" & <well>"));
    const Scenario again = form.restored();
    CHECK(again.node("/data/age").warning->reason == "\"old\" & <well>");
    CHECK(again.draft() == form.draft());
    OpenOptions edit;
    edit.mode = OpenOptions::Mode::kEdit;
    edit.xml = form.finalise().xml;
    const Scenario edited = form.another(edit);
    CHECK(edited.session().unfinished().empty());
    CHECK(edited.node("/data/age").warning->reason == "\"old\" & <well>");

    // Where the check is content again the record needs no reason; the draft keeps it.
    form.answer("/data/limit", "150");
    CHECK(form.record().find("overruled") == std::string::npos);
    CHECK(form.draft().find("overruled") != std::string::npos);
}

TEST_CASE("a hidden answer is not warned of", "[runtime][warning]") {
    Scenario form(xform(
        R"x(<data id="f"><on>1</on><a>5</a></data>)x",
        R"x(<bind xmlns:w="https://werkstatt.example/ns" nodeset="/data/a" relevant="/data/on = 1" w:warnIf=". = 5"/>)x",
        R"x(<input ref="/data/on"/><input ref="/data/a"/>)x"));
    CHECK(form.session().warnings().size() == 1);
    form.answer("/data/on", "2");
    CHECK(form.session().warnings().empty());
    form.answer("/data/on", "1");
    CHECK(form.session().warnings().size() == 1);
}

TEST_CASE("entries that a count took away wait in the draft", "[runtime][repeat]") {
    Scenario form(xform(
        R"x(<data id="f"><n>3</n><p jr:template=""><name/><m>0</m><q><v/></q></p><meta><instanceID>i</instanceID></meta></data>)x",
        R"x(<bind nodeset="/data/n" type="int"/><bind nodeset="/data/p/m" type="int"/>)x",
        R"x(<input ref="/data/n"/><group ref="/data/p"><repeat nodeset="/data/p" jr:count="/data/n">
            <input ref="/data/p/name"/><input ref="/data/p/m"/>
            <group ref="/data/p/q"><repeat nodeset="/data/p/q" jr:count="../m"><input ref="/data/p/q/v"/></repeat></group>
            </repeat></group>)x"));
    form.answer("/data/p[2]/name", "Bea");
    form.answer("/data/p[3]/name", "Cem");
    form.answer("/data/p[3]/m", "2");
    form.answer("/data/p[3]/q[2]/v", "deep");
    form.answer("/data/p[3]/m", "1");
    const std::string before = form.draft();
    form.answer("/data/n", "1");
    CHECK(form.count("/data/p") == 1);
    CHECK(form.record().find("Bea") == std::string::npos);
    CHECK(form.finalise().xml.find("removed") == std::string::npos);

    // Closed and taken up again, twice.
    Scenario again = form.restored().restored();
    CHECK(again.draft() == form.draft());
    CHECK(again.count("/data/p") == 1);
    CHECK(again.record() == form.record());
    again.answer("/data/n", "2");
    CHECK(again.value("/data/p[2]/name") == "Bea");
    again.answer("/data/n", "3");
    CHECK(again.value("/data/p[3]/name") == "Cem");
    CHECK(again.count("/data/p[3]/q") == 1);
    CHECK(again.draft() == before);
    again.answer("/data/p[3]/m", "2");
    CHECK(again.value("/data/p[3]/q[2]/v") == "deep");
}

TEST_CASE("a sent record brings no entries that a count took away", "[runtime][repeat]") {
    Scenario form(xform(
        R"x(<data id="f"><n>1</n><p jr:template=""><name/></p><meta><instanceID>i</instanceID></meta></data>)x",
        R"x(<bind nodeset="/data/n" type="int"/>)x",
        R"x(<input ref="/data/n"/><group ref="/data/p"><repeat nodeset="/data/p" jr:count="/data/n">
            <input ref="/data/p/name"/></repeat></group>)x"));
    form.answer("/data/p[1]/name", "Ada");
    form.answer("/data/n", "0");
    OpenOptions edit;
    edit.mode = OpenOptions::Mode::kEdit;
    edit.xml = form.draft();
    Scenario edited = form.another(edit);
    edited.answer("/data/n", "1");
    CHECK(edited.value("/data/p[1]/name").empty());
}
