#pragma once

#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "tests/support/conversation.h"
#include "tests/support/loopback.h"
#include "tests/support/process.h"

namespace survey::tests {

inline const std::string kServerProgram = std::string(SURVEY_BIN_DIR) + "/sync-server";

inline ProcessResult run_server(const std::vector<std::string>& arguments,
                                std::vector<std::string> environment = {"LANG=C"}) {
    std::vector<std::string> command = {kServerProgram};
    command.insert(command.end(), arguments.begin(), arguments.end());
    ProcessOptions options;
    options.environment = std::move(environment);
    return run_process(command, options);
}

/// A server on a port of the system's choice.
class Served {
  public:
    explicit Served(const std::string& data, const std::vector<std::string>& more = {})
        : talk_(command(data, more), {"LANG=C"}, Conversation::Channel::kPipes) {
        REQUIRE(talk_.hears("listening on http://127.0.0.1:"));
        REQUIRE(talk_.hears("\n"));
        const std::string& said = talk_.transcript();
        const auto at = said.find("127.0.0.1:", said.find("listening on ")) + 10;
        port_ = static_cast<std::uint16_t>(std::atoi(said.c_str() + at));
        REQUIRE(port_ != 0);
    }

    std::uint16_t port() const { return port_; }
    const std::string& said() const { return talk_.transcript(); }

    std::string get(const std::string& target, const std::string& token = {}) const {
        test::Loopback client(port_);
        std::string head = "GET " + target +
                           " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port_) +
                           "\r\nConnection: close\r\n";
        if (!token.empty()) head += "Authorization: Bearer " + token + "\r\n";
        CHECK(client.send(head + "\r\n"));
        return client.read_to_end();
    }

    /// A call as a browser makes it: JSON, or the bytes of a file.
    std::string send(const std::string& method, const std::string& target, const std::string& body,
                     const std::string& token = {}) const {
        test::Loopback client(port_);
        CHECK(client.send(call(method, target, body, token)));
        return client.read_to_end();
    }
    std::string call(const std::string& method, const std::string& target, const std::string& body,
                     const std::string& token = {}) const {
        std::string head = method + " " + target +
                           " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port_) +
                           "\r\nConnection: close\r\nContent-Type: application/json\r\n"
                           "Content-Length: " +
                           std::to_string(body.size()) + "\r\n";
        if (!token.empty()) head += "Authorization: Bearer " + token + "\r\n";
        return head + "\r\n" + body;
    }

    void kill() { talk_.kill(); }

    int stop() {
        ::kill(talk_.process(), SIGTERM);
        return talk_.wait();
    }

  private:
    static std::vector<std::string> command(const std::string& data,
                                            const std::vector<std::string>& more) {
        std::vector<std::string> words = {kServerProgram, "serve",    "--data",
                                          data,           "--listen", "127.0.0.1:0"};
        words.insert(words.end(), more.begin(), more.end());
        return words;
    }

    Conversation talk_;
    std::uint16_t port_ = 0;
};

}  // namespace survey::tests
