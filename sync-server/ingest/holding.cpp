#include "sync-server/ingest/holding.h"

#include "common/base/hex.h"

namespace survey::server {

namespace {

std::string keyed(const Bytes32& key, char domain, std::string_view text) {
    // BLAKE2b has no length extension, so the key in front makes a sound keyed hash.
    std::string input(reinterpret_cast<const char*>(key.data()), key.size());
    input += domain;
    input += text;
    return to_hex(blake2b_256(input));
}

}  // namespace

std::string normalised_name(std::string_view name) {
    std::string out;
    bool blank_pending = false;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const char c = name[i];
        const auto next = static_cast<unsigned char>(i + 1 < name.size() ? name[i + 1] : '\0');
        const bool no_break = c == '\xc2' && next == 0xa0;
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || no_break) {
            blank_pending = !out.empty();
            i += no_break;
            continue;
        }
        if (blank_pending) out += ' ';
        blank_pending = false;
        if (c >= 'A' && c <= 'Z') {
            out += static_cast<char>(c + ('a' - 'A'));
        } else if (c == '\xc3' && next == 0x9f) {  // ß
            out += "ss";
            ++i;
        } else if (c == '\xc3' && next >= 0x80 && next <= 0x9e && next != 0x97) {  // À … Þ
            out += c;
            out += static_cast<char>(next + 0x20);
            ++i;
        } else {
            out += c;
        }
    }
    return out;
}

std::string holding_of_name(const Bytes32& key, std::string_view organisation_name) {
    return keyed(key, 'o', normalised_name(organisation_name));
}

std::string holding_of_instance(const Bytes32& key, std::string_view instance_id) {
    return keyed(key, 'i', instance_id);
}

std::string holding_of_unnamed(const Bytes32& key, std::string_view form_id) {
    return keyed(key, 'u', form_id);
}

}  // namespace survey::server
