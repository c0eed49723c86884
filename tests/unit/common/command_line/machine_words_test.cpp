#include "common/command_line/machine_words.h"

#include <catch2/catch.hpp>

#include "tests/support/sentences.h"

using namespace survey;

TEST_CASE("what a file or a disk says is told in German, part by part", "[german]") {
    CHECK(in_german({}, "reading /a: b/c: Is a directory") ==
          "Lesen von /a: b/c: Das ist ein Ordner, keine Datei.");
    CHECK(in_german({}, "making directory /x: Permission denied") ==
          "Anlegen des Ordners /x: Die Rechte dazu fehlen.");
    CHECK(in_german({}, "saving the draft: /db: this file is not a database") ==
          "Speichern des Entwurfs: /db: Diese Datei ist keine Datenbank.");
}

TEST_CASE("the caller's sentence comes first, and what nobody knows stays", "[german]") {
    constexpr Translation kOwn[] = {{"Is a directory", "Das war kein Fragebogen."},
                                    {"cannot begin * there: ", "* beginnt nicht: "}};
    CHECK(in_german(kOwn, "Is a directory") == "Das war kein Fragebogen.");
    CHECK(in_german(kOwn, "cannot begin 7 there: Is a directory") ==
          "7 beginnt nicht: Das war kein Fragebogen.");
    for (const char* other : {"", ": ", "a: b: c: d: e: f: g: h: i: j", "Is a directory?"})
        CHECK(in_german(kOwn, other) == other);
}

TEST_CASE("every sentence of the machine to translate is still said somewhere", "[german]") {
    std::string said = test::sentences_of(
        {"common/host", "common/db", "collector/store", "collector/agent", "collector/interview"});
    // The system's own (errno), and what files.cpp puts together.
    for (const int cause :
         {ENOENT, EACCES, EPERM, EISDIR, ENOTDIR, EEXIST, EROFS, EIO, ENOSPC, EDQUOT})
        said += std::generic_category().message(cause) + "; free some space and try again\n";
    const auto words = machine_words();
    std::vector<Translation> whole;
    for (const Translation& each : words) {
        // "reading *: " is put together too: its first word is said, and the colon comes later.
        if (!each.message.ends_with(": ")) whole.push_back(each);
    }
    CHECK(test::stale(whole, said) == std::vector<std::string>{});
}
