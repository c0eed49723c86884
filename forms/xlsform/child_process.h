#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "common/base/result.h"

namespace survey::forms {

/// What a child may use.
struct ChildLimits {
    std::size_t memory_bytes_max = 1u << 30;  ///< Above what this process has when it begins.
    unsigned seconds_max = 10;                ///< Of processor time.
    std::size_t answer_bytes_max = 256u << 20;
};

/// Runs `work` in a process of its own and gives what it returned. For libraries that damaged input
/// can crash or hang: then only the child ends, and this fails with kCorrupt. kLimit for too long
/// an answer, kUnavailable where no process can be had. `work` sees a copy of memory and must not
/// rely on other threads. Linux and glibc, whose allocator works after a fork of a program with
/// threads.
Result<std::string> run_in_child(const std::function<std::string()>& work,
                                 const ChildLimits& limits = {});

}  // namespace survey::forms
