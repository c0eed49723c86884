#include "forms/cli/report.h"

#include <sstream>

#include <catch2/catch.hpp>

#include "forms/cli/conversion.h"
#include "forms/cli/form_source.h"

using namespace survey;
using namespace survey::forms;

namespace {

Diagnostic finding(Severity severity, std::string message, std::string hint = {}) {
    Diagnostic one;
    one.severity = severity;
    one.code = "some-code";
    one.message = std::move(message);
    one.hint = std::move(hint);
    one.place = Place{"survey", 12, "constraint", 0};
    return one;
}

std::string printed(const std::vector<Diagnostic>& diagnostics, bool colour) {
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream err;
    Console::Settings settings;
    settings.colour = colour;
    Console console(in, out, err, settings);
    print(diagnostics, console);
    CHECK(out.str().empty());
    return err.str();
}

}  // namespace

TEST_CASE("a finding says where, what, and below it what to do", "[cli][report]") {
    const auto error = finding(Severity::kError, "Wrong.", "Do this.");
    CHECK(printed({error}, false) == "error: survey row 12, constraint: Wrong.\n  Do this.\n");
    const auto warning = finding(Severity::kWarning, "Odd.");
    CHECK(printed({warning}, false) == "warning: survey row 12, constraint: Odd.\n");
}

TEST_CASE("colour repeats what the words say", "[cli][report]") {
    const std::string text = printed({finding(Severity::kError, "Wrong.")}, true);
    CHECK(text.find("error:") != std::string::npos);
    CHECK(text.find("\x1b[") != std::string::npos);
}

TEST_CASE("the count is said in the language of the console", "[cli][report]") {
    std::istringstream in;
    std::ostringstream out;
    Console console(in, out, out, {});
    CHECK(count_in_words({1, 2}, console) == "1 error, 2 warnings");
    CHECK(count_in_words({0, 1}, console) == "0 errors, 1 warning");
    console.speak_german(true);
    CHECK(count_in_words({2, 1}, console) == "2 Fehler, 1 Warnung");
}

TEST_CASE("a batch answer is one line whatever the findings say", "[cli][convert]") {
    Conversion accepted;
    accepted.diagnostics = {finding(Severity::kWarning, "a\tb\nc\\d\re")};
    CHECK(batch_line(accepted) == "ok\twarning:survey row 12, constraint: a\\tb\\nc\\\\d\\re");
    Conversion refused;
    refused.status = ExitCode::kRefused;
    refused.diagnostics = {finding(Severity::kError, "one"), finding(Severity::kError, "two"),
                           finding(Severity::kWarning, "w")};
    CHECK(batch_line(refused) ==
          "error\tsurvey row 12, constraint: one\\nsurvey row 12, "
          "constraint: two\twarning:survey row 12, constraint: w");
    Conversion missing;
    missing.status = ExitCode::kEnvironment;
    missing.failure = "no such file";
    CHECK(batch_line(missing) == "error\tno such file");
}

TEST_CASE("a form file is told by its content", "[cli]") {
    CHECK(kind_of_form("<h:html/>") == FormFileKind::kXForm);
    CHECK(kind_of_form("\xEF\xBB\xBF \n<?xml version=\"1.0\"?>") == FormFileKind::kXForm);
    CHECK(kind_of_form(std::string_view("\xFF\xFE<\0", 4)) == FormFileKind::kXForm);
    CHECK(kind_of_form("PK\x03\x04") == FormFileKind::kWorkbook);
    CHECK(kind_of_form("| survey |") == FormFileKind::kWorkbook);
    CHECK(kind_of_form("") == FormFileKind::kWorkbook);
}

TEST_CASE("the stem of a file names a form that has no id", "[cli]") {
    CHECK(stem_of("/a/b.c/household.v2.xlsx") == "household.v2");
    CHECK(stem_of("household") == "household");
    CHECK(stem_of(".hidden") == ".hidden");
}
