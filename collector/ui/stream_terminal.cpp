#include "collector/ui/stream_terminal.h"

#include <array>

namespace survey::collector {

std::optional<std::string> StreamTerminal::read_line(const std::string& prompt) {
    write(prompt);
    std::fflush(out_);
    std::string line;
    std::array<char, 4096> piece{};
    while (std::fgets(piece.data(), static_cast<int>(piece.size()), in_) != nullptr) {
        std::string_view part(piece.data());
        const bool is_end = !part.empty() && part.back() == '\n';
        if (is_end) part.remove_suffix(1);
        // A little more than the limit stays, so that the caller sees that there was more.
        if (line.size() <= kInputLineBytesMax) line += part;
        if (!is_end) continue;
        if (!line.empty() && line.back() == '\r') line.pop_back();
        return line;
    }
    // The input ended, perhaps within a line: nobody pressed Enter on that, so it is no answer.
    return std::nullopt;
}

void StreamTerminal::write(std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), out_);
}

}  // namespace survey::collector
