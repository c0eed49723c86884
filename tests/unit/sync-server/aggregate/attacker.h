#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <boost/multiprecision/cpp_int.hpp>

namespace survey::server {

/// A reader with all published numbers and exact arithmetic. Shares no code with the protection:
/// its unknowns are the groups of answers as the test made them, one coefficient each.
class Attacker {
  public:
    using Fraction = boost::multiprecision::cpp_rational;
    using Row = std::vector<int>;

    explicit Attacker(std::size_t unknowns) : unknowns_(unknowns) {}

    /// Learns that the sum of the groups marked 1 is `value`.
    void learn(const Row& row, long value);
    /// The value of the sum if it follows from what is known, by elimination over the rationals.
    std::optional<Fraction> compute(const Row& row) const;

    /// Bounds of each unknown from all sums together, knowing that no count is negative (the
    /// shuttle algorithm of Buzzigoli and Giusti, 1999: outer bounds).
    struct Bounds {
        std::vector<long> low;
        std::vector<long> high;
    };
    Bounds bounds() const;

  private:
    struct Equation {
        std::vector<Fraction> factors;
        Fraction value;
        std::size_t pivot = 0;
    };
    struct Sum {
        Row row;
        long value;
    };
    Equation reduce(const Row& row, const Fraction& value) const;

    std::size_t unknowns_;
    std::vector<Equation> basis_;
    std::vector<Sum> sums_;
};

}  // namespace survey::server
