#pragma once

#include <cstdio>
#include <memory>

#include "collector/ui/terminal.h"

namespace survey::collector {

/// A real terminal with line editing and a history of this run (libedit). Ctrl-C leaves the line,
/// Ctrl-D on an empty line ends the input. One at a time in a process.
class EditTerminal final : public Terminal {
  public:
    EditTerminal(std::FILE* in, std::FILE* out, std::FILE* error, bool colour);
    ~EditTerminal() override;

    std::optional<std::string> read_line(const std::string& prompt) override;
    void write(std::string_view text) override;
    std::size_t columns() const override;
    bool has_colour() const override { return colour_; }

  private:
    struct Editor;
    std::unique_ptr<Editor> editor_;
    std::FILE* out_;
    bool colour_;
};

}  // namespace survey::collector
