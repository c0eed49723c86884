#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "forms/session/machine.h"

namespace survey::forms {

/// The machine the program runs on: its tz database, its files, forms of either kind.
class LocalMachine final : public Machine {
  public:
    Result<std::unique_ptr<TimeZone>> time_zone(const std::string& name) const override;
    Result<std::string> read_file(const std::string& path, std::size_t bytes_max) const override;
    LoadedForm open_form(std::string_view bytes, const std::string& file) const override;
};

}  // namespace survey::forms
