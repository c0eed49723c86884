#pragma once

#include <cstdint>
#include <span>

#include "sync-server/aggregate/exact_table.h"

namespace survey::server {

/// What makes a number unsafe by itself. The values are the office's secret: they are
/// configuration, never in a reply. Sources: Hundepool et al., "Handbook on Statistical Disclosure
/// Control" (2010), section 4.2; five independent firms: OLG Düsseldorf, VI-Kart 37/01 (V), 26 July
/// 2002.
struct Rules {
    /// Fewer distinct organisations than this in a cell are never shown. 3 … kSampleMax.
    std::uint32_t organisations_min = 5;
    /// Below this size a group whose members all gave the same answer is not shown.
    std::uint32_t unanimous_group_max = 20;
    /// p % rule for means and sums: unsafe if the second largest contributor could estimate the
    /// largest more closely than this.
    double p_percent = 15;
};

/// The contributions of one cell by organisation: all, the largest, the second largest.
struct Concentration {
    double total = 0;
    double largest = 0;
    double second = 0;

    static Concentration of(std::span<const double> contributions);
};

/// p % rule: what the two largest leave over is less than p % of the largest.
bool fails_p_percent(const Concentration& cell, double p_percent);
/// (2,k) dominance rule: the two largest are more than k % of all.
bool fails_dominance(const Concentration& cell, double k_percent);
/// How far above the true value the upper end of what readers can infer must lie; 0 if safe.
double upper_protection_p_percent(const Concentration& cell, double p_percent);
double upper_protection_dominance(const Concentration& cell, double k_percent);
/// The p for which every cell that fails the (2,k) rule also fails the p % rule.
double p_percent_from_k(double k_percent);

/// Fewer organisations than may be shown, nobody included: an empty cell looks like a small one.
bool too_few(const ExactSet& set, const Rules& rules);
/// All members of a small group gave this answer, so the group's answer is everybody's.
bool unanimous(const ExactSet& answer, const ExactSet& group, const Rules& rules);

}  // namespace survey::server
