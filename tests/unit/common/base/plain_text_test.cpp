#include "common/base/plain_text.h"

#include <string>

#include <catch2/catch.hpp>

using namespace survey;

TEST_CASE("text is UTF-8 with tabs and line ends at most", "[text]") {
    for (const char* text : {"", "Aue", "Gießerei", "a\tb\r\nc", "\xF0\x9F\x8C\xB2"}) {
        CAPTURE(text);
        CHECK(is_plain_text(text));
    }
    // Latin-1, an overlong form, a surrogate, beyond U+10FFFF, cut off, control characters.
    for (const char* text : {"M\xFCll", "\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "a\xC3",
                             "\x1B[A", "a\x01", "\x7F"}) {
        CAPTURE(text);
        CHECK_FALSE(is_plain_text(text));
    }
    CHECK_FALSE(is_plain_text(std::string(1, '\0')));
}
