#include "sync-server/ingest/holding.h"

#include <catch2/catch.hpp>

using namespace survey;
using namespace survey::server;

TEST_CASE("a firm is the same however its name is typed", "[ingest][holding]") {
    const Bytes32 key{1};
    const std::string one = holding_of_name(key, "Müller & Söhne GmbH");
    for (const char* spelling :
         {" müller & söhne gmbh", "MÜLLER  &\tSÖHNE GMBH ", "Müller & Söhne\xc2\xa0GmbH\n"}) {
        CAPTURE(spelling);
        CHECK(holding_of_name(key, spelling) == one);
    }
    CHECK(normalised_name("Große Straße") == "grosse strasse");
    for (const char* other : {"Müller & Sohn GmbH", "Müller&Söhne GmbH", "Muller & Sohne GmbH"}) {
        CAPTURE(other);
        CHECK(holding_of_name(key, other) != one);
    }
}

TEST_CASE("the key of a firm tells nothing without the server's secret", "[ingest][holding]") {
    const std::string key = holding_of_name(Bytes32{1}, "Firma");
    CHECK(key != holding_of_name(Bytes32{2}, "Firma"));
    CHECK(key.find("irma") == std::string::npos);
    CHECK(holding_of_instance(Bytes32{1}, "Firma") != key);
}

TEST_CASE("answers that leave the name blank count as one organisation of their form",
          "[ingest][holding]") {
    const std::string unnamed = holding_of_unnamed(Bytes32{1}, "visit");
    CHECK(unnamed == holding_of_unnamed(Bytes32{1}, "visit"));
    CHECK(unnamed != holding_of_unnamed(Bytes32{1}, "other"));
    CHECK(unnamed != holding_of_instance(Bytes32{1}, "visit"));
    CHECK(unnamed != holding_of_name(Bytes32{1}, "visit"));
}
