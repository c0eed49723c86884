#include "tests/support/process.h"

#include <array>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

namespace survey::tests {

namespace {

using SteadyClock = std::chrono::steady_clock;

struct Pipe {
    int read_end = -1;
    int write_end = -1;

    Pipe() {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
        read_end = ends[0];
        write_end = ends[1];
    }
    ~Pipe() {
        close_read();
        close_write();
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    void close_read() { close_one(read_end); }
    void close_write() { close_one(write_end); }

  private:
    static void close_one(int& end) {
        if (end >= 0) ::close(end);
        end = -1;
    }
};

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> all;
    for (std::string& text : texts)
        all.push_back(text.data());
    all.push_back(nullptr);
    return all;
}

// Appends what is there; false at the end of the stream.
bool drain(int end, std::string& into) {
    std::array<char, 65536> buffer{};
    const ssize_t got = ::read(end, buffer.data(), buffer.size());
    if (got > 0) into.append(buffer.data(), static_cast<std::size_t>(got));
    return got > 0 || (got < 0 && (errno == EINTR || errno == EAGAIN));
}

// Feeds and reads until both outputs are closed; false when the time is up.
bool exchange(Pipe& in, Pipe& out, Pipe& err, std::string_view input, ProcessResult& result,
              SteadyClock::time_point deadline) {
    ::fcntl(in.write_end, F_SETFL, O_NONBLOCK);
    while (out.read_end >= 0 || err.read_end >= 0) {
        if (input.empty()) in.close_write();
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline - SteadyClock::now());
        if (left.count() <= 0) return false;
        std::array<pollfd, 3> waiting{pollfd{in.write_end, POLLOUT, 0},
                                      pollfd{out.read_end, POLLIN, 0},
                                      pollfd{err.read_end, POLLIN, 0}};
        if (::poll(waiting.data(), waiting.size(), static_cast<int>(left.count())) < 0) continue;
        if (waiting[0].revents != 0) {
            const ssize_t put = ::write(in.write_end, input.data(), input.size());
            if (put > 0) input.remove_prefix(static_cast<std::size_t>(put));
            if (put < 0 && errno != EAGAIN && errno != EINTR)
                in.close_write();  // it stopped reading
        }
        if (waiting[1].revents != 0 && !drain(out.read_end, result.out)) out.close_read();
        if (waiting[2].revents != 0 && !drain(err.read_end, result.err)) err.close_read();
    }
    return true;
}

}  // namespace

ProcessResult run_process(const std::vector<std::string>& command, const ProcessOptions& options) {
    ::signal(SIGPIPE, SIG_IGN);  // a program that stops reading is a result, not our end
    std::vector<std::string> arguments = command;
    const auto argument_list = pointers(arguments);
    std::vector<std::string> environment = options.environment;
    const auto environment_list = pointers(environment);
    Pipe in;
    Pipe out;
    Pipe err;
    const pid_t child = ::fork();
    if (child < 0) throw std::runtime_error("no process");
    if (child == 0) {
        ::dup2(in.read_end, STDIN_FILENO);
        ::dup2(out.write_end, STDOUT_FILENO);
        ::dup2(err.write_end, STDERR_FILENO);
        ::signal(SIGPIPE, SIG_DFL);
        if (!options.directory.empty() && ::chdir(options.directory.c_str()) != 0) ::_exit(126);
        if (options.environment.empty()) {
            ::execv(argument_list[0], argument_list.data());
        } else {
            ::execve(argument_list[0], argument_list.data(), environment_list.data());
        }
        ::_exit(127);
    }
    in.close_read();
    out.close_write();
    err.close_write();
    ProcessResult result;
    const auto deadline = SteadyClock::now() + options.timeout;
    result.timed_out = !exchange(in, out, err, options.input, result, deadline);
    if (result.timed_out) ::kill(child, SIGKILL);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    result.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return result;
}

TemporaryDirectory::TemporaryDirectory() {
    std::string name = (std::filesystem::temp_directory_path() / "survey-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary directory");
    path_ = name;
}

TemporaryDirectory::~TemporaryDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::string TemporaryDirectory::write(std::string_view name, std::string_view content) const {
    const std::string path = file(name);
    std::ofstream stream(path, std::ios::binary);
    stream << content;
    if (!stream.flush()) throw std::runtime_error("cannot write " + path);
    return path;
}

std::string file_content(const std::string& path) {
    std::ifstream stream(path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(stream), {});
}

bool file_exists(const std::string& path) {
    return std::filesystem::exists(path);
}

}  // namespace survey::tests
