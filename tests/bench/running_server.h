#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace survey::bench {

[[noreturn]] inline void give_up(const std::string& why) {
    std::fprintf(stderr, "bench: %s\n", why.c_str());
    std::exit(1);
}

/// The program, started on an empty directory.
struct Server {
    std::string program, data;
    pid_t process = -1;
    std::uint16_t port = 0;

    void start() {
        int pipe_ends[2];
        if (::pipe(pipe_ends) != 0) give_up("pipe");
        process = ::fork();
        if (process == 0) {
            ::dup2(pipe_ends[1], STDOUT_FILENO);
            if (!std::freopen((data + ".log").c_str(), "w", stderr)) _exit(127);
            ::execl(program.c_str(), "sync-server", "serve", "--data", data.c_str(), "--listen",
                    "127.0.0.1:0", nullptr);
            _exit(127);
        }
        ::close(pipe_ends[1]);
        std::FILE* out = ::fdopen(pipe_ends[0], "r");
        char line[200] = {};
        if (!std::fgets(line, sizeof line, out))
            give_up("the server did not start: " + data + ".log");
        port = static_cast<std::uint16_t>(std::atoi(std::strrchr(line, ':') + 1));
    }

    /// Ends it; the processor time that it took, in seconds.
    double stop() const {
        rusage before{};
        ::getrusage(RUSAGE_CHILDREN, &before);
        ::kill(process, SIGTERM);
        int status = 0;
        ::waitpid(process, &status, 0);
        if (status != 0) give_up("the server did not end in order");
        rusage after{};
        ::getrusage(RUSAGE_CHILDREN, &after);
        const auto seconds = [](const timeval& time) {
            return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
        };
        return seconds(after.ru_utime) + seconds(after.ru_stime) - seconds(before.ru_utime) -
               seconds(before.ru_stime);
    }

    std::string office(const std::string& arguments) const {
        const std::string command = program + " " + arguments + " --data " + data + " --json";
        std::FILE* pipe = ::popen(command.c_str(), "r");
        std::string out;
        char chunk[4096];
        while (const auto got = std::fread(chunk, 1, sizeof chunk, pipe))
            out.append(chunk, got);
        if (::pclose(pipe) != 0) give_up("failed: " + command);
        return out;
    }
};

}  // namespace survey::bench
