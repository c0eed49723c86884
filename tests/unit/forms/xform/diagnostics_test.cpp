#include <catch2/catch.hpp>

#include "sample_forms.h"

// Every code with a form that gets it and a neighbour that does not.

namespace survey::forms {
namespace {

struct Neighbours {
    std::string_view finding;  // "error code"
    Parts wrong;
    Parts right;
};

void check(const Neighbours& one) {
    const std::string wrong = xform(one.wrong);
    const std::string right = xform(one.right);
    CAPTURE(one.finding, wrong);
    const LoadedForm refused = load_xform(wrong);
    std::string said;
    for (const Diagnostic& diagnostic : refused.diagnostics)
        said += describe(diagnostic) + "\n";
    INFO(said);
    CHECK(codes(refused) == one.finding);
    for (const Diagnostic& diagnostic : refused.diagnostics) {
        CHECK_FALSE(diagnostic.message.empty());
        CHECK(diagnostic.message.back() == '.');
        CHECK(diagnostic.place.line > 0);
    }
    CAPTURE(right);
    CHECK(codes(load_xform(right)) == "");
}

TEST_CASE("expressions that cannot be read", "[xform][diagnostics]") {
    const Neighbours cases[] = {
        {"error xpath-syntax",
         {"<a/>", "<bind nodeset='/data/a' calculate='1 +'/>"},
         {"<a/>", "<bind nodeset='/data/a' calculate='1 + 1'/>"}},
        {"error xpath-syntax",
         {"<a/>", {}, "<input ref='/data/a'><label><output value='(('/></label></input>"},
         {"<a/>", {}, "<input ref='/data/a'><label><output value='(1)'/></label></input>"}},
        {"error unknown-function",
         {"<a/>", "<bind nodeset='/data/a' relevant='iff(1, 2, 3)'/>"},
         {"<a/>", "<bind nodeset='/data/a' relevant='if(1, 2, 3)'/>"}},
        {"error wrong-arity",
         {"<a/>", "<bind nodeset='/data/a' required='not(1, 2)'/>"},
         {"<a/>", "<bind nodeset='/data/a' required='not(1)'/>"}},
        {"error unknown-prefix",
         {"<a/><b/>", "<bind nodeset='/data/a' calculate='/data/nope:b'/>"},
         {"<a/><b/>", "<bind nodeset='/data/a' calculate='/data/b'/>"}},
    };
    for (const Neighbours& one : cases)
        check(one);
}

TEST_CASE("a syntax error says where in the expression", "[xform][diagnostics]") {
    const LoadedForm form =
        load_xform(xform({"<a/>", "<bind nodeset='/data/a'\n calculate='1 + * 2'/>"}));
    REQUIRE(codes(form) == "error xpath-syntax");
    CHECK(form.diagnostics[0].offending == "1 + * 2");
    CHECK_THAT(form.diagnostics[0].message, Catch::Contains("\"calculate\" of /data/a"));
    CHECK_THAT(form.diagnostics[0].message, Catch::Contains("at character "));
}

TEST_CASE("references to nothing", "[xform][diagnostics]") {
    const Neighbours cases[] = {
        {"warning unknown-reference",
         {"<a/><g><b/></g>", "<bind nodeset='/data/a' relevant='/data/b = 1'/>"},
         {"<a/><g><b/></g>", "<bind nodeset='/data/a' relevant='/data/g/b = 1'/>"}},
        {"warning unknown-reference",
         {"<a/><g><b/></g>", "<bind nodeset='/data/g/b' calculate='../a'/>"},
         {"<a/><g><b/></g>", "<bind nodeset='/data/g/b' calculate='../../a'/>"}},
        {"error unknown-reference",
         {"<a/>", {}, "<input ref='/data/b'/>"},
         {"<a/>", {}, "<input ref='/data/a'/>"}},
        {"warning unknown-reference",
         {"<a/>", {}, "<input ref='/data/a'><label><output value='/data/c'/></label></input>"},
         {"<a/>", {}, "<input ref='/data/a'><label><output value='/data/a'/></label></input>"}},
        {"warning unknown-reference",
         {"<a/><r><b/></r>",
          {},
          "<repeat nodeset='/data/r' jr:count='../n'><input ref='/data/r/b'/></repeat>"},
         {"<a/><r><b/></r>",
          {},
          "<repeat nodeset='/data/r' jr:count='../a'><input ref='/data/r/b'/></repeat>"}},
        {"error unknown-reference",
         {"<a/>", "<setvalue event='odk-instance-load' ref='/data/z' value='1'/>"},
         {"<a/>", "<setvalue event='odk-instance-load' ref='/data/a' value='1'/>"}},
        {"warning unknown-reference",
         {"<a/>", "<setvalue event='odk-instance-load' ref='/data/a' value='/data/z'/>"},
         {"<a/>",
          "<setvalue event='odk-instance-load' ref='/data/a' value='/data/meta/instanceID'/>"}},
        {"error unknown-reference",
         {"<a/><b/>", "<bind nodeset='/data/a' calculate=\"jr:choice-name('1', '/data/z')\"/>"},
         {"<a/><b/>", "<bind nodeset='/data/a' calculate=\"jr:choice-name('1', '/data/b')\"/>"}},
        {"error unknown-instance",
         {"<a/>", "<bind nodeset='/data/a' calculate=\"instance('l')/root/x\"/>"},
         {"<a/>",
          "<instance id='l'><root><x/></root></instance><bind nodeset='/data/a' "
          "calculate=\"instance('l')/root/x\"/>"}},
        {"warning bind-without-node",
         {"<a/>", "<bind nodeset='/data/b' type='int'/>"},
         {"<a/>", "<bind nodeset='/data/a' type='int'/>"}},
        {"error unknown-bind",
         {"<a/>", "<bind id='x' nodeset='/data/a'/>", "<input bind='y'/>"},
         {"<a/>", "<bind id='x' nodeset='/data/a'/>", "<input bind='x'/>"}},
    };
    for (const Neighbours& one : cases)
        check(one);
}

TEST_CASE("an unknown reference names what might have been meant", "[xform][diagnostics]") {
    const LoadedForm form =
        load_xform(xform({"<a/><g><b/></g>", "<bind nodeset='/data/a' relevant='/data/b = 1'/>"}));
    REQUIRE(form.diagnostics.size() == 1);
    CHECK(form.diagnostics[0].offending == "/data/b");
    CHECK(form.diagnostics[0].hint == "Did you mean /data/g/b?");
    CHECK(
        form.diagnostics[0].message ==
        "\"relevant\" of /data/a refers to \"/data/b\", which does not exist and reads as empty.");
}

TEST_CASE("binds, instances and texts that contradict each other", "[xform][diagnostics]") {
    const std::string_view a_label = "<input ref='/data/a'><label ref=\"jr:itext('q')\"/></input>";
    const Neighbours cases[] = {
        {"error duplicate-bind",
         {"<a/>", "<bind nodeset='/data/a' type='int'/><bind nodeset='/data/a' type='date'/>"},
         {"<a/>", "<bind nodeset='/data/a' type='int'/><bind nodeset='/data/a' required='1'/>"}},
        {"error bind-without-nodeset",
         {"<a/>", "<bind type='int'/>"},
         {"<a/>", "<bind nodeset='/data/a' type='int'/>"}},
        {"error duplicate-instance",
         {"<a/>", "<instance id='x' src='jr://file-csv/x.csv'/><instance id='x'><y/></instance>"},
         {"<a/>", "<instance id='x' src='jr://file-csv/x.csv'/><instance id='y'><y/></instance>"}},
        {"error instance-without-id",
         {"<a/>", "<instance><root/></instance>"},
         {"<a/>", "<instance id='x'><root/></instance>"}},
        {"error duplicate-language",
         {"<a/>", "<itext><translation lang='en'/><translation lang='en'/></itext>"},
         {"<a/>", "<itext><translation lang='en'/><translation lang='de'/></itext>"}},
        {"error duplicate-itext",
         {"<a/>",
          "<itext><translation lang='en'><text id='q'/><text id='q'/></translation></itext>"},
         {"<a/>",
          "<itext><translation lang='en'><text id='q'/><text id='p'/></translation></itext>"}},
        {"error itext-without-id",
         {"<a/>",
          "<itext><translation lang='en'><text><value>x</value></text></translation></itext>"},
         {"<a/>",
          "<itext><translation lang='en'><text "
          "id='q'><value>x</value></text></translation></itext>"}},
        {"error unknown-itext",
         {"<a/>", "<itext><translation lang='en'/></itext>", a_label},
         {"<a/>", "<itext><translation lang='en'><text id='q'/></translation></itext>", a_label}},
        {"error unknown-itext",
         {"<a/>", "<bind nodeset='/data/a' jr:constraintMsg=\"jr:itext('m')\"/>"},
         {"<a/>", "<bind nodeset='/data/a' jr:constraintMsg='m'/>"}},
        {"warning untranslated",
         {"<a/>",
          "<itext><translation lang='en'><text id='q'/></translation><translation "
          "lang='de'/></itext>",
          a_label},
         {"<a/>",
          "<itext><translation lang='en'><text id='q'/></translation><translation lang='de'><text "
          "id='q'/></translation></itext>",
          a_label}},
        {"warning no-form-id",
         {"<data><meta><instanceID/></meta></data>"},
         {"<data id='x'><meta><instanceID/></meta></data>"}},
        {"error output-without-value",
         {"<a/>", {}, "<input ref='/data/a'><label>x <output/></label></input>"},
         {"<a/>", {}, "<input ref='/data/a'><label>x <output value='1'/></label></input>"}},
    };
    for (const Neighbours& one : cases)
        check(one);
}

TEST_CASE("actions that cannot happen", "[xform][diagnostics]") {
    const Neighbours cases[] = {
        {"error unknown-event",
         {"<a/>", "<setvalue event='odk-instance-load odk-nonsense' ref='/data/a' value='1'/>"},
         {"<a/>", "<setvalue event='odk-instance-load odk-new-repeat' ref='/data/a' value='1'/>"}},
        {"error action-without-event",
         {"<a/>", "<setvalue ref='/data/a' value='1'/>"},
         {"<a/>", "<setvalue event='odk-instance-load' ref='/data/a' value='1'/>"}},
        {"error action-without-ref",
         {"<a/>", "<setvalue event='odk-instance-load' value='1'/>"},
         {"<a/>", "<setvalue event='odk-instance-load' ref='a' value='1'/>"}},
    };
    for (const Neighbours& one : cases)
        check(one);
    const LoadedForm form =
        load_xform(xform({"<a/>", "<setvalue event='odk-nonsense' ref='/data/a' value='1'/>"}));
    REQUIRE(form.diagnostics.size() == 1);
    CHECK_THAT(form.diagnostics[0].message,
               Catch::StartsWith("An action was registered for unsupported events: odk-nonsense"));
}

TEST_CASE("controls that cannot be shown", "[xform][diagnostics]") {
    const Neighbours cases[] = {
        {"error no-choices",
         {"<a/>", {}, "<select1 ref='/data/a'><label>A</label></select1>"},
         {"<a/>", {}, "<select1 ref='/data/a'><item><value>1</value></item></select1>"}},
        {"error choice-without-value",
         {"<a/>", {}, "<select ref='/data/a'><item><label>A</label></item></select>"},
         {"<a/>", {}, "<select ref='/data/a'><item><value>1</value></item></select>"}},
        {"error incomplete-itemset",
         {"<a/><r><n/></r>", {}, "<select ref='/data/a'><itemset nodeset='/data/r'/></select>"},
         {"<a/><r><n/></r>",
          {},
          "<select ref='/data/a'><itemset nodeset='/data/r'><value ref='n'/></itemset></select>"}},
        {"warning unknown-reference",
         {"<a/><r><n/></r>",
          {},
          "<select ref='/data/a'><itemset nodeset='/data/r'><value ref='m'/></itemset></select>"},
         {"<a/><r><n/></r>",
          {},
          "<select ref='/data/a'><itemset nodeset='/data/r'><value ref='n'/></itemset></select>"}},
        {"warning empty-group",
         {"<g><a/></g>", {}, "<group ref='/data/g'><label>G</label></group>"},
         {"<g><a/></g>", {}, "<group ref='/data/g'><input ref='/data/g/a'/></group>"}},
        {"error control-without-ref",
         {"<a/>", {}, "<input><label>A</label></input>"},
         {"<a/>", {}, "<group><input ref='/data/a'/></group>"}},
        {"error repeat-of-root",
         {"<a/>", {}, "<repeat nodeset='/data'><input ref='/data/a'/></repeat>"},
         {"<r><a/></r>", {}, "<repeat nodeset='/data/r'><input ref='/data/r/a'/></repeat>"}},
        {"error wrong-repeat",
         {"<a/><r><b/></r>", {}, "<repeat nodeset='/data/r'><input ref='/data/a'/></repeat>"},
         {"<a/><r><b/></r>", {}, "<repeat nodeset='/data/r'><input ref='/data/r/b'/></repeat>"}},
        {"error wrong-repeat",
         {"<a/><r><b/><c/></r>",
          {},
          "<repeat nodeset='/data/r'><input ref='/data/r/b'/></repeat><input ref='/data/r/c'/>"},
         {"<a/><r><b/><c/></r>",
          {},
          "<repeat nodeset='/data/r'><input ref='/data/r/b'/></repeat><input ref='/data/a'/>"}},
        {"warning unknown-element",
         {"<a/>", {}, "<textbox ref='/data/a'/>"},
         {"<a/>", {}, "<input ref='/data/a'/>"}},
        {"warning unknown-element",
         {"<a/><b/>", {}, "<input ref='/data/a'><input ref='/data/b'/></input>"},
         {"<a/><b/>", {}, "<group><input ref='/data/a'/><input ref='/data/b'/></group>"}},
    };
    for (const Neighbours& one : cases)
        check(one);
}

TEST_CASE("choice columns that the list does not have", "[xform][diagnostics]") {
    const std::string_view list =
        "<instance id='l'><root><item><name>1</name><label>A</label></item></root></instance>";
    const Neighbours cases[] = {
        {"error unknown-column",
         {"<a/>", list,
          "<select1 ref='/data/a'><itemset nodeset=\"instance('l')/root/item\"><value "
          "ref='key'/><label ref='label'/></itemset></select1>"},
         {"<a/>", list,
          "<select1 ref='/data/a'><itemset nodeset=\"instance('l')/root/item\"><value "
          "ref='name'/><label ref='label'/></itemset></select1>"}},
        {"error unknown-column",
         {"<a/>", list,
          "<select1 ref='/data/a'><itemset nodeset=\"randomize(instance('l')/root/item[name = "
          "1])\"><value ref='name'/><label ref='title'/></itemset></select1>"},
         {"<a/>", list,
          "<select1 ref='/data/a'><itemset nodeset=\"randomize(instance('l')/root/item[name = "
          "1])\"><value ref='name'/><label ref='label'/></itemset></select1>"}},
    };
    for (const Neighbours& one : cases)
        check(one);
}

TEST_CASE("choice texts that a language does not have are told once", "[xform][diagnostics]") {
    const std::string list =
        "<instance id='l'><root><item><name>1</name><itextId>l-0</itextId></item>"
        "<item><name>2</name><itextId>l-1</itextId></item></root></instance>";
    const std::string all = "<text id='l-0'/><text id='l-1'/>";
    const std::string_view body =
        "<select1 ref='/data/a'><itemset nodeset=\"instance('l')/root/item\"><value ref='name'/>"
        "<label ref='jr:itext(itextId)'/></itemset></select1>";
    const auto itext = [&](const std::string& english, const std::string& german) {
        return list + "<itext><translation lang='en'>" + english +
               "</translation><translation lang='de'>" + german + "</translation></itext>";
    };
    CHECK(codes(Parts{"<a/>", itext(all, all), body}) == "");
    CHECK(codes(Parts{"<a/>", itext(all, ""), body}) == "warning untranslated");
    CHECK(codes(Parts{"<a/>", itext("", all), body}) == "error unknown-itext");
}

TEST_CASE("everything is told at once, in one load", "[xform][diagnostics]") {
    CHECK(codes(Parts{"<a/><b/>",
                      "<bind nodeset='/data/a' calculate='1 +' relevant='/data/z = 1'/>"
                      "<bind nodeset='/data/b' required='nope()'/>",
                      "<select1 ref='/data/a'/><group/>"}) ==
          "error xpath-syntax, warning unknown-reference, error unknown-function, "
          "error no-choices, warning empty-group");
}

TEST_CASE("a form without body is told to ask nothing", "[xform][diagnostics]") {
    CHECK(codes(load_xform("<html><model><instance><data id='x'/></instance></model></html>")) ==
          "warning no-body");
    CHECK(codes(load_xform(
              "<html><model><instance><data id='x'/></instance></model><body/></html>")) == "");
}

TEST_CASE("a thousand mistakes are a thousand findings, a million are not",
          "[xform][diagnostics][limits]") {
    std::string binds;
    for (int i = 0; i < 3000; ++i) {
        binds += "<bind nodeset='/data/q" + std::to_string(i) + "'/>\n";
    }
    const std::string bytes = xform({"<a/>", binds});
    CHECK(load_xform(bytes).diagnostics.size() == 2000);
    // An error past the limit still counts.
    binds += "<bind nodeset='/data/a' calculate='1 +'/>";
    const LoadedForm form = load_xform(xform({"<a/>", binds}));
    CHECK(form.form == nullptr);
    CHECK(has_errors(form.diagnostics));
}

}  // namespace
}  // namespace survey::forms
