#include "forms/session/load_refusal.h"

#include <catch2/catch.hpp>

using namespace survey;
using namespace survey::forms;

TEST_CASE("a form that turns in a circle names the nodes of the circle", "[session]") {
    Diagnostic odd;
    odd.severity = Severity::kWarning;
    Diagnostic cycle;
    cycle.severity = Severity::kError;
    cycle.code = "dependency-cycle";
    cycle.message =
        "Cycle detected: calculate of /data/a needs relevant of /data/b needs "
        "calculate of /data/a.";
    const Refusal refusal = load_refusal({odd, cycle});
    CHECK(refusal.code == "cycle");
    CHECK(json::serialise(refusal.more.at("nodes")) == R"(["/data/a","/data/b"])");
    CHECK(refusal.more.at("details").as_array().size() == 2);
}
