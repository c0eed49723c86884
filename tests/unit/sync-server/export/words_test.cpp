#include "sync-server/export/words.h"

#include <catch2/catch.hpp>

using namespace survey::server;

TEST_CASE("numbers follow the language", "[export][words]") {
    CHECK(format_count(0, Language::kGerman) == "0");
    CHECK(format_count(999, Language::kGerman) == "999");
    CHECK(format_count(1'234'567, Language::kGerman) == "1.234.567");
    CHECK(format_count(1'234'567, Language::kEnglish) == "1,234,567");
    CHECK(format_decimal(2.46, 1, Language::kGerman) == "2,5");
    CHECK(format_decimal(2.46, 1, Language::kEnglish) == "2.5");
    CHECK(format_share(0.426, Language::kEnglish) == "43%");
    CHECK(format_share(0.426, Language::kGerman) == "43\u00A0%");
}

TEST_CASE("differences carry their sign, and nothing is minus zero", "[export][words]") {
    CHECK(format_points(0.1, Language::kEnglish) == "+10");
    CHECK(format_points(-0.03, Language::kEnglish) == "−3");
    CHECK(format_points(0.001, Language::kEnglish) == "0");
    CHECK(format_points(-0.001, Language::kEnglish) == "0");
    CHECK(format_decimal(-2.5, 1, Language::kGerman) == "−2,5");
}

TEST_CASE("no word is missing in either language", "[export][words]") {
    for (const Language language : {Language::kGerman, Language::kEnglish}) {
        const Words& w = words(language);
        for (const std::string_view word :
             {w.code,       w.total,       w.answers,      w.share,         w.mean,
              w.suppressed, w.older,       w.positive,     w.neutral,       w.negative,
              w.balance,    w.cannot_say,  w.blank,        w.not_asked,     w.below,
              w.to_below,   w.and_more,    w.table_sheet,  w.notes_sheet,   w.note_suppressed,
              w.note_older, w.note_shares, w.note_several, w.note_interval, w.open_quote,
              w.close_quote}) {
            CHECK_FALSE(word.empty());
        }
    }
}
