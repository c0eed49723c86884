#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace survey::test {

/// A raw socket to a server on this machine, for bytes that no HTTP library would send.
class Loopback {
  public:
    /// Fails the test if nobody listens there. \param from the caller's own address, 127.x.y.z.
    explicit Loopback(std::uint16_t port, const char* from = "127.0.0.1");
    ~Loopback();
    Loopback(const Loopback&) = delete;
    Loopback& operator=(const Loopback&) = delete;

    /// False if the other side has gone.
    bool send(std::string_view bytes);
    /// No more will be sent.
    void finish_sending();
    /// Reads until the other side closes (or `patience` is over, which fails the test).
    std::string read_to_end(std::chrono::seconds patience = std::chrono::seconds(10));
    /// Reads one HTTP message: head and the body of its Content-Length. Empty if the other side
    /// closed first.
    std::string read_message(std::chrono::seconds patience = std::chrono::seconds(10));

  private:
    bool read_some(std::chrono::steady_clock::time_point until);

    int socket_ = -1;
    std::string inbox_;
    bool timed_out_ = false;
};

/// "HTTP/1.1 200 OK…" → 200; 0 if it is no reply.
int status_of(std::string_view message);
/// What stands behind the head.
std::string body_of(std::string_view message);

}  // namespace survey::test
