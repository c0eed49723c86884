#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace survey::tests {

/// A running program that a test talks to line by line, through pipes or through a terminal of its
/// own. Ends the program (and only it) when it goes out of scope.
class Conversation {
  public:
    enum class Channel { kPipes, kTerminal };

    /// \param environment "NAME=value", on top of the one inherited.
    Conversation(const std::vector<std::string>& command,
                 const std::vector<std::string>& environment, Channel channel);
    ~Conversation();
    Conversation(const Conversation&) = delete;
    Conversation& operator=(const Conversation&) = delete;

    void send(std::string_view line);  ///< With Enter.
    /// Waits until the program has said `text` since the last call that waited. False after the
    /// time is up, or when the program is gone without having said it.
    bool hears(std::string_view text, std::chrono::seconds limit = std::chrono::seconds(20));
    /// Everything said so far.
    const std::string& transcript() const { return transcript_; }

    void kill();          ///< SIGKILL, and waits for it.
    void end_of_input();  ///< Closes the way in.
    /// Exit status, 128 + signal where a signal ended it; -1 if it does not end in time.
    int wait(std::chrono::seconds limit = std::chrono::seconds(20));
    pid_t process() const { return process_; }

  private:
    bool read_some(std::chrono::milliseconds limit);

    pid_t process_ = -1;
    int in_ = -1;   // what we write to
    int out_ = -1;  // what we read from
    int status_ = -1;
    bool ended_ = false;
    std::string transcript_;
    std::size_t heard_ = 0;  // up to where `hears` has looked
};

}  // namespace survey::tests
