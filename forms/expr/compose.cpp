#include "forms/expr/compose.h"

#include <cstdlib>

#include <utf8proc.h>

namespace survey::expr {

std::string composed(std::string_view text) {
    bool is_plain = true;
    for (const char c : text)
        is_plain = is_plain && static_cast<unsigned char>(c) < 0x80;
    if (is_plain) return std::string(text);
    utf8proc_uint8_t* made = nullptr;
    const utf8proc_ssize_t size =
        utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                     static_cast<utf8proc_ssize_t>(text.size()), &made,
                     static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
    if (size < 0) return std::string(text);
    std::string out(reinterpret_cast<const char*>(made), static_cast<std::size_t>(size));
    std::free(made);
    return out;
}

}  // namespace survey::expr
