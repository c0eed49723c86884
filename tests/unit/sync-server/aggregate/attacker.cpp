#include "tests/unit/sync-server/aggregate/attacker.h"

#include <algorithm>

#include <catch2/catch.hpp>

namespace survey::server {

Attacker::Equation Attacker::reduce(const Row& row, const Fraction& value) const {
    Equation rest{{row.begin(), row.end()}, value, 0};
    for (const Equation& known : basis_) {
        const Fraction factor = rest.factors[known.pivot];
        if (factor == 0) continue;
        for (std::size_t i = 0; i < unknowns_; ++i)
            rest.factors[i] -= factor * known.factors[i];
        rest.value -= factor * known.value;
    }
    return rest;
}

void Attacker::learn(const Row& row, long value) {
    REQUIRE(row.size() == unknowns_);
    sums_.push_back({row, value});
    Equation next = reduce(row, value);
    const auto first = std::find_if(next.factors.begin(), next.factors.end(),
                                    [](const Fraction& factor) { return factor != 0; });
    if (first == next.factors.end()) return;
    next.pivot = static_cast<std::size_t>(first - next.factors.begin());
    const Fraction lead = *first;
    for (Fraction& factor : next.factors)
        factor /= lead;
    next.value /= lead;
    basis_.push_back(std::move(next));
}

std::optional<Attacker::Fraction> Attacker::compute(const Row& row) const {
    const Equation rest = reduce(row, 0);
    const bool open = std::any_of(rest.factors.begin(), rest.factors.end(),
                                  [](const Fraction& factor) { return factor != 0; });
    if (open) return std::nullopt;
    return -rest.value;
}

Attacker::Bounds Attacker::bounds() const {
    constexpr long kUnbounded = 1'000'000;
    Bounds bounds{std::vector<long>(unknowns_, 0), std::vector<long>(unknowns_, kUnbounded)};
    for (int round = 0; round < 50; ++round) {
        for (const Sum& sum : sums_) {
            long low = 0;
            long high = 0;
            for (std::size_t i = 0; i < unknowns_; ++i) {
                if (sum.row[i] == 0) continue;
                low += bounds.low[i];
                high += bounds.high[i];
            }
            for (std::size_t i = 0; i < unknowns_; ++i) {
                if (sum.row[i] == 0) continue;
                const long least = sum.value - (high - bounds.high[i]);
                const long most = sum.value - (low - bounds.low[i]);
                bounds.low[i] = std::max(bounds.low[i], least);
                bounds.high[i] = std::min(bounds.high[i], most);
            }
        }
    }
    return bounds;
}

}  // namespace survey::server
