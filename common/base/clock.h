#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "common/base/result.h"

namespace survey {

/// A moment in UTC with the precision that a submission carries.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

/// A reading that only ever grows; for waiting and measuring, meaningless between processes.
using Steady = std::chrono::nanoseconds;

/// The time of day and a steady reading. Comes in through the constructor, so that tests hold it.
class Clock {
  public:
    virtual ~Clock() = default;
    virtual Instant now() const = 0;
    virtual Steady steady() const = 0;
};

/// How far local time is from UTC. The browser asks its host, the programs ask the tz database.
class TimeZone {
  public:
    virtual ~TimeZone() = default;
    /// Local time minus UTC at `instant`; positive east of Greenwich.
    virtual std::chrono::minutes offset_at(Instant instant) const = 0;
    /// The offset in force when a wall clock there shows `local`. In the hour that an autumn change
    /// repeats it is the earlier moment, in the hour that a spring change skips the offset before.
    virtual std::chrono::minutes offset_at_local(
        std::chrono::local_time<std::chrono::milliseconds> local) const = 0;
};

/// A zone without summer time.
class FixedOffset final : public TimeZone {
  public:
    explicit FixedOffset(std::chrono::minutes offset) : offset_(offset) {}
    std::chrono::minutes offset_at(Instant) const override { return offset_; }
    std::chrono::minutes offset_at_local(
        std::chrono::local_time<std::chrono::milliseconds>) const override {
        return offset_;
    }

  private:
    std::chrono::minutes offset_;
};

/// "2026-11-25T08:30:00.000Z", RFC 3339 in UTC, always with milliseconds.
std::string format_utc(Instant instant);

/// Reads RFC 3339 with `Z` or an offset; the fraction is optional and cut to milliseconds.
Result<Instant> parse_instant(std::string_view text);

}  // namespace survey
