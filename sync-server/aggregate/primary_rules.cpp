#include "sync-server/aggregate/primary_rules.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace survey::server {

Concentration Concentration::of(std::span<const double> contributions) {
    Concentration cell;
    for (const double value : contributions) {
        const double size = std::abs(value);
        cell.total += size;
        if (size > cell.largest) {
            cell.second = cell.largest;
            cell.largest = size;
        } else {
            cell.second = std::max(cell.second, size);
        }
    }
    return cell;
}

bool fails_p_percent(const Concentration& cell, double p_percent) {
    return cell.total - cell.largest - cell.second < p_percent / 100 * cell.largest;
}

bool fails_dominance(const Concentration& cell, double k_percent) {
    return cell.largest + cell.second > k_percent / 100 * cell.total;
}

double upper_protection_p_percent(const Concentration& cell, double p_percent) {
    const double remainder = cell.total - cell.largest - cell.second;
    return std::max(0.0, p_percent / 100 * cell.largest - remainder);
}

double upper_protection_dominance(const Concentration& cell, double k_percent) {
    return std::max(0.0, 100 / k_percent * (cell.largest + cell.second) - cell.total);
}

double p_percent_from_k(double k_percent) {
    return 100 * (100 - k_percent) / k_percent;
}

bool too_few(const ExactSet& set, const Rules& rules) {
    return set.organisations < rules.organisations_min;
}

bool unanimous(const ExactSet& answer, const ExactSet& group, const Rules& rules) {
    return group.answers > 0 && answer.answers == group.answers &&
           group.organisations < rules.unanimous_group_max;
}

}  // namespace survey::server
