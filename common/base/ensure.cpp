#include "common/base/ensure.h"

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace survey {

#ifdef __wasm__

// There is no standard error in a page: the host keeps the message for whoever catches the trap.
extern "C" __attribute__((import_module("host"), import_name("abort_message"))) void
host_abort_message(const char* message, std::size_t size);

void ensure_failed(const char* condition, const char* file, int line) {
    const std::string message =
        std::string(condition) + " (" + file + ":" + std::to_string(line) + ")";
    host_abort_message(message.data(), message.size());
    std::abort();
}

#else

void ensure_failed(const char* condition, const char* file, int line) {
    std::fprintf(stderr, "internal error: %s does not hold (%s:%d)\n", condition, file, line);
    std::abort();
}

#endif

}  // namespace survey
