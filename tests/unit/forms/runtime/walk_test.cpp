#include <catch2/catch.hpp>

#include "tests/support/scenario.h"

using namespace survey;
using namespace survey::forms;

namespace {

const std::string kForm = xform(
    R"x(<data id="f"><a/><g><b/></g><r jr:template=""><c/></r><r><c/></r><k><d/></k><z/></data>)x",
    R"x(<bind nodeset="/data/g" relevant="/data/a = 'x'"/>)x",
    R"x(<input ref="/data/a"/><group ref="/data/g"><input ref="/data/g/b"/></group>
       <group ref="/data/r"><label>R</label><repeat nodeset="/data/r"><input ref="/data/r/c"/></repeat></group>
       <repeat nodeset="/data/k" jr:count="1"><input ref="/data/k/d"/></repeat>
       <group><label>only a heading</label><input ref="/data/z"/></group>)x");

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("the stops are what has a control and is relevant", "[runtime][walk]") {
    Scenario form(kForm);
    CHECK(form.stops() == Texts{"beginning", "question /data/a", "repeat /data/r[1]",
                                "question /data/r[1]/c", "prompt /data/r", "repeat /data/k[1]",
                                "question /data/k[1]/d", "question /data/z", "end"});
    form.answer("/data/a", "x");
    CHECK(form.stops()[2] == "group /data/g");
    CHECK(form.stops()[3] == "question /data/g/b");
}

TEST_CASE("walking goes through all stops and stays at the ends", "[runtime][walk]") {
    Scenario form(kForm);
    const std::vector<FormEvent> all = form.session().events();
    FormEvent at = all.front();
    CHECK(form.session().previous(at) == at);
    for (std::size_t i = 1; i < all.size(); ++i) {
        const FormEvent before = at;
        at = form.session().next(at);
        CHECK(at == all[i]);
        CHECK(form.session().previous(at) == before);
    }
    CHECK(form.session().next(at) == at);
}

TEST_CASE("from a stop that vanished one walks on from the one before", "[runtime][walk]") {
    Scenario form(kForm);
    form.answer("/data/a", "x");
    const FormEvent hidden{FormEvent::Kind::kQuestion, form.at("/data/g/b")};
    form.answer("/data/a", "");
    CHECK(form.session().next(hidden).node == form.at("/data/r[1]"));
    CHECK(form.session().previous(hidden).node == form.at("/data/a"));
    form.add_repeat("/data/r");
    const FormEvent gone{FormEvent::Kind::kQuestion, form.at("/data/r[2]/c")};
    form.remove_repeat("/data/r[2]");
    CHECK(form.session().exists(form.session().next(gone).node));
}
