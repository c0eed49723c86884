#pragma once

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <string>

namespace survey::forms {

enum class LineRead : std::uint8_t {
    kLine,
    kTooLong,  ///< Read to its end and dropped.
    kEnd,
};

/// The next line without its end; never holds more than `bytes_max`, whatever the other side sends.
LineRead read_line(std::istream& in, std::string& line, std::size_t bytes_max);

}  // namespace survey::forms
