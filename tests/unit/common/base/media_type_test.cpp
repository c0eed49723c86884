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

TEST_CASE("the ending of a name says the type, in capitals too", "[media-type]") {
    CHECK(media_type_of_name("logo.svg") == "image/svg+xml");
    CHECK(media_type_of_name("DSC0001.JPG") == "image/jpeg");
    CHECK(media_type_of_name("spoken.m4a") == "audio/mp4");
    CHECK(media_type_of_name("towns.geojson") == "application/geo+json");
}

TEST_CASE("no name of a form's file makes it a page", "[media-type]") {
    for (const char* name :
         {"", "png", "page.html", "page.HTM", "page.xhtml", "code.js", "x.png.", "x."}) {
        CAPTURE(name);
        CHECK(media_type_of_name(name) == "application/octet-stream");
    }
    CHECK(media_type_of_name("list.xml") == "text/plain; charset=utf-8");
}
