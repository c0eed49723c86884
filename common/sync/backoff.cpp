#include "common/sync/backoff.h"

#include <algorithm>

#include "common/base/random.h"

namespace survey {

namespace {

std::chrono::milliseconds evenly_up_to(std::chrono::milliseconds longest, Random& random) {
    const auto bound = static_cast<std::uint64_t>(longest.count()) + 1;
    return std::chrono::milliseconds(static_cast<std::int64_t>(random.below(bound)));
}

}  // namespace

std::chrono::milliseconds backoff(std::uint32_t failures,
                                  std::optional<std::chrono::milliseconds> retry_after,
                                  Random& random) {
    using std::chrono::milliseconds;
    if (retry_after && *retry_after > milliseconds::zero()) {
        const milliseconds wish = std::min(*retry_after, kRetryAfterMax);
        return wish + evenly_up_to(wish / 4, random);
    }
    milliseconds longest = kBackoffFirst;
    for (std::uint32_t i = 1; i < failures && longest < kBackoffMax; ++i)
        longest *= 2;
    return evenly_up_to(std::min(longest, kBackoffMax), random);
}

std::chrono::milliseconds reconnect_delay(Random& random) {
    return evenly_up_to(std::chrono::seconds(60), random);
}

}  // namespace survey
