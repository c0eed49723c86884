#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "common/base/result.h"

namespace survey::codec {

/// One zstd frame (RFC 8878).
std::string compress(std::string_view bytes);

/// Exactly one frame without a dictionary, window at most 8 MiB. Stops at `bytes_max` of output,
/// whatever the frame promises: a gigabyte of zeros is 33 kB. kLimit, kInvalidInput.
Result<std::string> decompress(std::string_view frame, std::size_t bytes_max);

}  // namespace survey::codec
