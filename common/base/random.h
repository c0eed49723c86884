#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

namespace survey {

/// Chance. From the operating system in the programs, from a fixed seed in tests and `simulate`.
class Random {
  public:
    virtual ~Random() = default;
    /// 64 independent bits.
    virtual std::uint64_t next() = 0;

    /// Evenly distributed in [0, bound). REQUIRES: bound > 0.
    std::uint64_t below(std::uint64_t bound);
    /// Evenly distributed in [0, 1), 53 bits.
    double unit();
};

/// SplitMix64 (Steele, Lea, Flood 2014): the same seed gives the same numbers on every machine.
class SeededRandom final : public Random {
  public:
    explicit SeededRandom(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() override;

  private:
    std::uint64_t state_;
};

/// A random UUID of version 4 (RFC 9562), lower case with hyphens, without a prefix.
std::string uuid_v4(Random& random);

/// A UUID of version 7 (RFC 9562): 48 bits of Unix milliseconds, then 74 random bits. The time is
/// decoration: a wrong clock makes an odd id, never a duplicate.
std::string uuid_v7(std::int64_t unix_ms, Random& random);

}  // namespace survey
