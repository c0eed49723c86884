#include "collector/ui/words.h"

#include <set>

#include <catch2/catch.hpp>

using namespace survey::collector;

TEST_CASE("every sentence exists in both languages with the same blanks", "[ui]") {
    for (int i = 0; i <= static_cast<int>(Word::kLineTooLong); ++i) {
        const Word word = static_cast<Word>(i);
        std::set<char> blanks[2];
        for (const UiLanguage language : {UiLanguage::kEnglish, UiLanguage::kGerman}) {
            const std::string_view text = text_of(language, word);
            CAPTURE(i, text);
            CHECK_FALSE(text.empty());
            for (std::size_t at = 0; at + 2 < text.size(); ++at) {
                if (text[at] == '{' && text[at + 2] == '}') {
                    blanks[static_cast<int>(language)].insert(text[at + 1]);
                }
            }
        }
        CHECK(blanks[0] == blanks[1]);
    }
}

TEST_CASE("blanks are filled in by number", "[ui]") {
    CHECK(say(UiLanguage::kGerman, Word::kProgress, {"3", "12"}) == "Frage 3 von 12");
    CHECK(say(UiLanguage::kEnglish, Word::kProgress, {"3", "12"}) == "question 3 of 12");
    CHECK(say(UiLanguage::kEnglish, Word::kNotNumber, {"{2}"}) ==
          "\"{2}\" is not a number, like 12.5.");
}
