#include "common/command_line/command_line.h"

#include <CLI/CLI.hpp>
#include <catch2/catch.hpp>

using namespace survey;
using End = CommandLineOutcome::End;

namespace {

// A program with one of everything that can be wrong.
CommandLineOutcome read(const std::vector<std::string>& words, bool is_german = false) {
    CommandLine line("prog", {"About.", "Darüber."}, is_german);
    line.call("file", "datei");
    int number = 0;
    std::string text;
    std::vector<std::string> files;
    bool flag = false;
    CLI::App* first = line.app().add_subcommand("first", line.say({"One", "Eins"}));
    first->add_option("--number", number, "n")->check(CLI::Range(1, 9));
    first->add_option("--seed", number, "n");
    first->add_option("--kind", text, "k")->check(CLI::IsMember({"a", "b"}));
    first->add_flag("--loud", flag, "l");
    CLI::App* second = line.app().add_subcommand("second", line.say({"Two", "Zwei"}));
    second->add_option("file", files, "f")->required();
    return line.read(words);
}

struct Case {
    std::vector<std::string> words;
    std::string english;
    std::string german;
};

}  // namespace

TEST_CASE("each kind of mistake is named, with what to type instead", "[command-line]") {
    const std::vector<Case> cases = {
        {{}, "A command is missing.", "Es fehlt ein Befehl."},
        {{"frist"},
         "There is no command \"frist\". Did you mean \"first\"?",
         "Den Befehl „frist“ gibt es nicht. Meinten Sie „first“?"},
        {{"dance"}, "There is no command \"dance\".", "Den Befehl „dance“ gibt es nicht."},
        {{"first", "--numbre", "3"},
         "There is no option \"--numbre\" here. Did you mean \"--number\"?",
         "Die Option „--numbre“ gibt es hier nicht. Meinten Sie „--number“?"},
        {{"--dance", "first"},
         "There is no option \"--dance\" here.",
         "Die Option „--dance“ gibt es hier nicht."},
        {{"first", "word"}, "\"word\" is one word too many.", "„word“ ist ein Wort zu viel."},
        {{"second"}, "\"file\" is missing.", "Die Angabe „datei“ fehlt."},
        {{"first", "--number"},
         "--number needs a value after it.",
         "Nach --number fehlt ein Wert."},
        {{"first", "--number", "12"},
         "--number: \"12\" is not a number from 1 to 9.",
         "--number: „12“ ist keine Zahl von 1 bis 9."},
        {{"first", "--number", "x"},
         "--number: \"x\" is not a number from 1 to 9.",
         "--number: „x“ ist keine Zahl von 1 bis 9."},
        {{"first", "--seed", "x"},
         "--seed: \"x\" is not a whole number of the size that is possible here.",
         "--seed: „x“ ist keine ganze Zahl in der Größe, die hier möglich ist."},
        {{"first", "--kind", "c"},
         "--kind: \"c\" is not possible; write one of: a,b",
         "--kind: „c“ geht nicht; möglich sind: a,b"},
        {{"first", "--kind", "a", "--kind", "b"},
         "--kind may be given 1 time(s) only.",
         "--kind darf nur 1-mal angegeben werden."},
        {{"first", "--loud=very"},
         "--loud stands alone, without a value.",
         "--loud steht allein, ohne Wert."},
        {{"--lang", "fr", "first"},
         "--lang: \"fr\" is not possible; write one of: de,en",
         "--lang: „fr“ geht nicht; möglich sind: de,en"},
    };
    for (const Case& each : cases) {
        CAPTURE(each.words);
        const CommandLineOutcome english = read(each.words);
        CHECK(english.end == End::kNotUnderstood);
        CHECK(english.text == each.english);
        CHECK(english.advice.find("Usage: prog") == 0);
        CHECK(english.advice.find("--help") != std::string::npos);
        const CommandLineOutcome german = read(each.words, true);
        CHECK(german.end == End::kNotUnderstood);
        CHECK(german.text == each.german);
        CHECK(german.advice.find("Aufruf: prog") == 0);
        CHECK(german.advice.find("Hilfe: prog") != std::string::npos);
    }
}

TEST_CASE("what is right runs, and help and version are shown", "[command-line]") {
    CHECK(read({"first", "--number", "3", "--kind=b", "--loud"}).end == End::kRun);
    CHECK(read({"second", "a", "b", "--lang", "de"}).end == End::kRun);
    CHECK(read({"--help"}).end == End::kShown);
    CHECK(read({"--version"}).text.rfind("prog ", 0) == 0);
    const std::string page = read({"first", "--help"}, true).text;
    CHECK(page.find("--number N (1–9)") != std::string::npos);
    CHECK(page.find("--kind a|b") != std::string::npos);
    CHECK(page.find("Optionen:") != std::string::npos);
    CHECK(read({"second", "--help"}, true).text.find("datei ... (nötig)") != std::string::npos);
}

TEST_CASE("the language is what --lang says, else the locale's", "[command-line]") {
    CHECK(speaks_german({"--lang", "de"}, {"C"}));
    CHECK(speaks_german({"list", "--lang=de"}, {}));
    CHECK_FALSE(speaks_german({"--lang=en"}, {"de_DE.UTF-8"}));
    CHECK(speaks_german({"--lang", "fr"}, {"", "", "de_AT.UTF-8"}));
    CHECK_FALSE(speaks_german({"--lang"}, {"C", "", "de_DE.UTF-8"}));
    CHECK_FALSE(speaks_german({}, {}));
}
