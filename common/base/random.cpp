#include "common/base/random.h"

#include "common/base/ensure.h"

namespace survey {

namespace {

using Octets = std::array<std::uint8_t, 16>;

Octets random_octets(Random& random) {
    Octets octets{};
    for (std::size_t half = 0; half < 2; ++half) {
        std::uint64_t bits = random.next();
        for (std::size_t i = 0; i < 8; ++i) {
            octets[half * 8 + i] = static_cast<std::uint8_t>(bits);
            bits >>= 8;
        }
    }
    return octets;
}

std::string uuid_text(Octets octets, std::uint8_t version) {
    octets[6] = static_cast<std::uint8_t>((octets[6] & 0x0F) | (version << 4));
    octets[8] = static_cast<std::uint8_t>((octets[8] & 0x3F) | 0x80);
    constexpr char kDigits[] = "0123456789abcdef";
    std::string text;
    text.reserve(36);
    for (std::size_t i = 0; i < octets.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
        text += kDigits[octets[i] >> 4];
        text += kDigits[octets[i] & 0x0F];
    }
    return text;
}

}  // namespace

std::uint64_t Random::below(std::uint64_t bound) {
    ENSURE(bound > 0);
    // Values below 2^64 mod bound would make the small results a little likelier.
    const std::uint64_t uneven = (0 - bound) % bound;
    std::uint64_t bits = next();
    while (bits < uneven)
        bits = next();
    return bits % bound;
}

double Random::unit() {
    return static_cast<double>(next() >> 11) * 0x1.0p-53;
}

std::uint64_t SeededRandom::next() {
    state_ += 0x9E3779B97F4A7C15U;
    std::uint64_t bits = state_;
    bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9U;
    bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EBU;
    return bits ^ (bits >> 31);
}

std::string uuid_v4(Random& random) {
    return uuid_text(random_octets(random), 4);
}

std::string uuid_v7(std::int64_t unix_ms, Random& random) {
    Octets octets = random_octets(random);
    for (std::size_t i = 0; i < 6; ++i) {
        octets[i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(unix_ms) >> (40 - 8 * i));
    }
    return uuid_text(octets, 7);
}

}  // namespace survey
