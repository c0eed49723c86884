// What libraries expect of an operating system and a page does not have. Defined here, they keep
// files out of the module, and every way to end leads to the host.

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "common/base/ensure.h"
#include "forms/wasm/host.h"

namespace {

[[noreturn]] void thrown(const char* format) {
    const bool memory = std::strstr(format, "bad_alloc") != nullptr;
    survey::ensure_failed(memory ? "no memory left" : format, "C++ library", 0);
}

}  // namespace

extern "C" {

// Expat salts its hash tables with it.
void arc4random_buf(void* bytes, std::size_t size) {
    host_random(bytes, size);
}

// Formatting numbers could complain on standard error, so the linker wants files. "No such system
// call" in the numbers of WASI preview 1.
int __wasi_fd_close(int) {
    return 52;
}
int __wasi_fd_seek(int, std::int64_t, int, void*) {
    return 52;
}
int __wasi_fd_write(int, const void*, std::size_t, void*) {
    return 52;
}

char* no_environment(const char* name) __asm__("getenv");
char* no_environment(const char*) {
    return nullptr;
}

[[noreturn]] void __assert_fail(const char* condition, const char* file, int line, const char*) {
    survey::ensure_failed(condition, file, line);
}

// Of libc++abi: a call of a pure virtual function, std::terminate.
[[noreturn]] void abort_message(const char* format, ...) {
    thrown(format);
}
}

_LIBCPP_BEGIN_NAMESPACE_STD

// What would have been thrown: no memory, a length out of bounds.
[[noreturn]] void __libcpp_verbose_abort(const char* format, ...) {
    thrown(format);
}

_LIBCPP_END_NAMESPACE_STD
