#pragma once

#include <chrono>
#include <cstddef>

namespace survey {

/// What one caller, and all callers together, may cost. Every bound has its reason.
struct HttpLimits {
    /// A browser's cookies and a token fit; the rest is an attack.
    std::size_t head_bytes_max = 8 * 1024;
    /// Bodies being read or handled, all connections together: what the memory bears.
    std::size_t bodies_in_flight_bytes_max = 128 * 1024 * 1024;
    /// Of those, from one address (a /64 of IPv6), or a few slow strangers hold all of it. Not for
    /// loopback, where a proxy speaks for everybody.
    std::size_t bodies_per_address_bytes_max = 32 * 1024 * 1024;
    std::size_t connections_max = 2'000;
    /// Per address (a /64 of IPv6): two hundred people in one room behind one address, whose
    /// browsers open up to six each (HTTP/1.1) and leave them open; idle ones make room. Not for
    /// loopback and trusted proxies, which speak for everybody.
    std::size_t connections_per_address_max = 1'024;
    /// Calls waiting for a worker; past it, "busy" now is kinder than a late answer.
    std::size_t calls_waiting_max = 256;

    /// From the first byte to the end of the head. Against clients that drip bytes.
    std::chrono::milliseconds head_deadline{10'000};
    /// Between calls of one connection.
    std::chrono::milliseconds idle_deadline{60'000};
    /// Bodies and replies: this grace, then at least `bytes_per_s_min`, never beyond
    /// `transfer_max`.
    std::chrono::milliseconds transfer_grace{30'000};
    std::size_t bytes_per_s_min = 200;  ///< Below a GPRS line nothing honest happens.
    std::chrono::milliseconds transfer_max{15 * 60'000};
    std::chrono::milliseconds handler_deadline{30'000};
    /// How long running calls may go on once the server was asked to stop.
    std::chrono::milliseconds drain_deadline{20'000};
    /// After a refusal we still read a little, so that the client sees the reply and not a reset.
    std::chrono::milliseconds linger_deadline{2'000};
    std::size_t linger_bytes_max = 256 * 1024;
};

}  // namespace survey
