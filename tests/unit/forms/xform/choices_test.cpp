#include <catch2/catch.hpp>

#include "sample_forms.h"

namespace survey::forms {
namespace {

constexpr std::string_view kList =
    "<instance id='list'><root><item><name>x</name><label>X</label><itextId>l-0</itextId></item>"
    "<item><name>y</name><label>Y</label><itextId>l-1</itextId></item></root></instance>"
    "<itext><translation lang='en'><text id='l-0'><value>X</value></text>"
    "<text id='l-1'><value>Y</value></text></translation></itext>";

TEST_CASE("choices in the body have values and labels", "[xform][choices]") {
    const auto form = loaded(
        Parts{.instance = "<a/><b/>",
              .body = "<select1 ref='/data/a'><item><label>Yes, <output value='/data/b'/></label>"
                      "<value> 1 </value></item><item><value>2</value></item></select1>"});
    const Control& a = control(*form, "/data/a");
    REQUIRE(a.items.size() == 2);
    CHECK(a.items[0].value == "1");
    CHECK(shown(a.items[0].label.literal) == "Yes, {/data/b}");
    CHECK(a.items[1].label.empty());
    CHECK_FALSE(a.itemset);
}

TEST_CASE("an itemset says where choices come from", "[xform][choices]") {
    struct Case {
        std::string_view itemset;
        std::string_view nodeset;
        std::string_view instance;
        std::string_view label;
        bool itext;
    };
    const Case cases[] = {
        {"<itemset nodeset=\"instance('list')/root/item\"><value ref='name'/><label ref='label'/>"
         "</itemset>",
         "instance('list')/root/item", "list", "label", false},
        {"<itemset nodeset=\"instance('list')/root/item[name = current()/../b]\">"
         "<label ref='jr:itext(itextId)'/><value ref='name'/></itemset>",
         "instance('list')/root/item[name = current()/../b]", "list", "itextId", true},
        {"<itemset nodeset=\"randomize(instance('list')/root/item, /data/b)\"><value ref='name'/>"
         "<label ref='label'/></itemset>",
         "randomize(instance('list')/root/item, /data/b)", "list", "label", false},
        {"<itemset nodeset=\"/data/r[n != '']\"><value ref='n'/><label ref='./n'/></itemset>",
         "/data/r[n != '']", "", "./n", false},
        {"<itemset nodeset='../r'><value ref='n'/></itemset>", "../r", "", "", false},
    };
    for (const Case& one : cases) {
        CAPTURE(one.itemset);
        const std::string body =
            "<select1 ref='/data/a'>" + std::string(one.itemset) + "</select1>";
        const auto form =
            loaded(Parts{.instance = "<a/><b/><r><n/></r>", .model = kList, .body = body});
        const Control& a = control(*form, "/data/a");
        REQUIRE(a.itemset);
        CHECK(a.itemset->nodeset.source() == one.nodeset);
        CHECK(a.itemset->instance_id == one.instance);
        REQUIRE(a.itemset->value);
        CHECK(a.itemset->value_ref == a.itemset->value->source());
        CHECK(a.itemset->label.has_value() == !one.label.empty());
        if (a.itemset->label) CHECK(a.itemset->label->source() == one.label);
        CHECK(a.itemset->label_is_itext == one.itext);
    }
}

TEST_CASE("columns of external lists are not known before the file", "[xform][choices]") {
    CHECK(codes(Parts{.instance = "<a/>",
                      .model = "<instance id='list' src='jr://file-csv/list.csv'/>",
                      .body = "<select1 ref='/data/a'><itemset "
                              "nodeset=\"instance('list')/root/item\"><value ref='any'/>"
                              "<label ref='thing'/></itemset></select1>"}) == "");
}

TEST_CASE("columns that only some items have are columns", "[xform][choices]") {
    CHECK(codes(Parts{.instance = "<a/>",
                      .model = "<instance id='l'><root><item><name>x</name></item>"
                               "<item><name>y</name><label>Y</label></item></root></instance>",
                      .body = "<select1 ref='/data/a'><itemset nodeset=\"instance('l')/root/item\">"
                              "<value ref='name'/><label ref='label'/></itemset></select1>"}) ==
          "");
}

}  // namespace
}  // namespace survey::forms
