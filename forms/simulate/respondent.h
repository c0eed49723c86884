#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/random.h"

namespace survey::forms {

/// The made-up person: what runs through all of their answers, and how they choose.
class Respondent {
  public:
    explicit Respondent(std::uint64_t seed);

    Random& random() { return random_; }
    /// Evenly in [0, bound). REQUIRES: bound > 0.
    std::size_t below(std::size_t bound) { return static_cast<std::size_t>(random_.below(bound)); }
    bool chance(double probability) { return random_.unit() < probability; }
    double normal();
    /// Probability of answering an optional question; `effort` 1 is a click, more is typing.
    double willingness(double usual, double effort) const;

    /// Which of these choices, best first: every question has popular ones (the same for
    /// everybody), and the person's attitude pulls towards one end of the list.
    std::vector<std::size_t> ranking(std::string_view question,
                                     const std::vector<std::string>& choices);
    /// A whole number of people, log-normal around `median`.
    double head_count(double median);
    /// One or more short sentences in German or English.
    std::string sentences(std::size_t count);
    std::string name();
    std::string email();
    std::string organisation();

  private:
    SeededRandom random_;
    double attitude_ = 0;
    double patience_ = 0;
    bool is_german_ = true;
};

}  // namespace survey::forms
