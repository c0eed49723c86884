#pragma once

#include <array>
#include <cstdint>

#include "common/db/database.h"
#include "common/model/ids.h"

namespace survey::collector {

/// The collector's tables, version by version.
Schema collector_schema();

/// An epoch in one column: counter (4 bytes, big-endian) and random part.
std::array<std::uint8_t, 20> epoch_bytes(const Epoch& epoch);
Epoch epoch_from(const std::array<std::uint8_t, 20>& bytes);

}  // namespace survey::collector
