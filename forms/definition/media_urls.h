#pragma once

#include <set>
#include <string>
#include <string_view>

namespace survey::forms {

/// Every `jr://` address in an XForm's text, once: of itemset files (`src="…"`) and of pictures,
/// sounds and films in translations (`<value>…</value>`). A file's name may have blanks within.
std::set<std::string> media_urls(std::string_view xform);

}  // namespace survey::forms
