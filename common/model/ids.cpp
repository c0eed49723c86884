#include "common/model/ids.h"

#include <algorithm>

#include "common/base/random.h"

namespace survey {

namespace {

constexpr std::string_view kCrockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

template <typename Tag>
void fill(Id128<Tag>& id, Random& random) {
    for (std::size_t half = 0; half < 2; ++half) {
        std::uint64_t bits = random.next();
        for (std::size_t i = 0; i < 8; ++i) {
            id.bytes[half * 8 + i] = static_cast<std::uint8_t>(bits);
            bits >>= 8;
        }
    }
}

}  // namespace

std::string make_ulid(std::int64_t unix_ms, Random& random) {
    std::string text(26, '0');
    std::uint64_t time = static_cast<std::uint64_t>(unix_ms) & 0xFFFF'FFFF'FFFFU;
    for (std::size_t i = 10; i-- > 0;) {
        text[i] = kCrockford[time & 31U];
        time >>= 5;
    }
    // 80 random bits are twice eight digits of five bits.
    for (std::size_t half = 0; half < 2; ++half) {
        std::uint64_t bits = random.next();
        for (std::size_t i = 0; i < 8; ++i) {
            text[10 + half * 8 + i] = kCrockford[bits & 31U];
            bits >>= 5;
        }
    }
    return text;
}

bool is_ulid(std::string_view text) {
    if (text.size() != 26 || text[0] > '7') return false;
    return std::ranges::all_of(text,
                               [](char c) { return kCrockford.find(c) != std::string_view::npos; });
}

Incarnation make_incarnation(Random& random) {
    Incarnation incarnation;
    fill(incarnation, random);
    return incarnation;
}

InstanceId make_instance_id(std::int64_t unix_ms, Random& random) {
    return InstanceId("uuid:" + uuid_v7(unix_ms, random));
}

bool is_instance_id(std::string_view text) {
    if (text.empty() || text.size() > 128) return false;
    return std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7F; });
}

}  // namespace survey
