#pragma once

#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "common/base/clock.h"

namespace survey {

/// Token buckets by address, against guessing of codes and tokens. A /64 of IPv6 is one address,
/// because one subscriber has that many. Any thread.
class RateLimit {
  public:
    struct Rule {
        double burst = 30;        ///< Calls at once: an office enrols a room of laptops together.
        double per_second = 0.5;  ///< Then one every two seconds: 50 bits are safe for ages.
    };

    RateLimit(const Clock& clock, Rule rule) : clock_(clock), rule_(rule) {}

    /// Takes one call, or what it costs. Nothing if it may go on, else the seconds to wait.
    std::optional<int> take(std::string_view address, double cost = 1);
    /// What `take` would say; takes nothing.
    std::optional<int> look(std::string_view address, double cost);

  private:
    struct Bucket {
        double tokens = 0;
        Steady filled{};
    };

    std::optional<int> judge(std::string_view address, double cost, bool takes);
    void forget_full_buckets(Steady now);

    const Clock& clock_;
    const Rule rule_;
    std::mutex mutex_;
    std::unordered_map<std::string, Bucket> buckets_;
};

/// An IPv4 address as it is written, also where a socket for both families shows it within IPv6
/// (RFC 4291, section 2.5.5.2).
std::string_view without_mapping(std::string_view address);

/// The address, or the first 64 bits of an IPv6 one.
std::string limited_address(std::string_view address);

}  // namespace survey
