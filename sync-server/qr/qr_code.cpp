#include "sync-server/qr/qr_code.h"

#include <memory>

#include <qrencode.h>

namespace survey::server {

namespace {

// Our addresses have fifty; at level M the largest code holds 2331 bytes.
constexpr std::size_t kTextBytesMax = 2'000;

struct FreeCode {
    void operator()(QRcode* code) const { QRcode_free(code); }
};

}  // namespace

Result<QrCode> QrCode::of(std::string_view text) {
    if (text.empty() || text.size() > kTextBytesMax)
        return fail(ErrorCode::kLimit, "A QR code holds from 1 to 2000 bytes.");
    const std::unique_ptr<QRcode, FreeCode> made(
        QRcode_encodeData(static_cast<int>(text.size()),
                          reinterpret_cast<const unsigned char*>(text.data()), 0, QR_ECLEVEL_M));
    if (!made) return fail(ErrorCode::kUnavailable, "No memory for a QR code.");
    QrCode code;
    code.side_ = static_cast<std::size_t>(made->width);
    code.dark_.resize(code.side_ * code.side_);
    for (std::size_t i = 0; i < code.dark_.size(); ++i)
        code.dark_[i] = (made->data[i] & 1) != 0;
    return code;
}

}  // namespace survey::server
