#include "tests/support/conversation.h"

#include <array>
#include <cstdlib>
#include <stdexcept>

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

namespace survey::tests {

namespace {

using Time = std::chrono::steady_clock;

[[noreturn]] void become(const std::vector<std::string>& command,
                         const std::vector<std::string>& environment) {
    for (const std::string& variable : environment) {
        const std::size_t equals = variable.find('=');
        setenv(variable.substr(0, equals).c_str(), variable.substr(equals + 1).c_str(), 1);
    }
    std::vector<char*> arguments;
    for (const std::string& word : command)
        arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    execv(arguments[0], arguments.data());
    _exit(127);
}

}  // namespace

Conversation::Conversation(const std::vector<std::string>& command,
                           const std::vector<std::string>& environment, Channel channel) {
    if (channel == Channel::kTerminal) {
        winsize size{};
        size.ws_row = 30;
        size.ws_col = 80;
        process_ = forkpty(&out_, nullptr, nullptr, &size);
        if (process_ == 0) become(command, environment);
        if (process_ < 0) throw std::runtime_error("no terminal for the test");
        in_ = dup(out_);
        return;
    }
    std::array<int, 2> to{};
    std::array<int, 2> from{};
    if (pipe2(to.data(), O_CLOEXEC) != 0 || pipe2(from.data(), O_CLOEXEC) != 0) {
        throw std::runtime_error("no pipes for the test");
    }
    process_ = fork();
    if (process_ == 0) {
        dup2(to[0], STDIN_FILENO);
        dup2(from[1], STDOUT_FILENO);
        dup2(from[1], STDERR_FILENO);
        become(command, environment);
    }
    close(to[0]);
    close(from[1]);
    in_ = to[1];
    out_ = from[0];
}

Conversation::~Conversation() {
    if (!ended_ && process_ > 0) kill();
    if (in_ >= 0) close(in_);
    if (out_ >= 0) close(out_);
}

void Conversation::send(std::string_view line) {
    const std::string bytes = std::string(line) + "\n";
    std::size_t sent = 0;
    while (sent < bytes.size()) {
        const ssize_t count = write(in_, bytes.data() + sent, bytes.size() - sent);
        if (count <= 0) return;  // the program is gone; `hears` will say so
        sent += static_cast<std::size_t>(count);
    }
}

bool Conversation::read_some(std::chrono::milliseconds limit) {
    pollfd waiting{out_, POLLIN, 0};
    if (poll(&waiting, 1, static_cast<int>(limit.count())) <= 0) return false;
    std::array<char, 4096> piece{};
    const ssize_t count = read(out_, piece.data(), piece.size());
    if (count <= 0) return false;
    transcript_.append(piece.data(), static_cast<std::size_t>(count));
    return true;
}

bool Conversation::hears(std::string_view text, std::chrono::seconds limit) {
    const auto deadline = Time::now() + limit;
    for (;;) {
        const std::size_t found = transcript_.find(text, heard_);
        if (found != std::string::npos) {
            heard_ = found + text.size();
            return true;
        }
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Time::now());
        if (left.count() <= 0) return false;
        if (!read_some(left)) return transcript_.find(text, heard_) != std::string::npos;
    }
}

void Conversation::kill() {
    ::kill(process_, SIGKILL);
    waitpid(process_, &status_, 0);
    ended_ = true;
}

void Conversation::end_of_input() {
    if (in_ >= 0) close(in_);
    in_ = -1;
}

int Conversation::wait(std::chrono::seconds limit) {
    const auto deadline = Time::now() + limit;
    while (!ended_ && Time::now() < deadline) {
        // Reading keeps the program from blocking on a full pipe.
        const bool said = read_some(std::chrono::milliseconds(20));
        if (!said && waitpid(process_, &status_, WNOHANG) == process_) ended_ = true;
    }
    if (!ended_) return -1;
    while (read_some(std::chrono::milliseconds(1))) {
    }
    return WIFEXITED(status_) ? WEXITSTATUS(status_) : 128 + WTERMSIG(status_);
}

}  // namespace survey::tests
