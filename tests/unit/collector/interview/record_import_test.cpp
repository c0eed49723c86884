#include "collector/interview/record_import.h"

#include "tests/unit/collector/interview/visit.h"

using namespace survey;
using namespace survey::collector;
using survey::test::Visit;

namespace {

std::string record(const std::string& answers, const std::string& instance = "uuid:1") {
    return R"(<data id="visit" version="1">)" + answers + "<meta><instanceID>" + instance +
           "</instanceID></meta></data>";
}

RecordImport open_import(Visit& visit) {
    auto import = RecordImport::open(*visit.store, visit.environment(), visit.ref);
    if (!import) FAIL(import.error().message);
    return *std::move(import);
}

}  // namespace

TEST_CASE("an imported record is a finalised interview that waits", "[import]") {
    Visit visit;
    RecordImport import = open_import(visit);
    const auto taken = import.take(record("<name>A</name><staff>4</staff>"));
    REQUIRE(taken);
    CHECK(taken->is_new);
    const auto all = visit.store->interviews(10);
    REQUIRE(all->size() == 1);
    CHECK(all->at(0).rev == taken->revision);
    CHECK(all->at(0).instance == InstanceId("uuid:1"));
    CHECK(all->at(0).delivery == Delivery::kWaiting);
    CHECK(visit.store->drafts()->empty());
}

TEST_CASE("a record that breaks a rule is refused and nothing of it is kept", "[import]") {
    struct Case {
        std::string xml;
        std::string named;
    };
    const Case cases[] = {
        {record("<name/>"), "/data/name"},
        {record("<name>A</name><staff>501</staff>"), "/data/staff"},
        {R"(<data id="other"><name>A</name></data>)", "other"},
        {R"(<else id="visit"/>)", "root"},
        {record("<name>A</name>", ""), "instanceID"},
        {record("<name>A</name>", "with blanks in it"), "instanceID"},
        {R"(<data id="visit" version="1"><name>A</name></data>)", "instanceID"},
        {record("<name>" + std::string(kContentBytesMax, 'a') + "</name>"), "bytes"},
        {"<data id=\"visit\"><name>A", "line"},
        {"", "empty"},
        {"not XML", "line 1"},
    };
    Visit visit;
    RecordImport import = open_import(visit);
    for (const Case& each : cases) {
        INFO(each.xml.substr(0, 80));
        const auto taken = import.take(each.xml);
        REQUIRE_FALSE(taken);
        INFO(taken.error().message);
        CHECK(taken.error().message.find(each.named) != std::string::npos);
        CHECK(visit.store->interviews(10)->empty());
        CHECK(visit.store->drafts()->empty());
    }
}

TEST_CASE("importing twice equals importing once", "[import]") {
    Visit visit;
    RecordImport import = open_import(visit);
    const auto first = import.take(record("<name>A</name>"));
    const auto second = import.take(record("<name>A</name>"));
    REQUIRE(first);
    REQUIRE(second);
    CHECK(second->revision == first->revision);
    CHECK_FALSE(second->is_new);
    CHECK(visit.store->revisions()->size() == 1);
}

TEST_CASE("another record of the same name does not become a second version", "[import]") {
    Visit visit;
    RecordImport import = open_import(visit);
    REQUIRE(import.take(record("<name>A</name>")));
    const auto other = import.take(record("<name>B</name>"));
    REQUIRE_FALSE(other);
    CHECK(other.error().code == ErrorCode::kConflict);
    CHECK(visit.store->revisions()->size() == 1);
    CHECK(visit.store->drafts()->empty());
}

TEST_CASE("an import that was ended between draft and interview is taken up again", "[import]") {
    Visit visit;
    const std::string xml = record("<name>A</name>");
    REQUIRE(visit.store->start_draft({visit.ref, xml, "", InstanceId("uuid:1")}));
    visit.open();
    RecordImport import = open_import(visit);
    REQUIRE(import.take(xml));
    CHECK(visit.store->drafts()->empty());
    CHECK(visit.store->revisions()->size() == 1);
}

TEST_CASE("a person's own draft is not taken over by an import", "[import]") {
    Visit visit;
    OpenInterview interview = visit.begin();
    RecordImport import = open_import(visit);
    const auto taken = import.take(record("<name>A</name>", interview.session().instance_id()));
    REQUIRE_FALSE(taken);
    CHECK(taken.error().code == ErrorCode::kConflict);
    CHECK(visit.store->drafts()->size() == 1);
    CHECK(visit.store->interviews(10)->empty());
}

TEST_CASE("hidden answers of an imported record are left out", "[import]") {
    Visit visit;
    RecordImport import = open_import(visit);
    REQUIRE(import.take(record("<name>A</name><staff>2</staff><council>yes</council>")));
    CHECK(visit.store->content(InstanceId("uuid:1"))->find("council") == std::string::npos);
}

TEST_CASE("records of a form that is not here are not taken", "[import]") {
    Visit visit;
    const auto import = RecordImport::open(*visit.store, visit.environment(), {"census", "1"});
    REQUIRE_FALSE(import);
    CHECK(import.error().code == ErrorCode::kNotFound);
}
