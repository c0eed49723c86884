#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "common/base/clock.h"
#include "common/base/random.h"
#include "forms/session/machine.h"

namespace survey::forms {

/// The clock of the page. One thread.
class HostClock final : public Clock {
  public:
    Instant now() const override;
    /// As steady as the page's own clock.
    Steady steady() const override;
};

/// The page's source of chance.
class HostRandom final : public Random {
  public:
    std::uint64_t next() override;
};

/// What a page has: time zones by name, no files, no workbooks.
class HostMachine final : public Machine {
  public:
    Result<std::unique_ptr<TimeZone>> time_zone(const std::string& name) const override;
    Result<std::string> read_file(const std::string& path, std::size_t bytes_max) const override;
    LoadedForm open_form(std::string_view bytes, const std::string& file) const override;
};

}  // namespace survey::forms
