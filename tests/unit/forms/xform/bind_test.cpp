#include <catch2/catch.hpp>

#include "sample_forms.h"

namespace survey::forms {
namespace {

TEST_CASE("a bind says everything about its node", "[xform][bind]") {
    const auto form = loaded(Parts{
        .instance = "<a/><b/><c/>",
        .model = "<bind nodeset='/data/a' type='int' relevant='/data/b = 1' required='true()' "
                 "readonly='false()' constraint='. &gt; 0' jr:constraintMsg='Too small' "
                 "jr:requiredMsg='Needed' orx:max-pixels='640' saveIncomplete='true()' "
                 "entities:saveto='age' jr:preload='property' jr:preloadParams='deviceid'/>"
                 "<bind nodeset='/data/c' calculate='/data/a + 1'/>"});
    const Bind& a = bind(*form, "/data/a");
    CHECK(a.type == AnswerType::kInt);
    CHECK(a.type_name == "int");
    CHECK(a.relevant->source() == "/data/b = 1");
    CHECK(a.required);
    CHECK(a.readonly);
    CHECK(a.constraint->source() == ". > 0");
    CHECK_FALSE(a.calculate);
    CHECK(shown(a.constraint_message.literal) == "Too small");
    CHECK(shown(a.required_message.literal) == "Needed");
    CHECK(a.preload.kind == "property");
    CHECK(a.preload.params == "deviceid");
    CHECK(a.save_to == "age");
    REQUIRE(a.extra_value("{http://openrosa.org/xforms}max-pixels") != nullptr);
    CHECK(*a.extra_value("{http://openrosa.org/xforms}max-pixels") == "640");
    CHECK(a.extra_value("saveIncomplete") != nullptr);
    CHECK(a.extra.size() == 2);
    CHECK(a.place == 9);
    CHECK(bind(*form, "/data/c").calculate->source() == "/data/a + 1");
}

TEST_CASE("types are known with and without prefix, unknown ones are text", "[xform][bind]") {
    struct Case {
        std::string_view written;
        AnswerType type;
    };
    const Case cases[] = {
        {"int", AnswerType::kInt},           {"xsd:int", AnswerType::kInt},
        {"integer", AnswerType::kInt},       {"decimal", AnswerType::kDecimal},
        {"string", AnswerType::kString},     {"boolean", AnswerType::kBoolean},
        {"date", AnswerType::kDate},         {"time", AnswerType::kTime},
        {"dateTime", AnswerType::kDateTime}, {"geopoint", AnswerType::kGeopoint},
        {"geotrace", AnswerType::kGeotrace}, {"geoshape", AnswerType::kGeoshape},
        {"binary", AnswerType::kBinary},     {"barcode", AnswerType::kBarcode},
        {"intent", AnswerType::kIntent},     {"select1", AnswerType::kSelectOne},
        {"select", AnswerType::kSelectMany}, {"odk:rank", AnswerType::kString},
        {"klingon", AnswerType::kString},    {"", AnswerType::kString},
    };
    for (const Case& one : cases) {
        CAPTURE(one.written);
        const std::string model =
            "<bind nodeset='/data/a' type='" + std::string(one.written) + "'/>";
        CHECK(bind(*loaded(Parts{.instance = "<a/>", .model = model}), "/data/a").type == one.type);
    }
}

TEST_CASE("nodesets are absolute, relative to the data element, or begin with it",
          "[xform][bind]") {
    for (const char* nodeset :
         {"/data/g/a", "g/a", "data/g/a", "./g/a", " /data/g/a ", "/data/g/../g/a"}) {
        CAPTURE(nodeset);
        const std::string model = "<bind nodeset='" + std::string(nodeset) + "' type='int'/>";
        const auto form = loaded(Parts{.instance = "<g><a/></g>", .model = model});
        CHECK(bind(*form, "/data/g/a").type == AnswerType::kInt);
    }
}

TEST_CASE("several binds of one node are joined", "[xform][bind]") {
    const auto form = loaded(Parts{.instance = "<a/>",
                                   .model = "<bind nodeset='/data/a' type='int'/>"
                                            "<bind nodeset='/data/a' required='true()'/>"});
    CHECK(bind(*form, "/data/a").type == AnswerType::kInt);
    CHECK(bind(*form, "/data/a").required);
}

TEST_CASE("an empty condition is none", "[xform][bind]") {
    const auto form = loaded(Parts{
        .instance = "<a/>",
        .model = "<bind nodeset='/data/a' relevant='' required=' ' constraint='' calculate=''/>"});
    CHECK_FALSE(bind(*form, "/data/a").relevant);
    CHECK_FALSE(bind(*form, "/data/a").required);
    CHECK_FALSE(bind(*form, "/data/a").constraint);
    CHECK_FALSE(bind(*form, "/data/a").calculate);
}

TEST_CASE("messages may be translated", "[xform][bind]") {
    const auto form = loaded(
        Parts{.instance = "<a/>",
              .model = "<itext><translation lang='en'><text id='m'><value>Too small</value></text>"
                       "</translation></itext>"
                       "<bind nodeset='/data/a' jr:constraintMsg=\"jr:itext('m')\" "
                       "jr:requiredMsg='jr:itext(concat(&quot;m&quot;, &quot;&quot;))'/>"});
    CHECK(bind(*form, "/data/a").constraint_message.itext_id == "m");
    CHECK(bind(*form, "/data/a").constraint_message.literal.empty());
    CHECK(bind(*form, "/data/a").required_message.itext);
}

TEST_CASE("the same name in two namespaces is told apart by prefix", "[xform][bind]") {
    const auto form = loaded(Parts{
        .instance = "<data id='x'><orx:meta><orx:instanceID/></orx:meta><meta><instanceID/></meta>"
                    "</data>",
        .model = "<bind nodeset='/data/meta/instanceID' type='int'/>"
                 "<bind nodeset='/data/orx:meta/orx:instanceID' type='date'/>"});
    CHECK(bind(*form, "/data/meta/instanceID").type == AnswerType::kInt);
    CHECK(bind(*form, "/data/orx:meta/orx:instanceID").type == AnswerType::kDate);
}

}  // namespace
}  // namespace survey::forms
