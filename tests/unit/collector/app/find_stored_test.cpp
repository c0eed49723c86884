#include "collector/app/find_stored.h"

#include <catch2/catch.hpp>

#include "tests/support/temp_dir.h"

using namespace survey;
using namespace survey::collector;

namespace {

// A desk with its own folder and no form yet.
struct Office {
    test::TempDir dir;
    std::unique_ptr<Desk> desk;

    Office() {
        Config config;
        config.data = dir / "data";
        config.marker = dir / "state/identity.marker";
        auto opened = Desk::open(config, {});
        REQUIRE(opened);
        desk = *std::move(opened);
    }
    void add(const std::string& id, const std::string& version, bool withdrawn) {
        PublishedForm form;
        form.ref = {id, version};
        form.xml = "<html/>";
        form.withdrawn = withdrawn;
        REQUIRE(desk->store().add_form(form));
    }
};

}  // namespace

TEST_CASE("a closed form begins no interview, but its records are taken", "[collector][forms]") {
    Office office;
    office.add("visit", "1", true);
    const auto begun = find_form(*office.desk, "visit", "", FormUse::kNewInterview);
    REQUIRE_FALSE(begun);
    CHECK(begun.error().code == ErrorCode::kInvalidInput);
    CHECK(begun.error().message.find("closed") != std::string::npos);
    CHECK_FALSE(find_form(*office.desk, "", "", FormUse::kNewInterview));
    CHECK(find_form(*office.desk, "visit", "", FormUse::kRecords)->ref.version == "1");
}

TEST_CASE("the newest version that is open is taken for an interview", "[collector][forms]") {
    Office office;
    office.add("visit", "1", false);
    office.add("visit", "2", true);
    office.add("old", "1", true);
    CHECK(find_form(*office.desk, "visit", "", FormUse::kNewInterview)->ref.version == "1");
    CHECK(find_form(*office.desk, "visit", "", FormUse::kRecords)->ref.version == "2");
    CHECK_FALSE(find_form(*office.desk, "visit", "2", FormUse::kNewInterview));
    // One is open, so there is nothing to choose between.
    CHECK(find_form(*office.desk, "", "", FormUse::kNewInterview)->ref.id == "visit");
}
