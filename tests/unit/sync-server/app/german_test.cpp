#include "sync-server/app/german.h"

#include <catch2/catch.hpp>

#include "tests/support/sentences.h"

using namespace survey;
using namespace survey::server;

TEST_CASE("what stops a server is told in German, with its cause", "[german]") {
    CHECK(in_german("Cannot listen on 127.0.0.1:80: Permission denied") ==
          "Auf 127.0.0.1:80 lässt sich nicht lauschen: Die Rechte dazu fehlen.");
    CHECK(in_german("Cannot use the key /k.pem: odd") ==
          "Der Schlüssel /k.pem ist nicht brauchbar: odd");
    CHECK(in_german("reading /x.conf: No such file or directory") ==
          "Lesen von /x.conf: Das gibt es nicht.");
    CHECK(in_german("There is no form \"a: b\" here.") ==
          "Ein Formular „a: b“ gibt es hier nicht.");
    CHECK(in_german("something else: new") == "something else: new");
}

TEST_CASE("every sentence of the server to translate is still said somewhere", "[german]") {
    std::string said = test::sentences_of(
        {"sync-server/app", "sync-server/store", "sync-server/api", "common/http", "common/host",
         "sync-server/ingest", "sync-server/links", "sync-server/results"});
    // The system's own (errno).
    said += "Address already in use Cannot assign requested address Connection refused";
    CHECK(test::stale(translations(), said) == std::vector<std::string>{});
}
