#include <catch2/catch.hpp>

#include "sample_forms.h"

namespace survey::forms {
namespace {

TEST_CASE("every kind of control is read", "[xform][body]") {
    struct Case {
        std::string_view element;
        ControlKind kind;
    };
    const Case cases[] = {
        {"<input ref='/data/a'/>", ControlKind::kInput},
        {"<secret ref='/data/a'/>", ControlKind::kSecret},
        {"<trigger ref='/data/a'/>", ControlKind::kTrigger},
        {"<upload ref='/data/a' mediatype='image/*'/>", ControlKind::kUpload},
        {"<range ref='/data/a' start='1' end='10' step='2'/>", ControlKind::kRange},
        {"<select ref='/data/a'><item><value>1</value></item></select>", ControlKind::kSelectMany},
        {"<select1 ref='/data/a'><item><value>1</value></item></select1>", ControlKind::kSelectOne},
        {"<rank ref='/data/a'><item><value>1</value></item></rank>", ControlKind::kRank},
        {"<odk:rank ref='/data/a'><item><value>1</value></item></odk:rank>", ControlKind::kRank},
        {"<input xmlns='' ref='/data/a'/>", ControlKind::kInput},
    };
    for (const Case& one : cases) {
        CAPTURE(one.element);
        const auto form = loaded(Parts{.instance = "<a/>", .body = one.element});
        REQUIRE(form->controls.size() == 1);
        CHECK(form->controls[0].kind == one.kind);
        CHECK(form->controls[0].ref == form->find("/data/a"));
        CHECK(form->nodes[form->find("/data/a")].control == 0);
    }
}

TEST_CASE("attributes of controls are known or kept", "[xform][body]") {
    const auto form = loaded(Parts{
        .instance = "<a/><b/><c/>",
        .body =
            "<range ref='/data/a' start='1' end='10' step='0.5' appearance='vertical  no-ticks'/>"
            "<upload ref='/data/b' mediatype='audio/*' orx:max-pixels='9'/>"
            "<input ref='/data/c' rows='3' start='9' jr:x='y'/>"});
    const Control& range = control(*form, "/data/a");
    CHECK(range.range_start == "1");
    CHECK(range.range_end == "10");
    CHECK(range.range_step == "0.5");
    CHECK(range.appearances == std::vector<std::string>{"vertical", "no-ticks"});
    CHECK(range.extra.empty());
    const Control& upload = control(*form, "/data/b");
    CHECK(upload.media_type == "audio/*");
    CHECK(*upload.extra_value("{http://openrosa.org/xforms}max-pixels") == "9");
    const Control& input = control(*form, "/data/c");
    CHECK(*input.extra_value("rows") == "3");
    CHECK(*input.extra_value("start") == "9");
    CHECK(*input.extra_value("{http://openrosa.org/javarosa}x") == "y");
}

TEST_CASE("groups and repeats nest, and top controls keep their order", "[xform][body]") {
    const auto form = loaded(
        Parts{.instance = "<a/><g><b/><r><c/></r></g>",
              .body = "<input ref='/data/a'/>"
                      "<group ref='/data/g' appearance='field-list'><label>G</label>"
                      "<input ref='/data/g/b'/>"
                      "<group ref='/data/g/r'><label>R</label>"
                      "<repeat nodeset='/data/g/r' jr:count='/data/a' jr:noAddRemove='true()'>"
                      "<input ref='/data/g/r/c'/></repeat></group></group>"});
    REQUIRE(form->top_controls.size() == 2);
    CHECK(form->controls[form->top_controls[0]].ref == form->find("/data/a"));
    const Control& group = form->controls[form->top_controls[1]];
    CHECK(group.kind == ControlKind::kGroup);
    CHECK(shown(group.label.literal) == "G");
    CHECK(group.appearances == std::vector<std::string>{"field-list"});
    REQUIRE(group.children.size() == 2);
    const Control& label_group = form->controls[group.children[1]];
    CHECK(shown(label_group.label.literal) == "R");
    REQUIRE(label_group.children.size() == 1);
    const Control& repeat = form->controls[label_group.children[0]];
    CHECK(repeat.kind == ControlKind::kRepeat);
    CHECK(repeat.repeat_count->source() == "/data/a");
    CHECK(repeat.no_add_remove);
    CHECK(form->controls[repeat.children[0]].parent == label_group.children[0]);
    for (ControlIndex i = 0; i < form->controls.size(); ++i) {
        if (form->controls[i].parent != kNoControl) CHECK(form->controls[i].parent < i);
    }
    CHECK(node(*form, "/data/g/r").control == label_group.children[0]);
}

TEST_CASE("a group without ref is a heading, and refs inside are from outside", "[xform][body]") {
    const auto form = loaded(Parts{.instance = "<a/><g><b/></g>",
                                   .body = "<group><label>Heading</label><input ref='a'/></group>"
                                           "<group ref='g'><input ref='b'/></group>"});
    CHECK(form->controls[form->top_controls[0]].ref == kNoRef);
    CHECK(control(*form, "/data/a").kind == ControlKind::kInput);
    CHECK(control(*form, "/data/g/b").kind == ControlKind::kInput);
}

TEST_CASE("controls may name their bind by id", "[xform][body]") {
    const auto form = loaded(Parts{.instance = "<a/>",
                                   .model = "<bind id='x' nodeset='/data/a'/>",
                                   .body = "<input bind='x'/>"});
    CHECK(control(*form, "/data/a").kind == ControlKind::kInput);
}

TEST_CASE("labels are text with outputs and markup", "[xform][body]") {
    struct Case {
        std::string_view label;
        std::string_view shown;
    };
    const Case cases[] = {
        {"<label>Plain</label>", "Plain"},
        {"<label>\n  Trimmed   inside\n</label>", "Trimmed   inside"},
        {"<label/>", ""},
        {"<label> </label>", ""},
        {"<label>Dear <output value='/data/b'/>, welcome</label>", "Dear {/data/b}, welcome"},
        {"<label><output value='/data/b'/></label>", "{/data/b}"},
        {"<label><output ref='../b'/> <output value='/data/b'/></label>", "{../b} {/data/b}"},
        {"<label>a <h:b class='x'>bold <output value='/data/b'/></h:b> end<h:br/></label>",
         "a <b class=\"x\">bold {/data/b}</b> end<br/>"},
        {"<label>&lt;b&gt; &amp; c</label>", "<b> & c"},
        {"<label>one<!-- no -->two</label>", "onetwo"},
        {"<label ref='/data/b'/>", "{/data/b}"},
    };
    for (const Case& one : cases) {
        CAPTURE(one.label);
        const std::string body = "<input ref='/data/a'>" + std::string(one.label) + "</input>";
        const auto form = loaded(Parts{.instance = "<a/><b/>", .body = body});
        CHECK(shown(control(*form, "/data/a").label.literal) == one.shown);
    }
}

TEST_CASE("label and hint may be translated, with their own text besides", "[xform][body]") {
    const auto form = loaded(Parts{
        .instance = "<a/>",
        .model = "<itext><translation lang='en'><text id='q'><value>Q</value></text></translation>"
                 "</itext>",
        .body = "<input ref='/data/a'><label ref=\"jr:itext('q')\">Fallback</label>"
                "<hint ref='jr:itext( &quot;q&quot; )'/></input>"});
    const Control& a = control(*form, "/data/a");
    CHECK(a.label.itext_id == "q");
    CHECK(shown(a.label.literal) == "Fallback");
    CHECK(a.hint.itext_id == "q");
    CHECK(a.hint.literal.empty());
}

TEST_CASE("the classes of the body are kept", "[xform][body]") {
    std::string bytes = xform({.instance = "<a/>"});
    bytes.replace(bytes.find("<h:body>"), 8, "<h:body class=' pages theme-grid'>");
    CHECK(loaded(bytes)->body_classes == std::vector<std::string>{"pages", "theme-grid"});
}

TEST_CASE("the first control of a node counts", "[xform][body]") {
    const auto form =
        loaded(Parts{.instance = "<a/>", .body = "<input ref='/data/a'/><trigger ref='/data/a'/>"});
    CHECK(control(*form, "/data/a").kind == ControlKind::kInput);
    CHECK(form->controls.size() == 2);
}

}  // namespace
}  // namespace survey::forms
