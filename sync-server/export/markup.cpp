#include "sync-server/export/markup.h"

namespace survey::server {

std::string escape_markup(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (const char c : text) {
        switch (c) {
            case '&':
                result += "&amp;";
                break;
            case '<':
                result += "&lt;";
                break;
            case '>':
                result += "&gt;";
                break;
            case '"':
                result += "&quot;";
                break;
            case '\'':
                result += "&#39;";
                break;
            default: {
                const auto byte = static_cast<unsigned char>(c);
                if (byte >= 0x20 || c == '\t' || c == '\n') result += c;
            }
        }
    }
    return result;
}

}  // namespace survey::server
