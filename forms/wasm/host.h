#pragma once

#include <cstddef>
#include <cstdint>

// The module `host`: what the page gives the engine. JavaScript implements these with the same
// names.

#define HOST_FUNCTION(name) __attribute__((import_module("host"), import_name(name)))

extern "C" {

/// Microseconds since 1970 in UTC.
HOST_FUNCTION("now_us") std::int64_t host_now_us();

/// Fills `size` bytes with unpredictable ones.
HOST_FUNCTION("random") void host_random(void* bytes, std::size_t size);

/// Local time minus UTC at that second in the zone of that IANA name, the machine's own for "".
/// kNoZone: there is no such zone.
HOST_FUNCTION("zone_offset_s")
std::int32_t host_zone_offset_s(const char* name, std::size_t size, std::int64_t utc_seconds);
}

namespace survey::forms {

inline constexpr std::int32_t kNoZone = INT32_MIN;

}  // namespace survey::forms
