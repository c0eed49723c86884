#include <catch2/catch.hpp>

#include "sample_forms.h"

namespace survey::forms {
namespace {

TEST_CASE("the primary instance becomes the nodes of the form", "[xform][instance]") {
    const auto form = loaded(Parts{.instance = "<a>1</a><g><b> two words </b><c/></g>"});
    CHECK(form->id == "sample");
    CHECK(form->version == "1");
    CHECK(form->title == "Sample");
    CHECK(form->instance_namespace == "http://www.w3.org/2002/xforms");
    CHECK(form->nodes[0].path == "/data");
    CHECK(form->nodes[0].parent == kNoRef);
    CHECK(node(*form, "/data/a").default_value == "1");
    CHECK(node(*form, "/data/g/b").default_value == " two words ");
    CHECK(node(*form, "/data/g/c").default_value.empty());
    CHECK(node(*form, "/data/g").default_value.empty());
    CHECK(node(*form, "/data/g").children.size() == 2);
    CHECK(form->nodes[node(*form, "/data/g/c").parent].path == "/data/g");
    CHECK(form->instance_id == form->find("/data/meta/instanceID"));
    for (NodeRef ref = 1; ref < form->nodes.size(); ++ref) {
        CHECK(form->nodes[ref].parent < ref);
    }
    REQUIRE(form->source != nullptr);
    CHECK(form->source->name(form->primary_root).local == "data");
}

TEST_CASE("the version may stand in OpenRosa's namespace, and may be empty", "[xform][instance]") {
    CHECK(loaded(Parts{.instance = "<data id='x' orx:version='7'/>"})->version == "7");
    CHECK(loaded(Parts{.instance = "<data id='x' version='' orx:version='7'/>"})->version.empty());
    CHECK(loaded(Parts{.instance = "<data id='x'/>"})->version.empty());
}

TEST_CASE("a value of white space only is blank, and CDATA is text", "[xform][instance]") {
    const auto form = loaded(Parts{.instance = "<a>\n  </a><b>x<![CDATA[<y>]]></b>"});
    CHECK(node(*form, "/data/a").default_value.empty());
    CHECK(node(*form, "/data/b").default_value == "x<y>");
}

TEST_CASE("attributes of the instance are nodes", "[xform][instance]") {
    const auto form = loaded(Parts{.instance = "<e entities:x=\"1\" id=\"\"/>",
                                   .model = "<bind nodeset='/data/e/@id' calculate='1 + 1'/>"});
    CHECK(node(*form, "/data/e/@entities:x").is_attribute);
    CHECK(node(*form, "/data/e/@entities:x").default_value == "1");
    CHECK(bind(*form, "/data/e/@id").calculate);
    CHECK(node(*form, "/data/e").attributes.size() == 2);
    CHECK(node(*form, "/data/e").children.empty());
    CHECK(node(*form, "/data/@version").default_value == "1");
}

TEST_CASE("a repeat is one node whatever the number of its instances", "[xform][instance]") {
    const auto form = loaded(Parts{.instance = "<r><a>first</a><s><b>1</b></s></r>"
                                               "<r><a>second</a><s><b>2</b></s><s><b>3</b></s></r>",
                                   .body = "<group ref='/data/r'><repeat nodeset='/data/r'>"
                                           "<input ref='/data/r/a'><label>A</label></input>"
                                           "<repeat nodeset='/data/r/s'><input ref='/data/r/s/b'>"
                                           "<label>B</label></input></repeat></repeat></group>"});
    const NodeRef r = form->find("/data/r");
    const NodeRef s = form->find("/data/r/s");
    CHECK(form->nodes[r].is_repeat);
    CHECK(form->nodes[s].is_repeat);
    CHECK(form->nodes[r].repeat_scope == r);
    CHECK(node(*form, "/data/r/a").repeat_scope == r);
    CHECK(node(*form, "/data/r/s/b").repeat_scope == s);
    CHECK(form->nodes[0].repeat_scope == kNoRef);
    CHECK(node(*form, "/data/r/a").default_value == "first");
    CHECK(node(*form, "/data/r/s/b").default_value == "1");
    CHECK(form->nodes[r].children.size() == 2);
    CHECK(form->controls[form->nodes[r].control].kind == ControlKind::kRepeat);
}

TEST_CASE("the template decides the defaults, wherever it stands", "[xform][instance]") {
    for (const char* instance : {
             "<r jr:template=''><a>template</a><b/></r><r><a>first</a><b>x</b></r>",
             "<r><a>first</a><b>x</b></r><r jr:template=''><a>template</a><b/></r>",
         }) {
        const auto form = loaded(Parts{.instance = instance,
                                       .body = "<repeat nodeset='/data/r'><input ref='/data/r/a'>"
                                               "<label>A</label></input></repeat>"});
        CHECK(node(*form, "/data/r/a").default_value == "template");
        CHECK(node(*form, "/data/r/b").default_value.empty());
        CHECK(node(*form, "/data/r").attributes.empty());
    }
}

TEST_CASE("nodes that only a later instance has are nodes too", "[xform][instance]") {
    const auto form = loaded(Parts{.instance = "<r><a/></r><r><a/><late>x</late></r>",
                                   .body = "<repeat nodeset='/data/r'><input ref='/data/r/late'>"
                                           "<label>A</label></input></repeat>"});
    CHECK(node(*form, "/data/r/late").default_value.empty());
}

TEST_CASE("meta is found in the form's namespace and in OpenRosa's", "[xform][instance]") {
    const auto plain =
        loaded(Parts{.instance = "<data id='x'><meta><instanceID/><instanceName/></meta></data>"});
    CHECK(plain->instance_id == plain->find("/data/meta/instanceID"));
    CHECK(plain->instance_name == plain->find("/data/meta/instanceName"));
    const auto prefixed =
        loaded(Parts{.instance = "<data id='x'><orx:meta><orx:instanceID/></orx:meta></data>",
                     .model = "<bind nodeset='/data/orx:meta/orx:instanceID' jr:preload='uid'/>"});
    CHECK(prefixed->instance_id == prefixed->find("/data/orx:meta/orx:instanceID"));
    CHECK(bind(*prefixed, "/data/orx:meta/orx:instanceID").preload.kind == "uid");
    const auto redefined = loaded(Parts{
        .instance =
            "<data id='x'><meta xmlns='http://openrosa.org/xforms'><instanceID/></meta></data>",
        .model = "<bind nodeset='/data/meta/instanceID' readonly='true()'/>"});
    CHECK(redefined->instance_id == redefined->find("/data/meta/instanceID"));
    CHECK(bind(*redefined, "/data/meta/instanceID").readonly);
}

TEST_CASE("a form without instanceID gets one, in its document too", "[xform][instance]") {
    for (const char* instance : {"<data id='x'><a/></data>", "<data id='x'><orx:meta/></data>"}) {
        const auto form = loaded(Parts{.instance = instance});
        REQUIRE(form->instance_id == form->find("/data/orx:meta/orx:instanceID"));
        CHECK(form->nodes[form->instance_id].name.uri == "http://openrosa.org/xforms");
        CHECK(form->nodes[form->instance_id].bind->preload.kind == "uid");
        const xml::Node meta =
            form->source->child(form->primary_root, "http://openrosa.org/xforms", "meta");
        REQUIRE(meta != xml::kNoNode);
        CHECK(form->source->child(meta, "instanceID") != xml::kNoNode);
    }
    const auto inside = loaded(Parts{.instance = "<data id='x'><meta/></data>"});
    CHECK(inside->instance_id == inside->find("/data/meta/instanceID"));
}

TEST_CASE("an instanceID that nothing fills is preloaded", "[xform][instance]") {
    CHECK(bind(*loaded(Parts{.instance = "<a/>"}), "/data/meta/instanceID").preload.kind == "uid");
    const auto calculated = loaded(Parts{
        .instance = "<a/>", .model = "<bind nodeset='/data/meta/instanceID' calculate='uuid()'/>"});
    CHECK(bind(*calculated, "/data/meta/instanceID").preload.kind.empty());
    const auto set = loaded(
        Parts{.instance = "<a/>",
              .model = "<setvalue event='odk-instance-first-load' ref='/data/meta/instanceID' "
                       "value='uuid()'/>"});
    CHECK(bind(*set, "/data/meta/instanceID").preload.kind.empty());
}

TEST_CASE("a form in a namespace of its own is referred to without prefix", "[xform][instance]") {
    const auto form =
        loaded(Parts{.instance = "<data xmlns='urn:survey:household' version='2'><a/><b/></data>",
                     .model = "<bind nodeset='/data/a' relevant='/data/b = 1'/>",
                     .body = "<input ref='/data/a'><label>A</label></input>"});
    CHECK(form->id == "urn:survey:household");
    CHECK(form->instance_namespace == "urn:survey:household");
    CHECK(bind(*form, "/data/a").relevant);
}

TEST_CASE("secondary instances are loaded, external ones named", "[xform][instance]") {
    const auto form = loaded(Parts{
        .instance = "<a/>",
        .model = "<instance id='inline'><root>\n <item><name>x</name></item>\n</root></instance>"
                 "<instance id='csv' src='jr://file-csv/a.csv'/>"
                 "<instance id='spaced'><p:root xmlns:p='urn:p'><item xmlns='urn:q'/></p:root>"
                 "</instance>"});
    REQUIRE(form->instances.size() == 3);
    const SecondaryInstance& inline_one = *form->find_instance("inline");
    REQUIRE(inline_one.content != nullptr);
    REQUIRE(inline_one.tree != nullptr);
    const xml::Document& list = *inline_one.content;
    CHECK(list.name(list.root()).is("", "root"));
    CHECK(list.text(list.root()) == "x");
    CHECK(list.place(list.root()) != 0);
    CHECK(form->find_instance("csv")->src == "jr://file-csv/a.csv");
    CHECK(form->find_instance("csv")->content == nullptr);
    const xml::Document& spaced = *form->find_instance("spaced")->content;
    CHECK(spaced.name(spaced.root()).is("urn:p", "root"));
    CHECK(spaced.name(spaced.first_child(spaced.root())).is("", "item"));
    CHECK(form->find_instance("other") == nullptr);
}

TEST_CASE("text stays beside text in a secondary instance", "[xform][instance]") {
    const auto form = loaded(
        Parts{.instance = "<a/>",
              .model = "<instance id='i'><root><item> a <b/> c </item><x> </x></root></instance>"});
    const xml::Document& list = *form->find_instance("i")->content;
    CHECK(list.text(list.root()) == " a  c  ");
}

}  // namespace
}  // namespace survey::forms
