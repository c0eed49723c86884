#pragma once

#include <cstdint>
#include <string>

#include "common/model/ids.h"

namespace survey {

/// What the office says of a submission. Stored and sent: never change or reuse a number.
enum class ReviewState : std::uint8_t {
    kReceived = 0,
    kHasIssues = 1,  ///< Sent back: please correct.
    kApproved = 2,
    kRejected = 3,  ///< Stays out of the results.
};

/// A review as a device learns of it.
struct Review {
    InstanceId instance;
    ReviewState state = ReviewState::kReceived;
    std::string note;  ///< For the person who did the interview.

    friend bool operator==(const Review&, const Review&) = default;
};

}  // namespace survey
