#include "collector/app/config.h"

#include <catch2/catch.hpp>

using namespace survey::collector;

namespace {

Environment at_home() {
    Environment environment;
    environment.home = "/home/anna";
    environment.locale = {"", "", "de_DE.UTF-8"};
    return environment;
}

Config good(const Flags& flags, const Environment& environment) {
    const ConfigOutcome outcome = make_config(flags, environment, true);
    REQUIRE(outcome.mistakes.empty());
    REQUIRE(outcome.config);
    return *outcome.config;
}

}  // namespace

TEST_CASE("flags come before the environment and that before the default", "[config]") {
    Environment environment = at_home();
    CHECK(good({}, environment).data == "/home/anna/.local/share/werkstatt/collector");
    environment.xdg_data_home = "/xdg";
    CHECK(good({}, environment).data == "/xdg/werkstatt/collector");
    environment.data = "/from/variable";
    CHECK(good({}, environment).data == "/from/variable");
    CHECK_FALSE(good({}, environment).data_named);
    Flags flags;
    flags.data = "/from/flag";
    CHECK(good(flags, environment).data == "/from/flag");
    CHECK(good(flags, environment).data_named);

    environment.ca_file = "/ca/variable";
    CHECK(good({}, environment).ca_file == "/ca/variable");
    flags.ca_file = "/ca/flag";
    CHECK(good(flags, environment).ca_file == "/ca/flag");
}

TEST_CASE("the marker lies outside the data folder and differs by folder", "[config]") {
    Environment environment = at_home();
    Flags one;
    one.data = "/data/one";
    Flags two;
    two.data = "/data/two";
    const std::string first = good(one, environment).marker;
    CHECK(first.rfind("/home/anna/.local/state/werkstatt/", 0) == 0);
    CHECK(first != good(two, environment).marker);
    environment.xdg_state_home = "/state";
    CHECK(good(one, environment).marker.rfind("/state/werkstatt/", 0) == 0);
}

TEST_CASE("one folder has one marker, however it is written", "[config]") {
    const Environment environment = at_home();
    const auto marker = [&](const std::string& data) {
        Flags flags;
        flags.data = data;
        return good(flags, environment).marker;
    };
    CHECK(marker("/data/one/") == marker("/data/one"));
    CHECK(marker("/data/./one") == marker("/data/one"));
    CHECK(marker("/data//two/../one") == marker("/data/one"));
}

TEST_CASE("a relative folder means another one in another place", "[config]") {
    Environment environment = at_home();
    Flags flags;
    flags.data = "one";
    environment.working_directory = "/data";
    const std::string here = good(flags, environment).marker;
    environment.working_directory = "/elsewhere";
    CHECK(good(flags, environment).marker != here);
    flags.data = "/data/one";
    CHECK(good(flags, environment).marker == here);
}

TEST_CASE("all mistakes are told at once, in the language of the program", "[config]") {
    for (const bool is_german : {false, true}) {
        const ConfigOutcome outcome = make_config({}, Environment{}, is_german);
        CHECK_FALSE(outcome.config);
        REQUIRE(outcome.mistakes.size() == 2);
        CHECK((outcome.mistakes[0].find("Benutzerverzeichnis") != std::string::npos) == is_german);
        CHECK(outcome.mistakes[0].find("--data") != std::string::npos);
        CHECK(outcome.mistakes[1].find("XDG_STATE_HOME") != std::string::npos);
    }
}
