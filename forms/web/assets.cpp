#include "forms/web/assets.h"

#include <algorithm>

#include "forms/web/asset_table.h"

namespace survey::forms {

const WebAsset* web_asset(std::string_view name) {
    const auto all = web_assets();
    const auto found = std::lower_bound(
        all.begin(), all.end(), name,
        [](const WebAsset& asset, std::string_view wanted) { return asset.name < wanted; });
    return found != all.end() && found->name == name ? &*found : nullptr;
}

}  // namespace survey::forms
