#include <cstdint>

#include <png.h>

#include "sync-server/qr/qr_code.h"

namespace survey::server {

namespace {

constexpr std::size_t kTerminalQuietZone = 2;  // a terminal has a margin of its own

/// As with a quiet zone of that width around it.
bool is_dark_at(const QrCode& code, std::size_t zone, std::size_t row, std::size_t column) {
    if (row < zone || column < zone) return false;
    row -= zone;
    column -= zone;
    return row < code.side() && column < code.side() && code.is_dark(row, column);
}

}  // namespace

std::string qr_svg(const QrCode& code) {
    const std::string side = std::to_string(code.side() + 2 * kQuietZone);
    std::string out = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + side + " " +
                      side + "\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h" +
                      side + "v" + side + "H0z\"/><path fill=\"#000\" d=\"";
    for (std::size_t row = 0; row < code.side(); ++row) {
        for (std::size_t column = 0; column < code.side();) {
            std::size_t end = column;
            while (end < code.side() && code.is_dark(row, end))
                ++end;
            if (end > column)
                out += "M" + std::to_string(column + kQuietZone) + " " +
                       std::to_string(row + kQuietZone) + "h" + std::to_string(end - column) +
                       "v1H" + std::to_string(column + kQuietZone) + "z";
            column = end + 1;
        }
    }
    return out + "\"/></svg>\n";
}

Result<std::string> qr_png(const QrCode& code, std::size_t pixels) {
    const std::size_t side = (code.side() + 2 * kQuietZone) * pixels;
    std::string grey(side * side, '\xff');
    for (std::size_t y = 0; y < side; ++y) {
        for (std::size_t x = 0; x < side; ++x) {
            if (is_dark_at(code, kQuietZone, y / pixels, x / pixels)) grey[y * side + x] = '\0';
        }
    }
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<png_uint_32>(side);
    image.height = static_cast<png_uint_32>(side);
    image.format = PNG_FORMAT_GRAY;
    png_alloc_size_t bytes = 0;
    std::string out;
    const bool measured =
        png_image_write_to_memory(&image, nullptr, &bytes, 0, grey.data(), 0, nullptr) != 0;
    if (measured) {
        out.resize(bytes);
        if (png_image_write_to_memory(&image, out.data(), &bytes, 0, grey.data(), 0, nullptr) != 0)
            return out.substr(0, bytes);
    }
    png_image_free(&image);
    return fail(ErrorCode::kUnavailable, "No memory for the picture of a QR code.");
}

std::string qr_text(const QrCode& code) {
    const std::size_t side = code.side() + 2 * kTerminalQuietZone;
    std::string out;
    for (std::size_t row = 0; row < side; row += 2) {
        for (std::size_t column = 0; column < side; ++column) {
            const bool upper = !is_dark_at(code, kTerminalQuietZone, row, column);
            const bool lower =
                row + 1 < side && !is_dark_at(code, kTerminalQuietZone, row + 1, column);
            out += upper ? (lower ? "█" : "▀") : (lower ? "▄" : " ");
        }
        out += '\n';
    }
    return out;
}

}  // namespace survey::server
