#include "collector/app/german.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

#include <catch2/catch.hpp>

using namespace survey;
using namespace survey::collector;

namespace {

// The text of all string literals that these rooms have, neighbours joined as the compiler does.
std::string sentences_of(const std::vector<std::string>& rooms) {
    std::string all;
    for (const std::string& room : rooms) {
        const std::string folder = std::string(SURVEY_SOURCE_DIR) + "/" + room;
        for (const auto& file : std::filesystem::directory_iterator(folder)) {
            if (file.path().extension() != ".cpp") continue;
            std::ifstream in(file.path());
            std::ostringstream text;
            text << in.rdbuf();
            all += std::regex_replace(text.str(), std::regex("\"\\s*\\n\\s*\""), "");
        }
    }
    return std::regex_replace(all, std::regex("\\\\\""), "\"");
}

}  // namespace

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
    const std::string said =
        sentences_of({"collector/agent", "collector/curl", "collector/interview", "collector/store",
                      "common/db", "sync-server/store", "sync-server/api"});
    for (const Translation& each : translations()) {
        CHECK(std::count(each.message.begin(), each.message.end(), '*') ==
              std::count(each.instead.begin(), each.instead.end(), '*'));
        std::istringstream pieces{std::string(each.message)};
        std::string piece;
        while (std::getline(pieces, piece, '*')) {
            INFO(each.message);
            INFO(piece);
            CHECK(said.find(piece) != std::string::npos);
        }
    }
}
