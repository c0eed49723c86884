#include "tests/support/relay.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <stdexcept>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace survey::test {

namespace {

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

bool send_all(int to, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(to, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

// Length of the body that the head announces, and whether the head is complete.
bool is_whole_request(const std::string& text) {
    const auto head = text.find("\r\n\r\n");
    if (head == std::string::npos) return false;
    const auto at = text.find("Content-Length: ");
    const std::size_t length =
        at < head ? std::strtoul(text.c_str() + at + 16, nullptr, 10) : std::size_t{0};
    return text.size() >= head + 4 + length;
}

}  // namespace

Relay::Relay() {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    if (listener_ < 0 || ::pipe2(stop_, O_CLOEXEC) != 0 ||
        ::bind(listener_, reinterpret_cast<const sockaddr*>(&address), size) != 0 ||
        ::listen(listener_, 16) != 0 ||
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
        throw std::runtime_error("no listener for the test");
    }
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { run(); });
}

Relay::~Relay() {
    ::close(stop_[1]);
    thread_.join();
    ::close(stop_[0]);
    ::close(listener_);
}

void Relay::run() {
    for (;;) {
        std::array<pollfd, 2> waiting = {pollfd{stop_[0], POLLIN, 0}, pollfd{listener_, POLLIN, 0}};
        if (::poll(waiting.data(), waiting.size(), -1) < 0 || waiting[0].revents != 0) return;
        const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (client < 0) continue;
        if (target == 0) {
            answer_itself(client);
        } else {
            pass_on(client);
        }
        ::close(client);
    }
}

void Relay::answer_itself(int client) {
    request_.clear();
    std::array<char, 65536> chunk{};
    bool answered = false;
    for (;;) {
        std::array<pollfd, 2> waiting = {pollfd{stop_[0], POLLIN, 0}, pollfd{client, POLLIN, 0}};
        if (::poll(waiting.data(), waiting.size(), -1) < 0 || waiting[0].revents != 0) return;
        const auto got = ::recv(client, chunk.data(), chunk.size(), 0);
        if (got <= 0) return;
        request_.append(chunk.data(), static_cast<std::size_t>(got));
        if (answered || !is_whole_request(request_)) continue;
        answered = true;
        if (!send_all(client, answer) || closes_after_answer) return;
    }
}

void Relay::pass_on(int client) {
    const int server = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = loopback(target);
    if (::connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
        std::uint64_t passed = 0;
        std::array<char, 65536> chunk{};
        bool open = true;
        while (open) {
            std::array<pollfd, 3> waiting = {pollfd{stop_[0], POLLIN, 0}, pollfd{client, POLLIN, 0},
                                             pollfd{server, POLLIN, 0}};
            if (::poll(waiting.data(), waiting.size(), -1) < 0 || waiting[0].revents != 0) break;
            for (const std::size_t side : {1U, 2U}) {
                if (waiting[side].revents == 0) continue;
                const auto got = ::recv(waiting[side].fd, chunk.data(), chunk.size(), 0);
                if (got <= 0) {
                    open = false;
                    break;
                }
                const auto left =
                    std::min<std::uint64_t>(static_cast<std::uint64_t>(got), cut_after - passed);
                passed += left;
                const int other = waiting[3 - side].fd;
                open = send_all(other, {chunk.data(), static_cast<std::size_t>(left)});
                if (passed >= cut_after) {
                    open = false;
                    if (at_cut) at_cut();
                }
                if (!open) break;
            }
        }
    }
    ::close(server);
}

}  // namespace survey::test
