#pragma once

#include <functional>

#include <sys/wait.h>
#include <unistd.h>

namespace survey::test {

/// Runs `work` in a forked child and waits. The number of the signal that ended it, or 0 when it
/// came to its end. The child leaves without destructors and exit handlers, like a crash.
inline int run_child(const std::function<void()>& work) {
    const pid_t child = fork();
    if (child == 0) {
        work();
        _exit(0);
    }
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) != child) return -1;
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

}  // namespace survey::test
