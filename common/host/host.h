#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/clock.h"
#include "common/base/result.h"

namespace survey {

/// What the operating system gives: time, time zones, language. (Its randomness: common/crypto.)

/// The machine's clock. Any thread.
class SystemClock final : public Clock {
  public:
    Instant now() const override;
    Steady steady() const override;
};

/// A zone of the system's tz database ("Europe/Berlin"). kNotFound: no such zone, or no database.
Result<std::unique_ptr<TimeZone>> find_time_zone(const std::string& name);
/// The machine's own zone; UTC when it cannot be told.
std::unique_ptr<TimeZone> local_time_zone();

/// "de" or "en", from the locale variables' values in their order of precedence (LC_ALL,
/// LC_MESSAGES, LANG). "en" when none says German.
std::string language_of(const std::vector<std::string>& locale_values);

}  // namespace survey
