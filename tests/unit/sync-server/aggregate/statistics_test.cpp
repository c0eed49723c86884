#include "sync-server/aggregate/statistics.h"

#include <array>

#include <catch2/catch.hpp>

using namespace survey::server;

namespace {

constexpr double kClose = 1e-6;

}  // namespace

TEST_CASE("Wilson's interval of 7 in 10", "[aggregate][statistics]") {
    const auto interval = wilson(0.7, 10);
    REQUIRE(interval);
    CHECK(interval->low == Approx(0.396778).margin(kClose));
    CHECK(interval->high == Approx(0.892209).margin(kClose));
}

TEST_CASE("Wilson's interval takes an effective size and a Student quantile",
          "[aggregate][statistics]") {
    const auto kish = wilson(0.5, 6.826667);
    CHECK(kish->low == Approx(0.199964).margin(kClose));
    CHECK(kish->high == Approx(0.800036).margin(kClose));
    const auto design = wilson(0.5, 6.144);
    CHECK(design->low == Approx(0.189877).margin(kClose));
    CHECK(wilson(0.5, 10, 2.262157)->low < wilson(0.5, 10)->low);
}

TEST_CASE("Wilson's interval is sensible at the ends and absent without a base",
          "[aggregate][statistics]") {
    CHECK(wilson(0, 12)->low == Approx(0).margin(1e-12));
    CHECK(wilson(0, 12)->high > 0.2);
    CHECK(wilson(1, 12)->high == Approx(1));
    CHECK_FALSE(wilson(0.5, 0));
    CHECK_FALSE(wilson(-0.1, 10));
    CHECK_FALSE(wilson(1.1, 10));
}

TEST_CASE("balance, climate and diffusion index of the business survey example",
          "[aggregate][statistics]") {
    const Balance situation = balance(0.35, 0.25, 100);
    const Balance expectation = balance(0.20, 0.30, 100);
    CHECK(100 * situation.value == Approx(10.0));
    CHECK(100 * situation.standard_error == Approx(7.681146).margin(kClose));
    CHECK(100 * expectation.value == Approx(-10.0));
    CHECK(climate(10, -10) == Approx(-0.250156).margin(kClose));
    CHECK(climate_index(climate(10, -10), 8.0) == Approx(96.033579).margin(kClose));
    CHECK(diffusion_index(35, 40) == Approx(55.0));
}

TEST_CASE("the net promoter score is a balance", "[aggregate][statistics]") {
    const Balance nps = balance(0.40, 0.25, 100);
    CHECK(100 * nps.value == Approx(15.0));
    CHECK(100 * nps.standard_error == Approx(7.92149).margin(kClose));
    CHECK(100 * (nps.value - kNormal95 * nps.standard_error) == Approx(-0.525835).margin(1e-4));
}

TEST_CASE("a balance of one opinion has no error", "[aggregate][statistics]") {
    CHECK(balance(1, 0, 30).standard_error == Approx(0).margin(1e-12));
}

TEST_CASE("association of a 3 by 3 table", "[aggregate][statistics]") {
    const std::array<double, 9> counts{30, 20, 10, 10, 25, 25, 15, 15, 20};
    const auto result = association(counts, 3);
    REQUIRE(result);
    CHECK(result->chi_square == Approx(18.652778).margin(kClose));
    CHECK(result->degrees_of_freedom == 4);
    CHECK(result->p_value == Approx(0.00091949).margin(1e-8));
    CHECK(result->cramers_v == Approx(0.234224).margin(kClose));
    CHECK(result->cramers_v_corrected == Approx(0.208667).margin(kClose));
    CHECK(result->expected_min == Approx(16.176471).margin(kClose));
    CHECK(result->expected_below_five == 0.0);
    const std::array<double, 9> residuals{3.632409, -0.395103, -3.228808, -3.228808, 1.284085,
                                          1.917105, -0.4233,   -0.932372, 1.375726};
    for (std::size_t i = 0; i < residuals.size(); ++i) {
        CHECK(result->adjusted_residuals[i] == Approx(residuals[i]).margin(kClose));
    }
}

TEST_CASE("empty rows and columns take no part in an association", "[aggregate][statistics]") {
    const std::array<double, 4> plain{10, 20, 20, 10};
    const std::array<double, 9> padded{10, 0, 20, 0, 0, 0, 20, 0, 10};
    CHECK(association(padded, 3)->chi_square == Approx(association(plain, 2)->chi_square));
    CHECK(association(padded, 3)->degrees_of_freedom == 1);
}

TEST_CASE("there is no association of a single row, an empty or a ragged table",
          "[aggregate][statistics]") {
    CHECK_FALSE(association(std::array<double, 3>{1, 2, 3}, 3));
    CHECK_FALSE(association(std::array<double, 4>{0, 0, 0, 0}, 2));
    CHECK_FALSE(association(std::array<double, 3>{1, 2, 3}, 2));
    CHECK_FALSE(association(std::array<double, 0>{}, 0));
}

TEST_CASE("the tail of the chi-square distribution matches its table", "[aggregate][statistics]") {
    // 95 % points, NIST/SEMATECH e-Handbook of Statistical Methods, section 1.3.6.7.4.
    CHECK(chi_square_upper(3.841, 1) == Approx(0.05).margin(1e-4));
    CHECK(chi_square_upper(18.307, 10) == Approx(0.05).margin(1e-4));
    CHECK(chi_square_upper(124.342, 100) == Approx(0.05).margin(1e-4));
    CHECK(chi_square_upper(0, 3) == 1.0);
    CHECK(chi_square_upper(1e6, 3) == Approx(0).margin(1e-12));
}
