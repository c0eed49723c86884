#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace survey::server {

/// 97.5 % point of the standard normal distribution: two-sided 95 %.
inline constexpr double kNormal95 = 1.959963984540054;

struct Interval {
    double low = 0;
    double high = 0;
};

/// Interval of a share (0 … 1) by Wilson, "Probable inference, the law of succession, and
/// statistical inference", JASA 22 (1927). Right at 0 and 1 and for few answers. `n` may be an
/// effective size, `quantile` a Student quantile. None unless 0 <= share <= 1 and n > 0.
std::optional<Interval> wilson(double share, double n, double quantile = kNormal95);

/// Balance of answers up and down, as in the ifo surveys: up - down, with the standard error of
/// simple random sampling, sqrt((up + down - (up - down)^2) / n). Shares 0 … 1.
struct Balance {
    double value = 0;
    double standard_error = 0;
};
Balance balance(double up, double down, double n);

/// up + same / 2.
double diffusion_index(double up, double same);

/// Climate of situation and expectation balances in points (-100 … 100), as the ifo institute
/// publishes it: sqrt((L + 200)(E + 200)) - 200.
double climate(double situation, double expectation);
/// 100 (K + 200) / (mean K of the base year + 200).
double climate_index(double climate_now, double base_year_mean);

/// Association of two questions. Pearson's chi-square; Cramér's V and the bias-corrected V of
/// Bergsma, "A bias-correction for Cramér's V and Tschuprow's T", J. Korean Stat. Soc. 42 (2013);
/// adjusted residuals of Haberman, Biometrics 29 (1973).
struct Association {
    double chi_square = 0;
    std::size_t degrees_of_freedom = 0;
    double p_value = 0;
    double cramers_v = 0;
    double cramers_v_corrected = 0;
    double expected_min = 0;
    /// Share of cells with an expected count below 5; above a fifth the p-value is rough.
    double expected_below_five = 0;
    std::vector<double> adjusted_residuals;  ///< Row by row.
};
/// `counts` row by row. Rows and columns without answers take no part. None if fewer than two of
/// either are left.
std::optional<Association> association(std::span<const double> counts, std::size_t columns);

/// Upper tail of the chi-square distribution. REQUIRES: degrees_of_freedom > 0, chi_square >= 0.
double chi_square_upper(double chi_square, double degrees_of_freedom);

}  // namespace survey::server
