#include "common/base/ensure.h"

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <cstdlib>

namespace survey {

#ifdef __wasm__

// There is no standard error in a page: the host keeps the message for whoever catches the trap.
extern "C" __attribute__((import_module("host"), import_name("abort_message"))) void
host_abort_message(const char* message, std::size_t size);

void ensure_failed(const char* condition, const char* file, int line) {
    // There may be no memory left.
    static char message[512];
    const int size = std::snprintf(message, sizeof message, "%s (%s:%d)", condition, file, line);
    const std::size_t most = sizeof message - 1;
    host_abort_message(message, size < 0 ? 0 : std::min(static_cast<std::size_t>(size), most));
    std::abort();
}

#else

void ensure_failed(const char* condition, const char* file, int line) {
    std::fprintf(stderr, "internal error: %s does not hold (%s:%d)\n", condition, file, line);
    std::abort();
}

#endif

}  // namespace survey
