#include "common/http/content_coding.h"

#include <catch2/catch.hpp>
#include <zlib.h>

using namespace survey;

TEST_CASE("a coding is taken where it is named and not refused", "[http][coding]") {
    CHECK(accepts_coding("gzip, deflate, br", "br"));
    CHECK(accepts_coding("gzip;q=0.5,br", "gzip"));
    CHECK(accepts_coding(" br ; q=1.0", "br"));
    CHECK_FALSE(accepts_coding("", "gzip"));
    CHECK_FALSE(accepts_coding("deflate", "gzip"));
    CHECK_FALSE(accepts_coding("gzip;q=0", "gzip"));
    CHECK_FALSE(accepts_coding("gzip; q=0.000, br", "gzip"));
    CHECK_FALSE(accepts_coding("*", "br"));
    CHECK_FALSE(accepts_coding("brotli", "br"));
}

TEST_CASE("what is packed unpacks to the same", "[http][coding]") {
    for (const std::string& text : {std::string(), std::string("a"), std::string(300'000, 'x')}) {
        const std::string packed = gzip_packed(text);
        CHECK(packed.substr(0, 2) == "\x1f\x8b");
        std::string out(text.size() + 1, '\0');
        z_stream stream{};
        REQUIRE(inflateInit2(&stream, 15 + 16) == Z_OK);
        stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
        stream.avail_in = static_cast<uInt>(packed.size());
        stream.next_out = reinterpret_cast<Bytef*>(out.data());
        stream.avail_out = static_cast<uInt>(out.size());
        CHECK(inflate(&stream, Z_FINISH) == Z_STREAM_END);
        out.resize(stream.total_out);
        inflateEnd(&stream);
        CHECK(out == text);
    }
}
