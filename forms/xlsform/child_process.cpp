#include "forms/xlsform/child_process.h"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <string_view>

#include <sys/resource.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

namespace survey::forms {

namespace {

// The address sanitizer maps more memory than any limit allows.
#ifdef __SANITIZE_ADDRESS__
constexpr bool kHasShadowMemory = true;
#else
constexpr bool kHasShadowMemory = false;
#endif

/// Pages that the process has mapped, in bytes; 0 where the system does not tell.
std::size_t mapped_bytes() {
    std::FILE* file = std::fopen("/proc/self/statm", "r");
    if (file == nullptr) return 0;
    unsigned long pages = 0;
    const bool read = std::fscanf(file, "%lu", &pages) == 1;
    std::fclose(file);
    return read ? pages * static_cast<std::size_t>(sysconf(_SC_PAGESIZE)) : 0;
}

void limit(int what, rlim_t most) {
    const rlimit both{most, most};
    setrlimit(static_cast<__rlimit_resource>(what), &both);
}

[[noreturn]] void run_child(int out, const std::function<std::string()>& work,
                            const ChildLimits& limits) {
    // Handlers of the parent would report the crash of the child as their own.
    for (const int signal_number : {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL, SIGTERM, SIGPIPE}) {
        std::signal(signal_number, SIG_DFL);
    }
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_CPU, limits.seconds_max);
    if (const std::size_t now = mapped_bytes(); now > 0 && !kHasShadowMemory) {
        limit(RLIMIT_AS, now + limits.memory_bytes_max);
    }
    const std::string answer = work();
    std::string_view rest = answer;
    while (!rest.empty()) {
        const ssize_t written = write(out, rest.data(), rest.size());
        if (written <= 0) _exit(1);
        rest.remove_prefix(static_cast<std::size_t>(written));
    }
    _exit(0);
}

/// Reads to the end; false where the answer is too long.
bool read_all(int in, std::size_t bytes_max, std::string& answer) {
    char block[64 << 10];
    for (;;) {
        const ssize_t got = read(in, block, sizeof block);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return true;
        answer.append(block, static_cast<std::size_t>(got));
        if (answer.size() > bytes_max) return false;
    }
}

}  // namespace

Result<std::string> run_in_child(const std::function<std::string()>& work,
                                 const ChildLimits& limits) {
    int ends[2];
    if (pipe(ends) != 0) return fail(ErrorCode::kUnavailable, "no process could be started");
    const pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        run_child(ends[1], work, limits);
    }
    close(ends[1]);
    if (child < 0) {
        close(ends[0]);
        return fail(ErrorCode::kUnavailable, "no process could be started");
    }
    std::string answer;
    const bool fits = read_all(ends[0], limits.answer_bytes_max, answer);
    close(ends[0]);
    if (!fits) kill(child, SIGKILL);
    int status = 0;
    pid_t ended = 0;
    do {
        ended = waitpid(child, &status, 0);
    } while (ended < 0 && errno == EINTR);
    if (!fits) return fail(ErrorCode::kLimit, "the answer is too long");
    if (ended != child || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        return fail(ErrorCode::kCorrupt, "the process ended before its work was done");
    }
    return answer;
}

}  // namespace survey::forms
