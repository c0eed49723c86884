#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <thread>

namespace survey::test {

/// A listener on this machine, on a port of the system's choice, in a thread of its own. Either it
/// passes bytes on to a server and does something at an exact byte of the traffic, or it answers
/// every request itself. One connection at a time.
class Relay {
  public:
    Relay();
    ~Relay();
    Relay(const Relay&) = delete;
    Relay& operator=(const Relay&) = delete;

    std::uint16_t port() const { return port_; }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }

    // Set while no connection is open.
    std::uint16_t target = 0;  ///< Where bytes go; 0: answer with `answer`.
    /// Called once, in the relay's thread, when this many bytes of a connection have passed in
    /// either direction; those after them are dropped and the connection ends.
    std::uint64_t cut_after = UINT64_MAX;
    std::function<void()> at_cut;
    std::string answer;               ///< Whole HTTP answer, as it is.
    bool closes_after_answer = true;  ///< False: the connection stays open and silent.

    std::string last_request() const { return request_; }  ///< When nobody is connected.

  private:
    void run();
    void answer_itself(int client);
    void pass_on(int client);

    int listener_ = -1;
    int stop_[2] = {-1, -1};
    std::uint16_t port_ = 0;
    std::string request_;
    std::thread thread_;
};

}  // namespace survey::test
