#pragma once

#include <string>
#include <string_view>

#include "common/base/phrase.h"
#include "sync-server/links/link.h"
#include "sync-server/links/project.h"
#include "sync-server/qr/qr_code.h"

namespace survey::server {

/// Pages that people see who were given a link. Pure.

/// The form in the browser.
std::string form_page(std::string_view title, bool german);

/// What a link that does not open says instead; also for readers of programs.
struct Explanation {
    std::string title;
    std::string text;
};
Explanation explain(LinkState state, const Link& link, const Project& project, bool german);
Explanation explain_unknown(bool german);

/// A page that only explains.
std::string plain_page(const Explanation& said, bool german);

/// One page to print and hang up: code, title, what to do, when it opens and closes. It stands
/// alone, its style within.
std::string sheet_page(const Link& link, std::string_view title, std::string_view address,
                       const QrCode& code, const Project& project, bool german);

/// For the sheet, which has no script and no other file.
inline constexpr std::string_view kSheetPolicy =
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; "
    "form-action 'none'";

}  // namespace survey::server
