#include <catch2/catch.hpp>

#include "tests/support/scenario.h"

using namespace survey;
using namespace survey::forms;

TEST_CASE("finalising fills in the end, checks, and names what belongs to the record",
          "[runtime][record]") {
    Scenario form(xform(
        R"x(<data id="f" version="2"><end/><photo/><hidden/><must/><meta><instanceID/><instanceName/></meta></data>)x",
        R"x(<bind nodeset="/data/end" type="dateTime" jr:preload="timestamp" jr:preloadParams="end"/>
           <bind nodeset="/data/photo" type="binary"/>
           <bind nodeset="/data/hidden" type="binary" relevant="false()"/>
           <bind nodeset="/data/must" required="true()"/>
           <bind nodeset="/data/meta/instanceID" jr:preload="uid"/>
           <bind nodeset="/data/meta/instanceName" calculate="concat('Visit ', /data/must)"/>)x",
        R"x(<upload ref="/data/photo" mediatype="image/*"/><input ref="/data/must"/>)x"));
    CHECK(form.value("/data/end").empty());
    form.answer("/data/photo", "a/b/works.jpg");
    Finalised done = form.finalise();
    CHECK(done.violations.size() == 1);
    CHECK(done.violations[0].ref == "/data/must");
    form.answer("/data/must", "7");
    form.clock().set("2026-11-25T10:00:00Z");
    done = form.finalise();
    CHECK(done.violations.empty());
    CHECK(done.attachments == std::vector<std::string>{"works.jpg"});
    CHECK(done.instance_id == form.session().instance_id());
    CHECK(done.instance_name == "Visit 7");
    CHECK(done.xml.find("<end>2026-11-25T11:00:00.000+01:00</end>") != std::string::npos);
    CHECK(form.finalise().xml == done.xml);
}

TEST_CASE("a record keeps the root's attributes and the namespaces in use", "[runtime][record]") {
    const Scenario form(xform(
        R"x(<data id="f" orx:version="1&amp;2"><a>x &lt; y</a><g/><orx:meta><orx:instanceID>i</orx:instanceID></orx:meta></data>)x",
        R"x(<bind nodeset="/data/orx:meta/orx:instanceID" calculate="'i'"/>)x",
        R"x(<input ref="/data/a"/>)x"));
    CHECK(form.record() ==
          R"x(<data xmlns:orx="http://openrosa.org/xforms" id="f" orx:version="1&amp;2">)x"
          R"x(<a>x &lt; y</a><g/><orx:meta><orx:instanceID>i</orx:instanceID></orx:meta></data>)x");
}

TEST_CASE("a default namespace of the form's own stays, that of XForms is not named",
          "[runtime][record]") {
    const Scenario own(xform(
        R"x(<data xmlns="http://example.org/own" id="f"><a>1</a><orx:meta><orx:instanceID>i</orx:instanceID></orx:meta></data>)x",
        "", ""));
    CHECK(own.record().starts_with(R"x(<data xmlns="http://example.org/own")x"));
    CHECK(own.restored().draft() == own.draft());
    const Scenario common(xform(R"x(<data id="f"><a/><meta><instanceID/></meta></data>)x",
                                R"x(<bind nodeset="/data/meta/instanceID" calculate="'i'"/>)x",
                                ""));
    CHECK(common.record() ==
          R"x(<data id="f"><a/><meta><instanceID>i</instanceID></meta></data>)x");
}

TEST_CASE("attributes with binds are values and may be hidden", "[runtime][record]") {
    Scenario form(xform(
        R"x(<data id="f"><on>1</on><e attr=""/><meta><instanceID>i</instanceID></meta></data>)x",
        R"x(<bind nodeset="/data/e/@attr" calculate="concat('v', /data/on)" relevant="/data/on = 1"/>)x",
        R"x(<input ref="/data/on"/>)x"));
    CHECK(form.record().find(R"x(<e attr="v1"/>)x") != std::string::npos);
    CHECK(form.value("/data/e/@attr") == "v1");
    form.answer("/data/on", "2");
    CHECK(form.record().find("<e/>") != std::string::npos);
}

TEST_CASE("a relevant group without content still appears", "[runtime][record]") {
    const Scenario form(
        xform(R"x(<data id="f"><g><a/></g><meta><instanceID>i</instanceID></meta></data>)x",
              R"x(<bind nodeset="/data/g/a" relevant="false()"/>)x",
              R"x(<group ref="/data/g"><input ref="/data/g/a"/></group>)x"));
    CHECK(form.record().find("<g/>") != std::string::npos);
}

TEST_CASE("a form without meta gets an instanceID", "[runtime][record]") {
    Scenario form(xform(R"x(<data id="f"><a/></data>)x", "", R"x(<input ref="/data/a"/>)x"));
    const Finalised done = form.finalise();
    CHECK(done.instance_id.starts_with("uuid:"));
    CHECK(done.xml.find(done.instance_id) != std::string::npos);
}

TEST_CASE("a part of a record is written by itself", "[runtime][record]") {
    Scenario form(xform(
        R"x(<data xmlns:o="urn:o" id="f"><a>1</a><r><b>2</b><o:c/></r><r><b>3</b><o:c/></r><h>4</h></data>)x",
        R"x(<bind nodeset="/data/h" relevant="false()"/>)x",
        R"x(<input ref="/data/a"/><group><repeat nodeset="/data/r"><input ref="/data/r/b"/></repeat></group>
            <input ref="/data/h"/>)x"));
    const auto part = [&form](std::string_view ref, bool all = false) {
        SerializeOptions options;
        options.include_non_relevant = all;
        options.subtree = *form.session().find(ref);
        return form.session().serialize(options);
    };
    CHECK(part("/data/a") == "<a>1</a>");
    CHECK(part("/data/r[2]") == "<r><b>3</b><o:c xmlns:o=\"urn:o\"/></r>");
    CHECK(part("/data/r") == part("/data/r[1]") + part("/data/r[2]"));
    CHECK(part("/data/h").empty());
    CHECK(part("/data/h", true) == "<h>4</h>");
    CHECK(part("/data") == form.session().serialize());
}
