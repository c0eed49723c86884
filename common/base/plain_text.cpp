#include "common/base/plain_text.h"

#include <cstddef>
#include <cstdint>

namespace survey {

bool is_plain_text(std::string_view text) {
    std::size_t i = 0;
    const auto at = [&](std::size_t k) { return static_cast<std::uint8_t>(text[k]); };
    while (i < text.size()) {
        const std::uint8_t lead = at(i);
        if (lead < 0x80) {
            const bool line = lead == '\t' || lead == '\n' || lead == '\r';
            if ((lead < 0x20 && !line) || lead == 0x7F) return false;
            ++i;
            continue;
        }
        const std::size_t more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
        if (lead < 0xC2 || lead > 0xF4 || text.size() - i <= more) return false;
        const std::uint8_t second = at(i + 1);
        // RFC 3629, section 4: the second byte's range depends on the first.
        const std::uint8_t low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        const std::uint8_t high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        if (second < low || second > high) return false;
        for (std::size_t k = 2; k <= more; ++k) {
            if ((at(i + k) & 0xC0) != 0x80) return false;
        }
        i += more + 1;
    }
    return true;
}

}  // namespace survey
