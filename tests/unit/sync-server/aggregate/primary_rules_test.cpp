#include "sync-server/aggregate/primary_rules.h"

#include <vector>

#include <catch2/catch.hpp>

using namespace survey::server;

TEST_CASE("concentration rules of published examples", "[aggregate][suppression]") {
    struct Case {
        std::vector<double> contributions;
        bool p_unsafe;
        bool nk_unsafe;
        double protection_p;
        double protection_nk;
    };
    const std::vector<Case> cases{
        {{50, 49, 1}, true, true, 6.5, 16.470588},
        {{100, 80, 5}, true, true, 10.0, 26.764706},
        {{40, 30, 20, 6, 4}, false, false, 0.0, 0.0},
        {{30, 25, 20, 15, 10, 8, 7}, false, false, 0.0, 0.0},
        {{90, 3, 3, 2, 2}, true, true, 6.5, 9.411765},
        {{-90, 3, -3, 2, 2}, true, true, 6.5, 9.411765},
    };
    for (const Case& c : cases) {
        const Concentration cell = Concentration::of(c.contributions);
        CHECK(fails_p_percent(cell, 15) == c.p_unsafe);
        CHECK(fails_dominance(cell, 85) == c.nk_unsafe);
        CHECK(upper_protection_p_percent(cell, 15) == Approx(c.protection_p));
        CHECK(upper_protection_dominance(cell, 85) == Approx(c.protection_nk).margin(1e-6));
    }
}

TEST_CASE("the p that makes the p % rule imply the dominance rule", "[aggregate][suppression]") {
    CHECK(p_percent_from_k(80) == Approx(25.0));
    CHECK(p_percent_from_k(85) == Approx(17.647059).margin(1e-6));
    CHECK(p_percent_from_k(90) == Approx(11.111111).margin(1e-6));
    CHECK(p_percent_from_k(95) == Approx(5.263158).margin(1e-6));
}

TEST_CASE("one organisation with many answers is still one", "[aggregate][suppression]") {
    ExactSet set;
    set.answers = 40;
    set.organisations = 4;
    CHECK(too_few(set, Rules{}));
    set.organisations = 5;
    CHECK_FALSE(too_few(set, Rules{}));
    CHECK(too_few(ExactSet{}, Rules{}));
}

TEST_CASE("a small group of one opinion tells on everybody in it", "[aggregate][suppression]") {
    ExactSet group;
    group.answers = group.organisations = 12;
    ExactSet answer = group;
    CHECK(unanimous(answer, group, Rules{}));
    answer.answers = 11;
    CHECK_FALSE(unanimous(answer, group, Rules{}));
    group.answers = answer.answers = 20;
    group.organisations = 20;
    CHECK_FALSE(unanimous(answer, group, Rules{}));
    CHECK_FALSE(unanimous(ExactSet{}, ExactSet{}, Rules{}));
}
