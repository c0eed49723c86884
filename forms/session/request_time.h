#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "common/base/clock.h"
#include "forms/session/machine.h"
#include "forms/session/protocol.h"

namespace survey::forms {

/// The clock of a line protocol: what the request says it is now, else the system's time.
class RequestClock final : public Clock {
  public:
    explicit RequestClock(const Clock& system) : system_(system) {}

    /// Reads the member `now`; without it time runs again.
    Outcome<bool> take(const json::Object& request);

    Instant now() const override { return given_ ? *given_ : system_.now(); }
    /// Goes with what the requests say, as everything that a session knows of time.
    Steady steady() const override { return now().time_since_epoch(); }

  private:
    const Clock& system_;
    std::optional<Instant> given_;
};

/// Time zones by IANA name, each looked up once. Owned here; the references stay valid.
class TimeZones {
  public:
    /// \param machine outlives the zones.
    explicit TimeZones(const Machine& machine) : machine_(machine) {}

    /// The zone of the request's member `timezone`; the machine's own without it.
    Outcome<const TimeZone*> of(const json::Object& request);

  private:
    const Machine& machine_;
    std::map<std::string, std::unique_ptr<TimeZone>> zones_;  // "" is the machine's own
};

}  // namespace survey::forms
