// What the module exports. All calls come from one thread; a call that ends in a trap leaves the
// instance unusable, and the host makes a new one.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

#include "forms/wasm/services.h"

using survey::forms::Services;

namespace {

std::optional<Services>& services() {
    static std::optional<Services> all(std::in_place);
    return all;
}

}  // namespace

#define EXPORTED(name) extern "C" __attribute__((export_name(name)))

/// Room for a request of `size` bytes; null where there is none.
EXPORTED("engine_alloc") void* engine_alloc(std::size_t size) {
    return std::malloc(size == 0 ? 1 : size);
}

EXPORTED("engine_free") void engine_free(void* room) {
    std::free(room);
}

/// Answers one request of the line protocols. The answer is its length in bytes as a u32, little
/// endian, and then the bytes; it belongs to the module and holds until the next request.
EXPORTED("engine_request") const char* engine_request(const char* request, std::size_t size) {
    static std::string answer;
    answer = survey::forms::answer_line(*services(), std::string_view(request, size));
    const auto length = static_cast<std::uint32_t>(answer.size());
    answer.insert(0, sizeof length, '\0');
    std::memcpy(answer.data(), &length, sizeof length);
    return answer.data();
}

/// Forgets every form, instance and document.
EXPORTED("engine_reset") void engine_reset() {
    services().emplace();
}
