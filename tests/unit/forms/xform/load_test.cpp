#include "forms/xform/load.h"

#include <chrono>

#include <catch2/catch.hpp>

#include "forms/xml/reader.h"
#include "forms/xml/writer.h"
#include "sample_forms.h"

namespace survey::forms {
namespace {

TEST_CASE("bytes that are not XML are one diagnostic with its line", "[xform][load]") {
    const LoadedForm form = load_xform("<a>\n<b></a>");
    REQUIRE(codes(form) == "error xml");
    CHECK(form.diagnostics[0].place.line == 2);
    CHECK_THAT(form.diagnostics[0].message, Catch::Contains("<b>"));
    CHECK(codes(load_xform("")) == "error xml");
    CHECK(codes(load_xform("<!DOCTYPE x><x/>")) == "error xml");
}

TEST_CASE("XML that is no XForm is said to be none", "[xform][load]") {
    for (const char* bytes :
         {"<html/>", "<workbook><sheet/></workbook>", "<data id='x'><a/></data>"}) {
        CHECK(codes(load_xform(bytes)) == "error not-xform");
    }
    CHECK(codes(load_xform("<html><model/><body/></html>")) == "error no-primary-instance");
    CHECK(codes(load_xform("<html><model><instance/></model><body/></html>")) ==
          "error no-primary-instance");
    CHECK(codes(load_xform(xml::Document{})) == "error not-xform");
}

TEST_CASE("body before model, other prefixes and no namespaces load alike", "[xform][load]") {
    const std::string_view cases[] = {
        "<h:html xmlns='http://www.w3.org/2002/xforms' xmlns:h='http://www.w3.org/1999/xhtml'>"
        "<h:body><input ref='/data/a'><label>A</label></input></h:body>"
        "<h:head><h:title>T</h:title><model><instance><data id='x'><a/></data></instance>"
        "<bind nodeset='/data/a' type='int'/></model></h:head></h:html>",
        "<html xmlns='http://www.w3.org/1999/xhtml' xmlns:f='http://www.w3.org/2002/xforms'>"
        "<head><title>T</title><f:model><f:instance><data xmlns='' id='x'><a/></data></f:instance>"
        "<f:bind nodeset='/data/a' type='int'/></f:model></head>"
        "<body><f:input ref='/data/a'><f:label>A</f:label></f:input></body></html>",
        "<html><head><title>T</title><model><instance><data id='x'><a/></data></instance>"
        "<bind nodeset='/data/a' type='int'/></model></head>"
        "<body><input ref='/data/a'><label>A</label></input></body></html>",
    };
    for (const std::string_view bytes : cases) {
        CAPTURE(bytes);
        const auto form = loaded(bytes);
        CHECK(form->id == "x");
        CHECK(form->title == "T");
        CHECK(bind(*form, "/data/a").type == AnswerType::kInt);
        CHECK(shown(control(*form, "/data/a").label.literal) == "A");
    }
}

TEST_CASE("of several models the one with the instance is read", "[xform][load]") {
    const std::string begin = "<html><head>";
    const std::string end = "</head><body/></html>";
    const std::string empty = "<model id='none'/>";
    const std::string full = "<model><instance><data id='x'><a/></data></instance></model>";
    const std::string other = "<model><instance><data id='y'><b/></data></instance></model>";
    for (const std::string& models : {full + empty, empty + full, full + other}) {
        const LoadedForm form = load_xform(begin + models + end);
        CHECK(codes(form) == "warning extra-model");
        REQUIRE(form.form != nullptr);
        CHECK(form.form->id == "x");
    }
}

TEST_CASE("marks are translated to the author's places", "[xform][load]") {
    auto document = xml::parse(xform({.instance = "<a/>", .model = "<bind nodeset='/data/b'/>"}));
    REQUIRE(document);
    const LoadedForm form = load_xform(*std::move(document), [](std::uint32_t mark) {
        return Place{.sheet = "survey", .row = mark + 100, .column = "type", .line = 0};
    });
    REQUIRE(codes(form) == "warning bind-without-node");
    CHECK(form.diagnostics[0].place ==
          Place{.sheet = "survey", .row = 109, .column = "type", .line = 0});
}

TEST_CASE("the mark of an attribute is nearer than that of its element", "[xform][load]") {
    auto document = xml::parse(xform({.instance = "<a/>", .model = "<bind nodeset='/data/a'/>"}));
    REQUIRE(document);
    const xml::Node model = document->child(document->child(document->root(), "head"), "model");
    const xml::Node bind_element = document->child(model, "bind");
    document->set_attribute(bind_element, "calculate", "1 +", 77);
    const LoadedForm form = load_xform(*std::move(document));
    REQUIRE(codes(form) == "error xpath-syntax");
    CHECK(form.diagnostics[0].place.line == 77);
}

TEST_CASE("the submission element is read", "[xform][load]") {
    const auto form =
        loaded(Parts{.instance = "<a/>",
                     .model = "<submission action='https://example.org/x' method='post' "
                              "base64RsaPublicKey='KEY' orx:auto-send='true'/>"});
    CHECK(form->submission.action == "https://example.org/x");
    CHECK(form->submission.method == "post");
    CHECK(form->submission.public_key == "KEY");
    REQUIRE(form->submission.extra.size() == 1);
    CHECK(form->submission.extra[0].first == "{http://openrosa.org/xforms}auto-send");
    CHECK(loaded(Parts{.instance = "<a/>"})->submission.action.empty());
}

TEST_CASE("a written form loads as the same form", "[xform][load]") {
    const auto first = loaded(
        Parts{.instance = "<data id='x'><a>1</a></data>",
              .model = "<bind nodeset='/data/a' jr:preload='uid' relevant='true()'/><vendor:thing "
                       "xmlns:vendor='urn:vendor'/>",
              .body = "<input ref='/data/a'><label>A</label></input>"});
    const std::string bytes = xml::write(*first->source);
    const auto second = loaded(bytes);
    CHECK(xml::write(*second->source) == bytes);
    CHECK_THAT(bytes, Catch::Contains("vendor:thing"));
    CHECK(second->nodes.size() == first->nodes.size());
    CHECK(bind(*second, "/data/orx:meta/orx:instanceID").preload.kind == "uid");
}

TEST_CASE("a list of fifty thousand rows in the form loads without delay", "[xform][load][speed]") {
    std::string list = "<instance id='list'><root>";
    for (int row = 0; row < 50'000; ++row) {
        list += "<item><name>v" + std::to_string(row) + "</name><label>Village " +
                std::to_string(row) + "</label><district>d" + std::to_string(row % 90) +
                "</district></item>\n";
    }
    list += "</root></instance>";
    const std::string bytes =
        xform({.instance = "<a/><d/>",
               .model = list,
               .body = "<select1 ref='/data/a'><itemset "
                       "nodeset=\"instance('list')/root/item[district = /data/d]\">"
                       "<value ref='name'/><label ref='label'/></itemset></select1>"});
    const auto begin = std::chrono::steady_clock::now();
    const auto form = loaded(bytes);
    const auto spent = std::chrono::steady_clock::now() - begin;
    CHECK(form->find_instance("list")->content->node_count() > 300'000);
    // Optimised it takes a quarter of a second; this allows for unoptimised builds and sanitizers.
    CHECK(std::chrono::duration<double>(spent).count() < 10.0);
}

}  // namespace
}  // namespace survey::forms
