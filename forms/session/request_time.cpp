#include "forms/session/request_time.h"

#include <utility>

namespace survey::forms {

Outcome<bool> RequestClock::take(const json::Object& request) {
    TRY_ASSIGN(const auto text, optional_text(request, "now"));
    if (!text) {
        given_.reset();
        return false;
    }
    const auto instant = parse_instant(*text);
    if (!instant) {
        return Refusal{"request", "\"now\" must be an RFC 3339 instant: 2026-11-25T08:30:00Z"};
    }
    given_ = *instant;
    return true;
}

Outcome<const TimeZone*> TimeZones::of(const json::Object& request) {
    TRY_ASSIGN(const auto name, optional_text(request, "timezone"));
    const std::string key = name.value_or("");
    if (const auto known = zones_.find(key); known != zones_.end()) return known->second.get();
    auto zone = machine_.time_zone(key);
    if (!zone) return Refusal{"request", zone.error().message};
    return zones_.emplace(key, *std::move(zone)).first->second.get();
}

}  // namespace survey::forms
