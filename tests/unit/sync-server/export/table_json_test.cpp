#include <catch2/catch.hpp>

#include "common/json/json.h"
#include "sync-server/export/render.h"
#include "tests/unit/sync-server/export/example.h"

using namespace survey;
using namespace survey::server;

TEST_CASE("the JSON of a table reads back, with null for what is hidden", "[export][json]") {
    const auto parsed = json::parse(table_json(example_scale()));
    REQUIRE(parsed.has_value());
    const json::Object& table = parsed->as_object();
    CHECK(json::find_text(*parsed, "title") == "Opinion <by> \"district\"");
    CHECK(table.at("columns").as_array().size() == 3);
    const json::Array& rows = table.at("rows").as_array();
    REQUIRE(rows.size() == 3);
    const json::Value& hidden = rows[0].at("cells").as_array()[0];
    CHECK(hidden.at("answers").is_null());
    CHECK(hidden.at("share").is_null());
    CHECK(hidden.at("interval").is_null());
    CHECK_FALSE(hidden.as_object().contains("earlier"));
    CHECK(rows[0].at("cells").as_array()[1].at("answers") == 300);
    CHECK(rows[1].at("cells").as_array()[1].at("earlier").as_bool());
    CHECK(rows[2].at("name").is_null());
    CHECK(table.at("scale").as_array()[2].at("balance").as_double() == Approx(0.5));
    CHECK(table.at("scale").as_array()[0].at("balance").is_null());
}
