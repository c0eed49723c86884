#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.h"

namespace survey::server {

/// A QR code (ISO/IEC 18004): a square of dark and light modules, without the quiet zone.
class QrCode {
  public:
    /// Error correction M: 15 % may be dirty or torn. kLimit: longer than a code holds.
    static Result<QrCode> of(std::string_view text);

    std::size_t side() const { return side_; }
    bool is_dark(std::size_t row, std::size_t column) const { return dark_[row * side_ + column]; }

  private:
    std::size_t side_ = 0;
    std::vector<bool> dark_;
};

/// Light modules that a code needs around it.
inline constexpr std::size_t kQuietZone = 4;

/// A drawing without size of its own, black on white, for pages and print.
std::string qr_svg(const QrCode& code);
/// kUnavailable: no memory.
/// \param pixels of one module.
Result<std::string> qr_png(const QrCode& code, std::size_t pixels);
/// For a terminal: two modules to a character, light ones drawn, so that the quiet zone shows on
/// the usual dark ground.
std::string qr_text(const QrCode& code);

}  // namespace survey::server
