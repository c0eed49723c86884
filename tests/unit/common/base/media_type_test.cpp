#include "common/base/media_type.h"

#include <catch2/catch.hpp>

using namespace survey;

TEST_CASE("a media type is a type and a subtype", "[media-type]") {
    for (const char* good : {"image/jpeg", "application/vnd.x+xml", "a/b"})
        CHECK(is_media_type(good));
    for (const char* bad :
         {"", "image", "image/", "/jpeg", "image/jpeg; q=1", "a/b/c", "a b/c", "image/j\r\npeg"})
        CHECK_FALSE(is_media_type(bad));
    CHECK_FALSE(is_media_type("a/" + std::string(99, 'b')));
}

TEST_CASE("what browsers say beside the type is left away", "[media-type]") {
    CHECK(without_parameters("audio/webm;codecs=opus") == "audio/webm");
    CHECK(without_parameters(" audio/webm ; codecs=opus; x=\";\"") == "audio/webm");
    CHECK(without_parameters("image/png") == "image/png");
    CHECK(without_parameters(" ;x").empty());
    CHECK(without_parameters("").empty());
}

TEST_CASE("what is no type is bytes of any kind", "[media-type]") {
    CHECK(plain_media_type("audio/webm;codecs=opus") == "audio/webm");
    for (const char* none : {"", "x", ";", "a/b\r\nSet-Cookie: x=y", "text/ht ml"}) {
        CAPTURE(none);
        CHECK(plain_media_type(none) == "application/octet-stream");
    }
}
