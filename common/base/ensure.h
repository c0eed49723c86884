#pragma once

namespace survey {

/// Prints the broken condition and its place to standard error and ends the program.
/// Never returns and never throws, so it works in rooms without exceptions.
[[noreturn]] void ensure_failed(const char* condition, const char* file, int line);

}  // namespace survey

/// Our own mistakes. On in every build. Nothing a person, a file or a peer sends may reach one.
#define ENSURE(condition)                                            \
    do {                                                             \
        if (!(condition)) {                                          \
            ::survey::ensure_failed(#condition, __FILE__, __LINE__); \
        }                                                            \
    } while (false)
