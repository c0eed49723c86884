#include "common/http/forwarding.h"

#include <algorithm>
#include <string_view>

namespace survey {

namespace {

constexpr std::size_t kAddressBytesMax = 45;  // IPv6 with an IPv4 part, written out

bool is_address(std::string_view text) {
    return !text.empty() && text.size() <= kAddressBytesMax &&
           text.find_first_not_of("0123456789abcdefABCDEF:.") == std::string_view::npos &&
           text.find_first_of(".:") != std::string_view::npos;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

/// All fields of that name as one list (RFC 9110, section 5.3).
std::string all_of(const Request& request, std::string_view name) {
    std::string list;
    for (const auto& [field, value] : request.fields) {
        if (field != name) continue;
        if (!list.empty()) list += ',';
        list += value;
    }
    return list;
}

std::string_view last_of(std::string_view list) {
    const auto comma = list.rfind(',');
    return trimmed(comma == std::string_view::npos ? list : list.substr(comma + 1));
}

}  // namespace

void apply_forwarding(Request& request, std::span<const std::string> trusted_proxies) {
    const auto trusted = [&](std::string_view address) {
        return std::find(trusted_proxies.begin(), trusted_proxies.end(), address) !=
               trusted_proxies.end();
    };
    if (!trusted(request.peer)) return;
    request.secure = request.secure || last_of(all_of(request, "x-forwarded-proto")) == "https";
    const std::string list = all_of(request, "x-forwarded-for");
    std::string_view rest = list;
    while (!rest.empty()) {
        const std::string_view address = last_of(rest);
        if (!is_address(address)) return;
        request.peer = address;
        if (!trusted(address)) return;
        const auto comma = rest.rfind(',');
        rest = comma == std::string_view::npos ? std::string_view() : rest.substr(0, comma);
    }
}

}  // namespace survey
