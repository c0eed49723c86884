#include "sync-server/aggregate/statistics.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "common/base/ensure.h"

namespace survey::server {

namespace {

constexpr int kTermsMax = 10'000;
constexpr double kPrecision = 1e-15;

/// Regularised lower incomplete gamma function by its power series (DLMF 8.11.4), for x < a + 1.
double lower_gamma_series(double a, double x, double scale) {
    double term = 1 / a;
    double sum = term;
    for (int n = 1; n < kTermsMax && term > kPrecision * sum; ++n) {
        term *= x / (a + n);
        sum += term;
    }
    return scale * sum;
}

/// Regularised upper incomplete gamma function by its continued fraction (DLMF 8.9.2), evaluated
/// with Lentz's method, for x >= a + 1.
double upper_gamma_fraction(double a, double x, double scale) {
    constexpr double kTiny = 1e-300;
    double denominator = x + 1 - a;
    double c = 1 / kTiny;
    double d = 1 / denominator;
    double value = d;
    for (int n = 1; n < kTermsMax; ++n) {
        const double numerator = -n * (n - a);
        denominator += 2;
        d = numerator * d + denominator;
        d = 1 / (std::abs(d) < kTiny ? kTiny : d);
        c = denominator + numerator / c;
        if (std::abs(c) < kTiny) c = kTiny;
        value *= c * d;
        if (std::abs(c * d - 1) < kPrecision) break;
    }
    return scale * value;
}

/// A table without its empty rows and columns, and its margins.
struct Margins {
    std::vector<double> rows;
    std::vector<double> columns;
    double all = 0;
    std::size_t used_rows = 0;
    std::size_t used_columns = 0;
};

Margins margins(std::span<const double> counts, std::size_t columns) {
    Margins sums;
    sums.rows.assign(counts.size() / columns, 0);
    sums.columns.assign(columns, 0);
    for (std::size_t i = 0; i < counts.size(); ++i) {
        sums.rows[i / columns] += counts[i];
        sums.columns[i % columns] += counts[i];
        sums.all += counts[i];
    }
    const auto used = [](double sum) { return sum > 0; };
    sums.used_rows =
        static_cast<std::size_t>(std::count_if(sums.rows.begin(), sums.rows.end(), used));
    sums.used_columns =
        static_cast<std::size_t>(std::count_if(sums.columns.begin(), sums.columns.end(), used));
    return sums;
}

double corrected_v(double chi_square, const Margins& sums) {
    const double n = sums.all;
    if (n <= 1) return 0;
    const auto r = static_cast<double>(sums.used_rows);
    const auto c = static_cast<double>(sums.used_columns);
    const double phi = std::max(0.0, chi_square / n - (r - 1) * (c - 1) / (n - 1));
    const double rows = r - (r - 1) * (r - 1) / (n - 1);
    const double columns = c - (c - 1) * (c - 1) / (n - 1);
    const double smaller = std::min(rows, columns) - 1;
    return smaller > 0 ? std::sqrt(phi / smaller) : 0;
}

}  // namespace

std::optional<Interval> wilson(double share, double n, double quantile) {
    if (!(share >= 0 && share <= 1 && n > 0)) return std::nullopt;
    const double z2 = quantile * quantile;
    const double shrink = 1 + z2 / n;
    const double centre = (share + z2 / (2 * n)) / shrink;
    const double half = quantile / shrink * std::sqrt(share * (1 - share) / n + z2 / (4 * n * n));
    return Interval{std::max(0.0, centre - half), std::min(1.0, centre + half)};
}

Balance balance(double up, double down, double n) {
    const double value = up - down;
    return {value, std::sqrt(std::max(0.0, up + down - value * value) / n)};
}

double diffusion_index(double up, double same) {
    return up + same / 2;
}

double climate(double situation, double expectation) {
    return std::sqrt((situation + 200) * (expectation + 200)) - 200;
}

double climate_index(double climate_now, double base_year_mean) {
    return 100 * (climate_now + 200) / (base_year_mean + 200);
}

std::optional<Association> association(std::span<const double> counts, std::size_t columns) {
    if (columns == 0 || counts.size() % columns != 0) return std::nullopt;
    const Margins sums = margins(counts, columns);
    if (sums.used_rows < 2 || sums.used_columns < 2) return std::nullopt;
    Association result;
    result.expected_min = std::numeric_limits<double>::infinity();
    result.degrees_of_freedom = (sums.used_rows - 1) * (sums.used_columns - 1);
    std::size_t small = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const double row = sums.rows[i / columns];
        const double column = sums.columns[i % columns];
        const double expected = row * column / sums.all;
        result.adjusted_residuals.push_back(0);
        if (!(expected > 0)) continue;
        const double difference = counts[i] - expected;
        result.chi_square += difference * difference / expected;
        result.expected_min = std::min(result.expected_min, expected);
        if (expected < 5) ++small;
        const double variance = expected * (1 - row / sums.all) * (1 - column / sums.all);
        result.adjusted_residuals.back() = difference / std::sqrt(variance);
    }
    result.expected_below_five =
        static_cast<double>(small) / static_cast<double>(sums.used_rows * sums.used_columns);
    const auto smaller = static_cast<double>(std::min(sums.used_rows, sums.used_columns) - 1);
    result.cramers_v = std::sqrt(result.chi_square / (sums.all * smaller));
    result.cramers_v_corrected = corrected_v(result.chi_square, sums);
    result.p_value =
        chi_square_upper(result.chi_square, static_cast<double>(result.degrees_of_freedom));
    return result;
}

double chi_square_upper(double chi_square, double degrees_of_freedom) {
    ENSURE(degrees_of_freedom > 0 && chi_square >= 0);
    const double a = degrees_of_freedom / 2;
    const double x = chi_square / 2;
    if (x == 0) return 1;
    const double scale = std::exp(a * std::log(x) - x - std::lgamma(a));
    const double upper =
        x < a + 1 ? 1 - lower_gamma_series(a, x, scale) : upper_gamma_fraction(a, x, scale);
    return std::clamp(upper, 0.0, 1.0);
}

}  // namespace survey::server
