#pragma once

#include <cstdio>

#include "collector/ui/terminal.h"

namespace survey::collector {

/// Plain lines over two C streams: pipes, files, a terminal without line editing. Borrows the
/// streams. Output is flushed before every question, so that a script can wait for it.
class StreamTerminal final : public Terminal {
  public:
    StreamTerminal(std::FILE* in, std::FILE* out) : in_(in), out_(out) {}

    std::optional<std::string> read_line(const std::string& prompt) override;
    void write(std::string_view text) override;

  private:
    std::FILE* in_;
    std::FILE* out_;
};

}  // namespace survey::collector
