#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace survey::collector {

/// A person at the other end of lines of text: a real terminal, a pipe, or a script in a test.
class Terminal {
  public:
    virtual ~Terminal() = default;

    /// One line without its end; nothing when the input has ended (or the terminal has gone away).
    virtual std::optional<std::string> read_line(const std::string& prompt) = 0;
    virtual void write(std::string_view text) = 0;

    /// Width to lay text out for. A pipe has 80.
    virtual std::size_t columns() const { return 80; }
    /// Whether colour reaches an eye. Colour only repeats what the words say.
    virtual bool has_colour() const { return false; }
};

/// Longest line that is taken; the rest of a longer one is dropped, with a message by the caller.
inline constexpr std::size_t kInputLineBytesMax = 64u << 10;

}  // namespace survey::collector
