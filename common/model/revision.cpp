#include "common/model/revision.h"

#include <algorithm>

namespace survey {

Hlc next_hlc(Hlc last, Instant now) {
    const std::int64_t unix_ms = std::max<std::int64_t>(now.time_since_epoch().count(), 0);
    const std::uint64_t wall = (static_cast<std::uint64_t>(unix_ms) & 0xFFFF'FFFF'FFFFU) << 16;
    // A counter that overflows moves on into the milliseconds, which keeps the order.
    return Hlc{std::max(wall, last.value + 1)};
}

}  // namespace survey
