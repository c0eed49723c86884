#include "forms/definition/media_urls.h"

#include <algorithm>

namespace survey::forms {

std::set<std::string> media_urls(std::string_view xform) {
    constexpr std::string_view kScheme = "jr://";
    std::set<std::string> urls;
    for (auto at = xform.find(kScheme); at != std::string_view::npos;
         at = xform.find(kScheme, at + 1)) {
        const auto end = std::min(xform.find_first_of("\"'<>\t\r\n", at), xform.size());
        std::string_view url = xform.substr(at, end - at);
        while (url.back() == ' ')  // of the layout, not of the name
            url.remove_suffix(1);
        urls.emplace(url);
    }
    return urls;
}

}  // namespace survey::forms
