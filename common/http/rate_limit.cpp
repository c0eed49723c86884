#include "common/http/rate_limit.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace survey {

namespace {

// Memory for one flood: past this, buckets that are full again are forgotten, and if none is, new
// addresses wait.
constexpr std::size_t kBucketsMax = 10'000;

double seconds(Steady duration) {
    return std::chrono::duration<double>(duration).count();
}

}  // namespace

std::string_view without_mapping(std::string_view address) {
    constexpr std::string_view kMapped = "::ffff:";
    const bool is_mapped =
        address.substr(0, kMapped.size()) == kMapped && address.find('.') != std::string_view::npos;
    return is_mapped ? address.substr(kMapped.size()) : address;
}

std::string limited_address(std::string_view address) {
    address = without_mapping(address);
    if (address.find(':') == std::string_view::npos) return std::string(address);
    // Fully written or abbreviated, the first four groups name the subscriber; with fewer before
    // "::" the rest of the 64 bits is zero.
    std::size_t end = 0;
    for (int groups = 0; end < address.size(); ++end) {
        if (address[end] != ':') continue;
        if (++groups == 4 || address.substr(end, 2) == "::") break;
    }
    return std::string(address.substr(0, end)) + "::/64";
}

std::optional<int> RateLimit::take(std::string_view address, double cost) {
    return judge(address, cost, true);
}

std::optional<int> RateLimit::look(std::string_view address, double cost) {
    return judge(address, cost, false);
}

std::optional<int> RateLimit::judge(std::string_view address, double cost, bool takes) {
    const std::lock_guard lock(mutex_);
    const Steady now = clock_.steady();
    const std::string key = limited_address(address);
    auto found = buckets_.find(key);
    if (found == buckets_.end()) {
        if (buckets_.size() >= kBucketsMax) forget_full_buckets(now);
        if (buckets_.size() >= kBucketsMax) return static_cast<int>(rule_.burst / rule_.per_second);
        found = buckets_.emplace(key, Bucket{rule_.burst, now}).first;
    }
    Bucket& bucket = found->second;
    bucket.tokens =
        std::min(rule_.burst, bucket.tokens + seconds(now - bucket.filled) * rule_.per_second);
    bucket.filled = now;
    if (bucket.tokens < cost)
        return std::max(1, static_cast<int>(std::ceil((cost - bucket.tokens) / rule_.per_second)));
    if (takes) bucket.tokens -= cost;
    return std::nullopt;
}

void RateLimit::forget_full_buckets(Steady now) {
    std::erase_if(buckets_, [&](const auto& entry) {
        const Bucket& bucket = entry.second;
        return bucket.tokens + seconds(now - bucket.filled) * rule_.per_second >= rule_.burst;
    });
}

}  // namespace survey
