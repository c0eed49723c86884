#include <catch2/catch.hpp>

#include "tests/support/scenario.h"

using namespace survey;
using namespace survey::forms;

namespace {

const std::string kForm = xform(
    R"x(<data id="f"><p jr:template=""><name>N</name><age/><place/><older/></p><p><name>one</name><age/><place/><older/></p><total/><n/></data>)x",
    R"x(<bind nodeset="/data/p/age" type="int"/>
       <bind nodeset="/data/p/place" calculate="position(..)" type="int"/>
       <bind nodeset="/data/p/older" calculate="../age + 1" type="int"/>
       <bind nodeset="/data/total" calculate="sum(/data/p/age)" type="int"/>
       <bind nodeset="/data/n" calculate="count(/data/p)" type="int"/>)x",
    R"x(<group ref="/data/p"><label>Person</label><repeat nodeset="/data/p">
       <input ref="/data/p/name"/><input ref="/data/p/age"/></repeat></group>)x");

std::string counted(std::string_view count) {
    return xform(R"x(<data id="f"><c/><r jr:template=""><a/><seen/></r></data>)x",
                 R"x(<bind nodeset="/data/c" type="int"/>
                    <bind nodeset="/data/r/seen" calculate="position(..)"/>)x",
                 R"x(<input ref="/data/c"/><repeat nodeset="/data/r" jr:count=")x" +
                     std::string(count) + R"x("><input ref="/data/r/a"/></repeat>)x");
}

}  // namespace

TEST_CASE("the form's own instances are there, new ones come from the template",
          "[runtime][repeat]") {
    Scenario form(kForm);
    CHECK(form.count("/data/p") == 1);
    CHECK(form.value("/data/p[1]/name") == "one");
    CHECK(form.add_repeat("/data/p") == "/data/p[2]");
    CHECK(form.value("/data/p[2]/name") == "N");
    CHECK(form.value("/data/n") == "2");
}

TEST_CASE("a template alone gives no instance", "[runtime][repeat]") {
    Scenario form(xform(R"x(<data id="f"><r jr:template=""><a>t</a></r></data>)x", "",
                        R"x(<repeat nodeset="/data/r"><input ref="/data/r/a"/></repeat>)x"));
    CHECK(form.count("/data/r") == 0);
    CHECK(form.node("/data/r").can_add);
    form.add_repeat("/data/r");
    CHECK(form.value("/data/r[1]/a") == "t");
}

TEST_CASE("without a template the first instance is copied as the form has it",
          "[runtime][repeat]") {
    Scenario form(xform(R"x(<data id="f"><r><a>first</a><in><x/></in></r></data>)x", "",
                        R"x(<repeat nodeset="/data/r"><input ref="/data/r/a"/>
                           <repeat nodeset="/data/r/in"><input ref="/data/r/in/x"/></repeat></repeat>)x"));
    form.answer("/data/r[1]/a", "changed");
    form.add_repeat("/data/r");
    CHECK(form.value("/data/r[2]/a") == "first");
    CHECK(form.count("/data/r[1]/in") == 1);
    CHECK(form.count("/data/r[2]/in") == 0);
}

TEST_CASE("an answer in one instance reaches that instance and the sums", "[runtime][repeat]") {
    Scenario form(kForm);
    form.add_repeat("/data/p");
    form.answer("/data/p[1]/age", "30");
    const Change change = form.answer("/data/p[2]/age", "12");
    CHECK(form.changed(change) ==
          std::vector<std::string>{"/data/p[2]/age", "/data/p[2]/older", "/data/total"});
    CHECK(form.value("/data/p[2]/older") == "13");
    CHECK(form.value("/data/total") == "42");
}

TEST_CASE("removing an instance closes the positions and updates what counts",
          "[runtime][repeat]") {
    Scenario form(kForm);
    for (int i = 0; i < 3; ++i)
        form.add_repeat("/data/p");
    for (int i = 1; i <= 4; ++i) {
        const std::string ref = "/data/p[" + std::to_string(i) + "]";
        form.answer(ref + "/age", std::to_string(i * 10));
        CHECK(form.value(ref + "/place") == std::to_string(i));
    }
    const NodeId third = form.at("/data/p[3]");
    const NodeId second_age = form.at("/data/p[2]/age");
    form.remove_repeat("/data/p[2]");
    CHECK(form.count("/data/p") == 3);
    CHECK(form.at("/data/p[2]") == third);
    CHECK(form.value("/data/p[2]/age") == "30");
    CHECK(form.value("/data/p[2]/place") == "2");
    CHECK(form.value("/data/total") == "80");
    CHECK(form.value("/data/n") == "3");
    CHECK_FALSE(form.session().exists(second_age));
    CHECK_FALSE(form.session().set_value(second_age, "1"));
    CHECK_FALSE(form.session().remove_repeat(second_age));
}

TEST_CASE("an instance can be added in the middle", "[runtime][repeat]") {
    Scenario form(kForm);
    form.add_repeat("/data/p");
    form.answer("/data/p[2]/name", "last");
    Change change;
    REQUIRE(form.session().add_repeat(form.at("/data/p"), form.at("/data/p[1]"), change));
    CHECK(form.value("/data/p[2]/name") == "N");
    CHECK(form.value("/data/p[3]/name") == "last");
    CHECK(form.value("/data/p[3]/place") == "3");
    CHECK(std::count(change.changed.begin(), change.changed.end(), form.at("/data/p[3]")) == 1);
}

TEST_CASE("a count makes and takes instances; a blank one changes nothing",
          "[runtime][repeat][count]") {
    Scenario form(counted("/data/c"));
    CHECK(form.count("/data/r") == 0);
    form.answer("/data/c", "3");
    CHECK(form.count("/data/r") == 3);
    CHECK(form.value("/data/r[3]/seen") == "3");
    form.answer("/data/r[3]/a", "kept");
    form.answer("/data/c", "");
    CHECK(form.count("/data/r") == 3);
    const Change change = form.answer("/data/c", "1");
    CHECK(form.count("/data/r") == 1);
    CHECK(change.removed.size() == 6);
    SECTION("answers beyond the count come back when it rises again") {
        form.answer("/data/c", "3");
        CHECK(form.value("/data/r[3]/a") == "kept");
    }
    SECTION("a negative count is none") {
        form.answer("/data/c", "-2");
        CHECK(form.count("/data/r") == 0);
    }
    SECTION("the user cannot change the number") {
        CHECK_FALSE(form.node("/data/r").can_add);
        CHECK_FALSE(form.session().remove_repeat(form.at("/data/r[1]")));
        Change ignored;
        CHECK_FALSE(form.session().add_repeat(form.at("/data/r"), kNoNodeId, ignored));
    }
}

TEST_CASE("an absurd count is a fault, not the end of memory", "[runtime][repeat][count]") {
    Scenario form(counted("/data/c"));
    form.answer("/data/c", "2000000000");
    CHECK(form.count("/data/r") == 0);
    CHECK_FALSE(form.node("/data/r").fault.empty());
}

TEST_CASE("a repeat may go on as long as its answers say so", "[runtime][repeat][count]") {
    Scenario form(xform(R"x(<data id="f"><r jr:template=""><more/></r></data>)x", "",
                        R"x(<repeat nodeset="/data/r" jr:count="count(/data/r[more = 'yes']) + 1">
           <input ref="/data/r/more"/></repeat>)x"));
    CHECK(form.count("/data/r") == 1);
    form.answer("/data/r[1]/more", "yes");
    CHECK(form.count("/data/r") == 2);
    form.answer("/data/r[2]/more", "yes");
    CHECK(form.count("/data/r") == 3);
    form.answer("/data/r[2]/more", "no");
    CHECK(form.count("/data/r") == 2);
}

TEST_CASE("noAddRemove fixes the number at the form's, at least one", "[runtime][repeat]") {
    Scenario form(xform(R"x(<data id="f"><r jr:template=""><a/></r></data>)x", "",
                        R"x(<repeat nodeset="/data/r" jr:noAddRemove="true()">
                           <input ref="/data/r/a"/></repeat>)x"));
    CHECK(form.count("/data/r") == 1);
    CHECK_FALSE(form.node("/data/r").can_add);
    CHECK_FALSE(form.node("/data/r").can_remove);
}

TEST_CASE("relevance inside a repeat is asked of each instance", "[runtime][repeat][relevance]") {
    Scenario form(xform(
        R"x(<data id="f"><n>1</n><count/><r><g><a>x</a></g></r><r><g><a>y</a></g></r></data>)x",
        R"x(<bind nodeset="/data/r/g" relevant="position(..) &lt;= /data/n"/>
           <bind nodeset="/data/count" calculate="count(/data/r/g/a)"/>)x",
        R"x(<input ref="/data/n"/><repeat nodeset="/data/r"><group ref="/data/r/g">
           <input ref="/data/r/g/a"/></group></repeat>)x"));
    CHECK(form.relevant("/data/r[1]/g"));
    CHECK_FALSE(form.relevant("/data/r[2]/g/a"));
    CHECK(form.value("/data/count") == "1");
    CHECK(form.record().find("<a>y</a>") == std::string::npos);
    form.answer("/data/n", "2");
    CHECK(form.relevant("/data/r[2]/g/a"));
    CHECK(form.value("/data/count") == "2");
    form.remove_repeat("/data/r[1]");
    form.answer("/data/n", "1");
    CHECK(form.value("/data/r[1]/g/a") == "y");
}

TEST_CASE("a hidden repeat is not counted and comes back with its answers",
          "[runtime][repeat][relevance]") {
    Scenario form(xform(
        R"x(<data id="f"><show>1</show><count/><r><a>x</a></r></data>)x",
        R"x(<bind nodeset="/data/r" relevant="/data/show = 1"/>
           <bind nodeset="/data/count" calculate="count(/data/r)"/>)x",
        R"x(<input ref="/data/show"/><repeat nodeset="/data/r"><input ref="/data/r/a"/></repeat>)x"));
    form.add_repeat("/data/r");
    CHECK(form.value("/data/count") == "2");
    form.answer("/data/show", "0");
    CHECK(form.value("/data/count") == "0");
    CHECK_FALSE(form.node("/data/r").can_add);
    CHECK(form.record().find("<r>") == std::string::npos);
    form.answer("/data/show", "1");
    CHECK(form.value("/data/count") == "2");
    CHECK(form.value("/data/r[2]/a") == "x");
}

TEST_CASE("an absolute path inside a repeat means the same instance", "[runtime][repeat]") {
    Scenario form(xform(R"x(<data id="f"><r><a>1</a><b/></r><r><a>5</a><b/></r></data>)x",
                        R"x(<bind nodeset="/data/r/b" calculate="/data/r/a * 2"/>)x",
                        R"x(<repeat nodeset="/data/r"><input ref="/data/r/a"/></repeat>)x"));
    CHECK(form.value("/data/r[1]/b") == "2");
    CHECK(form.value("/data/r[2]/b") == "10");
    form.answer("/data/r[2]/a", "7");
    CHECK(form.value("/data/r[1]/b") == "2");
    CHECK(form.value("/data/r[2]/b") == "14");
}

TEST_CASE("an instance may read another one and follows it", "[runtime][repeat]") {
    Scenario form(xform(
        R"x(<data id="f"><r><a>1</a><before/></r><r><a>2</a><before/></r><r><a>3</a><before/></r></data>)x",
        R"x(<bind nodeset="/data/r/before"
            calculate="indexed-repeat(/data/r/a, /data/r, position(..) - 1)"/>)x",
        R"x(<repeat nodeset="/data/r"><input ref="/data/r/a"/></repeat>)x"));
    CHECK(form.value("/data/r[3]/before") == "2");
    form.answer("/data/r[2]/a", "20");
    CHECK(form.value("/data/r[3]/before") == "20");
    form.remove_repeat("/data/r[2]");
    CHECK(form.value("/data/r[2]/before") == "1");
}

TEST_CASE("nested repeats keep their own instances", "[runtime][repeat]") {
    Scenario form(xform(
        R"x(<data id="f"><o jr:template=""><name/><i jr:template=""><x/></i><sum/></o><all/></data>)x",
        R"x(<bind nodeset="/data/o/i/x" type="int"/>
           <bind nodeset="/data/o/sum" calculate="sum(../i/x)"/>
           <bind nodeset="/data/all" calculate="sum(/data/o/i/x)"/>)x",
        R"x(<repeat nodeset="/data/o"><input ref="/data/o/name"/>
           <repeat nodeset="/data/o/i"><input ref="/data/o/i/x"/></repeat></repeat>)x"));
    form.add_repeat("/data/o");
    form.add_repeat("/data/o");
    form.add_repeat("/data/o[1]/i");
    form.add_repeat("/data/o[2]/i");
    form.add_repeat("/data/o[2]/i");
    form.answer("/data/o[1]/i[1]/x", "1");
    form.answer("/data/o[2]/i[1]/x", "10");
    form.answer("/data/o[2]/i[2]/x", "20");
    CHECK(form.value("/data/o[1]/sum") == "1");
    CHECK(form.value("/data/o[2]/sum") == "30");
    CHECK(form.value("/data/all") == "31");
    form.remove_repeat("/data/o[2]/i[1]");
    CHECK(form.value("/data/o[2]/sum") == "20");
    CHECK(form.restored().draft() == form.draft());
}

TEST_CASE("a repeat that was hidden when sent comes back on edit", "[runtime][repeat]") {
    Scenario form(xform(
        R"x(<data id="f"><show/><r><a>x</a></r><meta><instanceID/></meta></data>)x",
        R"x(<bind nodeset="/data/r" relevant="/data/show = 'yes'"/>)x",
        R"x(<input ref="/data/show"/><repeat nodeset="/data/r"><input ref="/data/r/a"/></repeat>)x"));
    OpenOptions open;
    open.mode = OpenOptions::Mode::kEdit;
    open.xml = form.record();
    Scenario edit = form.another(open);
    CHECK(edit.count("/data/r") == 1);
    edit.answer("/data/show", "yes");
    CHECK(edit.value("/data/r[1]/a") == "x");
}
