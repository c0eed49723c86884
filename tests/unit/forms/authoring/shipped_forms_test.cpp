// The way there and back, and there again: the shipped forms and the XForms of the tests.

#include "common/host/files.h"
#include "forms/authoring/form_diff.h"
#include "tests/unit/forms/authoring/form_fixture.h"

namespace survey::forms {
namespace {

std::string told(const FormDiff& diff) {
    std::string out;
    for (const Difference& one : diff.form)
        out += "form " + one.what + ": " + one.before + " -> " + one.after + "\n";
    for (const QuestionChange& change : diff.changes) {
        out += std::string(change_name(change.kind)) + " " + change.path + "\n";
        for (const Difference& one : change.differences)
            out += "  " + one.what + ": " + one.before + " -> " + one.after + "\n";
    }
    return out;
}

TEST_CASE("a shipped form comes back from its XForm as it was", "[authoring][library]") {
    for (const char* name : {"fit_check", "event_feedback", "firm_visit"}) {
        CAPTURE(name);
        const auto bytes =
            read_file(std::string(SURVEY_SOURCE_DIR "/forms/library/") + name + ".xlsx", 1u << 24);
        REQUIRE(bytes.has_value());
        const FormPtr form = form_of(*bytes);
        const WorkbookOfForm back = workbook_of_form(*form);
        CHECK(back.diagnostics.empty());
        const auto workbook = write_xlsx(back.workbook);
        REQUIRE(workbook.has_value());
        const FormPtr again = form_of(*workbook);
        CHECK(told(diff_forms(*form, *again)) == "");
        // And stays: the second way back writes the same workbook.
        const auto stays = write_xlsx(workbook_of_form(*again).workbook);
        REQUIRE(stays.has_value());
        CHECK(*stays == *workbook);
    }
}

}  // namespace
}  // namespace survey::forms
