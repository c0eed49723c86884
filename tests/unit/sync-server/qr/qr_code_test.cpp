#include "sync-server/qr/qr_code.h"

#include <algorithm>
#include <cstdint>

#include <catch2/catch.hpp>
#include <png.h>

using namespace survey;
using namespace survey::server;

namespace {

// A finder pattern is a dark ring of seven around a light one around a dark square of three
// (ISO/IEC 18004, 6.3.3).
bool has_finder(const QrCode& code, std::size_t top, std::size_t left) {
    for (std::size_t i = 0; i < 7; ++i) {
        for (std::size_t j = 0; j < 7; ++j) {
            const std::size_t ring = std::min({i, j, 6 - i, 6 - j});
            if (code.is_dark(top + i, left + j) != (ring != 1)) return false;
        }
    }
    return true;
}

const std::string kAddress = "https://umfrage.example.org/f/7K3M9QXA";

}  // namespace

TEST_CASE("a code has the three corners that readers look for", "[qr]") {
    const auto code = QrCode::of(kAddress);
    REQUIRE(code);
    CHECK(code->side() == 29);  // version 3 holds 42 bytes at level M
    CHECK(has_finder(*code, 0, 0));
    CHECK(has_finder(*code, 0, code->side() - 7));
    CHECK(has_finder(*code, code->side() - 7, 0));
    CHECK_FALSE(has_finder(*code, code->side() - 7, code->side() - 7));
}

TEST_CASE("what no code holds is refused", "[qr]") {
    CHECK(QrCode::of("").error().code == ErrorCode::kLimit);
    CHECK(QrCode::of(std::string(2'001, 'a')).error().code == ErrorCode::kLimit);
    CHECK(QrCode::of(std::string(2'000, 'a')));
}

TEST_CASE("the picture shows the modules with a quiet zone around them", "[qr]") {
    const auto code = QrCode::of(kAddress);
    REQUIRE(code);
    const auto bytes = qr_png(*code, 3);
    REQUIRE(bytes);
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    REQUIRE(png_image_begin_read_from_memory(&image, bytes->data(), bytes->size()) != 0);
    image.format = PNG_FORMAT_GRAY;
    REQUIRE(image.width == (29 + 8) * 3);
    std::vector<std::uint8_t> grey(PNG_IMAGE_SIZE(image));
    REQUIRE(png_image_finish_read(&image, nullptr, grey.data(), 0, nullptr) != 0);
    const auto dark = [&](std::size_t row, std::size_t column) {
        return grey[(row * 3 + 1) * image.width + column * 3 + 1] == 0;
    };
    for (std::size_t row = 0; row < 29; ++row) {
        for (std::size_t column = 0; column < 29; ++column)
            REQUIRE(dark(row + 4, column + 4) == code->is_dark(row, column));
    }
    for (std::size_t i = 0; i < 37; ++i) {
        CHECK_FALSE(dark(3, i));
        CHECK_FALSE(dark(i, 33));
    }
}

TEST_CASE("drawing and text have the code's size", "[qr]") {
    const auto code = QrCode::of(kAddress);
    REQUIRE(code);
    const std::string svg = qr_svg(*code);
    CHECK(svg.find("viewBox=\"0 0 37 37\"") != std::string::npos);
    CHECK(svg.find("M4 4h7v1H4z") != std::string::npos);  // top of the first finder
    CHECK(svg.find("style") == std::string::npos);
    const std::string text = qr_text(*code);
    CHECK(std::count(text.begin(), text.end(), '\n') == 17);
    CHECK(text.substr(0, text.find('\n')).find("▄") == std::string::npos);
}
