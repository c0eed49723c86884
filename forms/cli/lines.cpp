#include "forms/cli/lines.h"

#include <istream>

namespace survey::forms {

LineRead read_line(std::istream& in, std::string& line, std::size_t bytes_max) {
    line.clear();
    std::streambuf& bytes = *in.rdbuf();
    constexpr auto kEnd = std::streambuf::traits_type::eof();
    bool too_long = false;
    for (int byte = bytes.sbumpc(); byte != kEnd; byte = bytes.sbumpc()) {
        if (byte == '\n') return too_long ? LineRead::kTooLong : LineRead::kLine;
        if (line.size() == bytes_max) {
            too_long = true;
        } else {
            line.push_back(static_cast<char>(byte));
        }
    }
    if (too_long) return LineRead::kTooLong;
    return line.empty() ? LineRead::kEnd : LineRead::kLine;
}

}  // namespace survey::forms
