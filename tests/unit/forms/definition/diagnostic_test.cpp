#include "forms/definition/diagnostic.h"

#include <catch2/catch.hpp>

namespace survey::forms {
namespace {

TEST_CASE("a diagnostic reads as one line with what is known of its place", "[diagnostic]") {
    struct Case {
        Place place;
        std::string_view hint;
        std::string_view reads;
    };
    const Case cases[] = {
        {{}, "", "Wrong."},
        {{}, "Write it right.", "Wrong. Write it right."},
        {{.sheet = "survey", .row = 12, .column = "constraint", .line = 0},
         "",
         "survey row 12, constraint: Wrong."},
        {{.sheet = "settings", .row = 0, .column = "", .line = 0}, "", "settings: Wrong."},
        {{.sheet = "", .row = 0, .column = "", .line = 7}, "Hint.", "line 7: Wrong. Hint."},
        {{.sheet = "survey", .row = 0, .column = "label::Deutsch (de)", .line = 0},
         "",
         "survey, label::Deutsch (de): Wrong."},
    };
    for (const Case& one : cases) {
        Diagnostic diagnostic;
        diagnostic.message = "Wrong.";
        diagnostic.hint = one.hint;
        diagnostic.place = one.place;
        CHECK(describe(diagnostic) == one.reads);
    }
}

TEST_CASE("only errors are errors", "[diagnostic]") {
    Diagnostic warning;
    warning.severity = Severity::kWarning;
    CHECK_FALSE(has_errors({}));
    CHECK_FALSE(has_errors({warning, warning}));
    CHECK(has_errors({warning, Diagnostic{}}));
}

}  // namespace
}  // namespace survey::forms
