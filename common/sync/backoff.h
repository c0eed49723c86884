#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace survey {

class Random;

/// The first wait is at most this long …
inline constexpr std::chrono::milliseconds kBackoffFirst{5'000};
/// … and none is longer than this, unless the server asks for it.
inline constexpr std::chrono::milliseconds kBackoffMax{30 * 60 * 1000};
/// A server's wish beyond this is a mistake.
inline constexpr std::chrono::milliseconds kRetryAfterMax{24 * 60 * 60 * 1000};

/// How long to wait after `failures` (at least 1) failed tries in a row. The server's wish counts
/// in full, with a little scatter on top; otherwise full jitter: evenly in [0, min(max, first ·
/// 2^(n-1))].
std::chrono::milliseconds backoff(std::uint32_t failures,
                                  std::optional<std::chrono::milliseconds> retry_after,
                                  Random& random);

/// Wait after a network comes back, so that a hundred laptops in one hall do not call together.
std::chrono::milliseconds reconnect_delay(Random& random);

}  // namespace survey
