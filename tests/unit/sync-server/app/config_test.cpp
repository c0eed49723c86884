#include "sync-server/app/config.h"

#include <catch2/catch.hpp>

using namespace survey;
using namespace survey::server;

namespace {

std::optional<std::string> nothing(const std::string&) {
    return std::nullopt;
}

}  // namespace

TEST_CASE("every mistake of every source is told, in the person's language", "[config]") {
    Mistakes english;
    Mistakes german;
    german.is_german = true;
    for (Mistakes* mistakes : {&english, &german}) {
        const GivenValues file =
            read_config_file("workers = many\nnonsense\nport = 1\n", *mistakes);
        (void)make_config({{"listen", {":80"}}, {"tls-key", {"k"}}}, nothing, file, *mistakes);
    }
    CHECK(english.found ==
          std::vector<std::string>{
              "configuration file, line 2: not of the form key = value",
              "configuration file, line 3: there is no setting \"port\"",
              "--listen must be an address and a port, such as 127.0.0.1:8080 or [::1]:8080",
              "configuration file, workers must be a whole number from 1 to 64",
              "--data DIR is missing", "--tls-certificate and --tls-key belong together"});
    REQUIRE(german.found.size() == english.found.size());
    for (std::size_t i = 0; i < german.found.size(); ++i)
        CHECK(german.found[i] != english.found[i]);
    CHECK(german.found[0] == "Konfigurationsdatei, Zeile 2: nicht von der Form Name = Wert");
}

TEST_CASE("a setting that is fine is no mistake", "[config]") {
    Mistakes mistakes;
    const GivenValues file = read_config_file("# note\nworkers = 2\nhost = a, b\n", mistakes);
    const Config config =
        make_config({{"data", {"/d"}}, {"listen", {"[::1]:0"}}}, nothing, file, mistakes);
    CHECK(mistakes.found.empty());
    CHECK(config.workers == 2);
    CHECK(config.hosts == std::vector<std::string>{"a", "b"});
    CHECK(config.address == "::1");
}

TEST_CASE("a server answers where people are sent to", "[config]") {
    Mistakes mistakes;
    const auto made = [&](const std::string& url) {
        return make_config({{"data", {"/d"}}, {"public-url", {url}}}, nothing, {}, mistakes);
    };
    const Config config = made("https://umfrage.example.org/");
    CHECK(mistakes.found.empty());
    CHECK(config.public_url == "https://umfrage.example.org");
    CHECK(config.hosts == std::vector<std::string>{"umfrage.example.org"});
    for (const char* bad :
         {"umfrage.example.org", "ftp://a", "https://", "https://a/b", "https://a b"})
        (void)made(bad);
    CHECK(mistakes.found.size() == 5);
}
