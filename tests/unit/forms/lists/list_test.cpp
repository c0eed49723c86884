#include <catch2/catch.hpp>

#include "forms/lists/external_list.h"
#include "forms/lists/json_text.h"
#include "forms/xml/writer.h"

using namespace survey;
using namespace survey::forms;

namespace {

std::string written(const Result<xml::Document>& list) {
    REQUIRE(list);
    return xml::write(*list, {.declaration = false});
}

}  // namespace

TEST_CASE("a list in CSV becomes items with a child per column", "[lists]") {
    CHECK(written(read_csv_list("name,label\na,First\nb,\"Second, \"\"quoted\"\"\nline\"\n")) ==
          "<root><item><name>a</name><label>First</label></item><item><name>b</name>"
          "<label>Second, \"quoted\"\nline</label></item></root>");
}

TEST_CASE("a byte order mark, semicolons, blank lines and short rows are read", "[lists]") {
    CHECK(written(read_csv_list("\xEF\xBB\xBFname;label;x\r\n\r\na;1,5\r\n  \r\n")) ==
          "<root><item><name>a</name><label>1,5</label><x/></item></root>");
}

TEST_CASE("a CSV file without a header is refused", "[lists]") {
    CHECK_FALSE(read_csv_list(""));
    CHECK_FALSE(read_csv_list("\n \n"));
}

TEST_CASE("features of GeoJSON become items in ODK's order of coordinates", "[lists]") {
    CHECK(
        written(read_geojson_list(
            R"x({"type":"FeatureCollection","features":[
                {"type":"Feature","id":"top","geometry":{"type":"Point","coordinates":[7.5,51]},
                 "properties":{"id":"low","name":"Werk \u00e4 \"Nord\"","size":12}},
                {"type":"Feature","geometry":{"type":"LineString","coordinates":[[1,2],[3,4]]},
                 "properties":null},
                {"type":"Feature","geometry":null,"properties":{"id":"own"}}]})x")) ==
        "<root><item><geometry>51 7.5 0 0</geometry><id>top</id><name>Werk \xC3\xA4 \"Nord\"</name>"
        "<size>12</size></item><item><geometry>2 1 0 0; 4 3 0 0</geometry></item>"
        "<item><geometry/><id>own</id></item></root>");
}

TEST_CASE("what is not a FeatureCollection is refused", "[lists]") {
    CHECK_FALSE(read_geojson_list("{}"));
    CHECK_FALSE(read_geojson_list(R"x({"type":"Feature"})x"));
    CHECK_FALSE(read_geojson_list("[1,2"));
    CHECK_FALSE(read_geojson_list(""));
}

TEST_CASE("JSON that is torn or too deep is an error with its place", "[lists]") {
    for (const char* text :
         {"{", "[1,]", "\"open", "{\"a\" 1}", "tru", "\"\\x\"", "\"\\u12\"", "1 2"}) {
        INFO(text);
        CHECK_FALSE(parse_json_text(text));
    }
    CHECK_FALSE(parse_json_text(std::string(1000, '[')));
    const auto pair = parse_json_text("\"\\uD83E\\uDDDB\"");
    REQUIRE(pair);
    CHECK(pair->text == "\xF0\x9F\xA7\x9B");
}

TEST_CASE("the format of a list follows its address, and errors name it", "[lists]") {
    CHECK(read_external_list("jr://file-csv/a.csv", "name\nx\n"));
    CHECK(read_external_list("jr://file/a.geojson",
                             R"x({"type":"FeatureCollection","features":[]})x"));
    CHECK(read_external_list("jr://file/a.xml", "<root/>"));
    const auto broken = read_external_list("jr://file/broken.xml", "<root>");
    REQUIRE_FALSE(broken);
    CHECK(broken.error().message.find("broken.xml") != std::string::npos);
}
