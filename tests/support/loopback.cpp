#include "tests/support/loopback.h"

#include <array>
#include <cstdlib>
#include <utility>

#include <arpa/inet.h>
#include <catch2/catch.hpp>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace survey::test {

Loopback::Loopback(std::uint16_t port, const char* from) {
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    REQUIRE(socket_ >= 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    REQUIRE(::inet_pton(AF_INET, from, &address.sin_addr) == 1);
    REQUIRE(::bind(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
}

Loopback::~Loopback() {
    ::close(socket_);
}

bool Loopback::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

void Loopback::finish_sending() {
    ::shutdown(socket_, SHUT_WR);
}

bool Loopback::read_some(std::chrono::steady_clock::time_point until) {
    using std::chrono::milliseconds;
    const auto left =
        std::chrono::duration_cast<milliseconds>(until - std::chrono::steady_clock::now());
    pollfd waiting{socket_, POLLIN, 0};
    if (left.count() <= 0 || ::poll(&waiting, 1, static_cast<int>(left.count())) <= 0) {
        timed_out_ = true;
        return false;
    }
    std::array<char, 65536> chunk;
    const auto got = ::recv(socket_, chunk.data(), chunk.size(), 0);
    if (got <= 0) return false;
    inbox_.append(chunk.data(), static_cast<std::size_t>(got));
    return true;
}

std::string Loopback::read_to_end(std::chrono::seconds patience) {
    const auto until = std::chrono::steady_clock::now() + patience;
    while (read_some(until)) {
    }
    REQUIRE_FALSE(timed_out_);
    return std::exchange(inbox_, {});
}

std::string Loopback::read_message(std::chrono::seconds patience) {
    const auto until = std::chrono::steady_clock::now() + patience;
    std::size_t head = 0;
    while ((head = inbox_.find("\r\n\r\n")) == std::string::npos) {
        if (!read_some(until)) return {};
    }
    head += 4;
    std::size_t length = 0;
    constexpr std::string_view kLength = "\r\nContent-Length: ";
    const auto at = inbox_.find(kLength);
    if (at != std::string::npos && at < head)
        length = std::strtoul(inbox_.c_str() + at + kLength.size(), nullptr, 10);
    while (inbox_.size() < head + length) {
        if (!read_some(until)) return {};
    }
    std::string message = inbox_.substr(0, head + length);
    inbox_.erase(0, head + length);
    return message;
}

int status_of(std::string_view message) {
    if (message.substr(0, 9) != "HTTP/1.1 " || message.size() < 12) return 0;
    return std::atoi(std::string(message.substr(9, 3)).c_str());
}

std::string body_of(std::string_view message) {
    const auto head = message.find("\r\n\r\n");
    return head == std::string_view::npos ? std::string() : std::string(message.substr(head + 4));
}

}  // namespace survey::test
