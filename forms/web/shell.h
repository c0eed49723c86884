#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace survey::forms {

/// The page that the filler starts from.
struct WebShell {
    std::string_view home;      ///< where answers live: "link" or "collector"
    std::string_view language;  ///< of the words in the page: "de", "en"
    std::string_view title;     ///< any text; escaped here
    std::string_view noscript;  ///< what to do without JavaScript; escaped here
};

/// A page without script, in the look of the others: a link that is closed, full, unknown.
struct WebNotice {
    std::string_view language;
    std::string_view title;
    std::vector<std::string> sentences;
};

/// HTML with the names of the assets filled in. The policy that its reply needs is
/// `kWebContentPolicy`.
std::string web_shell_page(const WebShell& shell);
std::string web_notice_page(const WebNotice& notice);

/// `Content-Security-Policy` of every page of the filler: its own files and nothing else.
inline constexpr std::string_view kWebContentPolicy =
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
    "img-src 'self' blob: data:; media-src 'self' blob:; connect-src 'self'; worker-src 'self'; "
    "manifest-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

}  // namespace survey::forms
