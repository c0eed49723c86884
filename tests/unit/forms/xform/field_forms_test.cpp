#include <fstream>
#include <iterator>

#include <catch2/catch.hpp>

#include "common/base/random.h"
#include "forms/xml/reader.h"
#include "forms/xml/writer.h"
#include "sample_forms.h"

namespace survey::forms {
namespace {

std::string stored(const std::string& name) {
    std::ifstream file(std::string(SURVEY_TEST_DATA) + "/xforms/" + name, std::ios::binary);
    REQUIRE(file);
    return {std::istreambuf_iterator<char>(file), {}};
}

constexpr const char* kFiles[] = {"household.xml", "clinic.xml", "wrapped.xml"};

TEST_CASE("forms in the dialects of the field load without a finding", "[xform][field]") {
    for (const char* file : kFiles) {
        CAPTURE(file);
        const LoadedForm form = load_xform(stored(file));
        std::string said;
        for (const Diagnostic& one : form.diagnostics)
            said += describe(one) + "\n";
        INFO(said);
        // The hand-written form has no id, which is worth a word.
        CHECK(codes(form) == (std::string(file) == "clinic.xml" ? "warning no-form-id" : ""));
    }
}

TEST_CASE("what the forms in the field say arrives", "[xform][field]") {
    const auto household = loaded(stored("household.xml"));
    CHECK(household->languages.size() == 2);
    CHECK(household->instances.size() == 3);
    CHECK(household->actions.size() == 4);
    CHECK(node(*household, "/data/person/pet/kind").repeat_scope ==
          household->find("/data/person/pet"));
    CHECK(control(*household, "/data/village").itemset->instance_id == "villages");
    const auto clinic = loaded(stored("clinic.xml"));
    CHECK(clinic->id == "http://example.org/clinic");
    CHECK(clinic->version == "3");
    CHECK(node(*clinic, "/clinic/patient/visit").is_repeat);
    CHECK(bind(*clinic, "/clinic/meta/instanceID").calculate);
    CHECK(control(*clinic, "/clinic/patient/name").label.itext_id == "name");
    CHECK(shown(control(*clinic, "/clinic/patient/visit/weight").label.literal) ==
          "Weight in <em>kg</em>");
    const auto wrapped = loaded(stored("wrapped.xml"));
    CHECK(wrapped->title == "Permit");
    CHECK(bind(*wrapped, "/p:permit/p:site/p:area").relevant);
    CHECK(control(*wrapped, "/p:permit/p:holder").kind == ControlKind::kInput);
}

void damage(xml::Document& document, Random& random) {
    const auto node = static_cast<xml::Node>(1 + random.below(document.node_count() - 1));
    if (document.parent(node) == xml::kNoNode || node == document.root()) return;
    switch (random.below(5)) {
        case 0:
            document.remove(node);
            break;
        case 1:
            if (document.kind(node) == xml::NodeKind::kAttribute) break;
            document.append_copy(document.parent(node), document, node);
            break;
        case 2:
            if (document.kind(node) == xml::NodeKind::kElement) break;
            document.set_value(node, std::string(document.value(node), 0,
                                                 random.below(document.value(node).size() + 1)));
            break;
        case 3:
            if (document.kind(node) == xml::NodeKind::kElement) break;
            document.set_value(node, "/data/[(..]/'@*");
            break;
        default: {
            const auto other = static_cast<xml::Node>(1 + random.below(document.node_count() - 1));
            if (document.kind(node) != xml::NodeKind::kElement ||
                document.kind(other) == xml::NodeKind::kAttribute ||
                document.kind(node) == xml::NodeKind::kDocument) {
                break;
            }
            document.append_copy(node, document, other);
        }
    }
}

TEST_CASE("damaged forms are refused or loaded, never worse", "[xform][field][property]") {
    for (const char* file : kFiles) {
        const auto whole = xml::parse(stored(file));
        REQUIRE(whole);
        int refused = 0;
        for (std::uint64_t seed = 1; seed <= 150; ++seed) {
            CAPTURE(file, seed);
            SeededRandom random(seed);
            xml::Document document = *whole;
            for (std::uint64_t i = 0; i <= random.below(6); ++i)
                damage(document, random);
            const LoadedForm form = load_xform(document);
            REQUIRE((form.form == nullptr) == has_errors(form.diagnostics));
            if (!form.form) {
                ++refused;
                continue;
            }
            // What loads is written and loads again, with the same findings.
            const LoadedForm again = load_xform(xml::write(*form.form->source));
            REQUIRE(again.form != nullptr);
            REQUIRE(again.form->nodes.size() == form.form->nodes.size());
            REQUIRE(again.form->controls.size() == form.form->controls.size());
        }
        CHECK(refused > 10);
        CHECK(refused < 140);
    }
}

}  // namespace
}  // namespace survey::forms
