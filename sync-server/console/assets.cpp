#include "sync-server/console/assets.h"

#include "common/base/hex.h"
#include "common/crypto/crypto.h"

namespace survey::server {

// assets.cpp.in
extern const char kStyleSheet[];
extern const unsigned long kStyleSheetBytes;

const Asset& style_sheet() {
    static const Asset asset = [] {
        const std::string_view bytes(kStyleSheet, kStyleSheetBytes);
        return Asset{"style-" + to_hex(blake2b_256(bytes)).substr(0, 16) + ".css", bytes,
                     "text/css; charset=utf-8"};
    }();
    return asset;
}

const Asset* find_asset(std::string_view name) {
    return name == style_sheet().name ? &style_sheet() : nullptr;
}

}  // namespace survey::server
