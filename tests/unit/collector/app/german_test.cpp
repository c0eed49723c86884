#include "collector/app/german.h"

#include <catch2/catch.hpp>

#include "tests/support/sentences.h"

using namespace survey;
using namespace survey::collector;

TEST_CASE("messages that were filled in are told in German", "[german]") {
    CHECK(in_german("the server cannot be reached (no route)") ==
          "Der Server ist nicht erreichbar (no route).");
    CHECK(in_german("\"foo\" is not a server address; write https://host or http://host:port")
              .rfind("„foo“ ist keine Adresse", 0) == 0);
    CHECK(in_german("/data/name is required and blank") ==
          "/data/name ist eine Pflichtfrage ohne Antwort");
    CHECK(in_german("saving the draft: the disk is full; nothing was saved. Free some space and "
                    "try again")
              .find("Datenträger ist voll") != std::string::npos);
}

TEST_CASE("every sentence to translate is still said somewhere", "[german]") {
    const auto said = test::sentences_of({"collector/agent", "collector/curl",
                                          "collector/interview", "collector/store", "common/http",
                                          "sync-server/store", "sync-server/api"});
    CHECK(test::stale(translations(), said) == std::vector<std::string>{});
}
