#include "collector/ui/text_layout.h"

#include <catch2/catch.hpp>

using namespace survey::collector;

TEST_CASE("text is measured in characters, not in bytes", "[ui]") {
    CHECK(width("Größe") == 5);
    CHECK(width("") == 0);
    CHECK(shorten("Größenklasse", 6) == "Größe…");
    CHECK(shorten("kurz", 6) == "kurz");
    CHECK(shorten("zwei\nZeilen", 20) == "zwei Zeilen");
}

TEST_CASE("a paragraph breaks at blanks and keeps its indent", "[ui]") {
    CHECK(wrap("eins zwei drei vier", 9) == "eins zwei\ndrei vier");
    CHECK(wrap("eins zwei drei", 10, 4, "1   ") == "1   eins\n    zwei\n    drei");
    CHECK(wrap("a\n\nb", 10) == "a\n\nb");
    CHECK(wrap("", 10).empty());
    const std::string word(30, 'x');
    CHECK(wrap("a " + word + " b", 10) == "a\n" + word + "\nb");
}

TEST_CASE("a label loses its marks and keeps its words", "[ui]") {
    CHECK(plain("## Ihre **Meinung** zählt") == "Ihre Meinung zählt");
    CHECK(plain("siehe [Seite](https://a.example/b)") == "siehe Seite (https://a.example/b)");
    CHECK(plain("<span style=\"color:red\">rot</span>") == "rot");
    CHECK(plain("2 * 3 < 7 und a\\*b") == "2 * 3 < 7 und a*b");
    CHECK(plain("offen [ohne Ende") == "offen [ohne Ende");
    CHECK(plain("") == "");
}

TEST_CASE("what is typed is compared without case and outer blanks", "[ui]") {
    CHECK(folded("ÄÖÜ Straße ABC") == "äöü straße abc");
    CHECK(folded("3 × 4") == "3 × 4");
    CHECK(trimmed("  a b\t") == "a b");
    CHECK(trimmed(" \t") == "");
}
