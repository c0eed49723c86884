// Runs tests/data/conformance/convert: workbooks, and what the converter makes of them.

#include "forms/xlsform/convert.h"

#include <algorithm>
#include <sstream>

#include <catch2/catch.hpp>

#include "forms/authoring/form_diff.h"
#include "forms/authoring/workbook_of_form.h"
#include "forms/definition/document_tree.h"
#include "forms/expr/expr.h"
#include "forms/xform/load.h"
#include "forms/xlsform/workbook_writer.h"
#include "forms/xml/reader.h"
#include "forms/xml/writer.h"
#include "tests/conformance/case_file.h"
#include "tests/support/process.h"

namespace survey::conformance {

namespace {

struct Conversion {
    std::vector<forms::Diagnostic> diagnostics;
    std::string xml;
};

Conversion convert(const Case& one) {
    auto converted = forms::convert_xlsform(one.source, {"fallback"});
    Conversion result{std::move(converted.diagnostics), {}};
    if (!converted.xform) return result;
    result.xml = xml::write(*converted.xform);
    auto loaded = forms::load_xform(*std::move(converted.xform), [&converted](std::uint32_t mark) {
        return mark < converted.places.size() ? converted.places[mark] : forms::Place{};
    });
    for (forms::Diagnostic& found : loaded.diagnostics) {
        result.diagnostics.push_back(std::move(found));
    }
    return result;
}

// "unknown-type survey 3 type", as the case files write a finding. Columns may hold blanks.
std::string written(const forms::Diagnostic& found) {
    std::string text = found.code;
    if (found.place.sheet.empty()) return text;
    text += " " + found.place.sheet;
    if (found.place.row == 0) return text;
    text += " " + std::to_string(found.place.row);
    if (!found.place.column.empty()) text += " " + found.place.column;
    return text;
}

// A finding is named by its code alone, or also by its place up to where the case cares.
bool is_named(const std::string& finding, const std::string& expected) {
    if (expected.empty()) return true;
    return finding.rfind(expected, 0) == 0 &&
           (finding.size() == expected.size() || finding[expected.size()] == ' ');
}

std::string all_of(const Conversion& conversion) {
    std::string text;
    for (const auto& found : conversion.diagnostics) {
        text += found.severity == forms::Severity::kError ? "  error " : "  warning ";
        text += written(found) + ": " + found.message + "\n";
    }
    return text;
}

std::string evaluate(const xml::Document& document, const std::string& expression) {
    const forms::DocumentTree tree(document);
    expr::CompileOptions options;
    options.library = expr::Library::kCore;
    const auto compiled = expr::Expr::compile(expression, options);
    if (!compiled.expr) return "cannot be compiled: " + compiled.error->message;
    expr::EvalContext context;
    context.node = {&tree, tree.document()};
    context.contextualize_absolute_paths = false;
    const auto value = compiled.expr->evaluate_string(context);
    return value ? *value : "cannot be evaluated: " + value.error().message;
}

bool found(const Conversion& conversion, forms::Severity severity, const std::string& expected) {
    return std::any_of(conversion.diagnostics.begin(), conversion.diagnostics.end(),
                       [&](const forms::Diagnostic& one) {
                           return one.severity == severity && is_named(written(one), expected);
                       });
}

void check_line(const Line& line, const Conversion& conversion, const xml::Document* document) {
    if (line.word == "xml") {
        REQUIRE(document != nullptr);
        const auto [path, expected] = split_arrow(line.rest);
        // Values in a case file stand without blanks at both ends.
        CHECK(trimmed(evaluate(*document, path)) == expected);
    } else if (line.word == "error") {
        CHECK(found(conversion, forms::Severity::kError, line.rest));
    } else if (line.word == "warning") {
        CHECK(found(conversion, forms::Severity::kWarning, line.rest));
    } else if (line.word == "without") {
        CHECK_FALSE(found(conversion, forms::Severity::kError, line.rest));
        CHECK_FALSE(found(conversion, forms::Severity::kWarning, line.rest));
    } else if (line.word == "clean") {
        CHECK(conversion.diagnostics.empty());
    } else {
        FAIL("unknown word " << line.word);
    }
}

bool expects_error(const Case& one) {
    return std::any_of(one.lines.begin(), one.lines.end(),
                       [](const Line& line) { return line.word == "error"; });
}

/// The way back: the workbook of the XForm makes the same form again. What a workbook cannot say is
/// no matter here: these forms were workbooks.
void check_way_back(const std::string& xml) {
    const auto loaded = forms::load_xform(xml);
    REQUIRE(loaded.form != nullptr);
    const forms::WorkbookOfForm back = forms::workbook_of_form(*loaded.form);
    for (const forms::Diagnostic& found : back.diagnostics) {
        if (found.code == "external-choices") return;  // they are not in the XForm
    }
    const auto workbook = forms::write_xlsx(back.workbook);
    REQUIRE(workbook.has_value());
    auto again = forms::convert_xlsform(*workbook, {"fallback"});
    REQUIRE(again.xform.has_value());
    const auto form = forms::load_xform(*std::move(again.xform)).form;
    REQUIRE(form != nullptr);
    const forms::FormDiff diff = forms::diff_forms(*loaded.form, *form);
    for (const forms::QuestionChange& change : diff.changes) {
        for (const forms::Difference& one : change.differences)
            UNSCOPED_INFO(change.path << " " << one.what << ": " << one.before << " -> "
                                      << one.after);
    }
    CHECK(diff.same());
}

void run(const Case& one) {
    const Conversion conversion = convert(one);
    INFO(one.place << " " << one.name << "\n" << all_of(conversion) << conversion.xml);
    CHECK(forms::has_errors(conversion.diagnostics) == expects_error(one));
    CHECK_FALSE(one.lines.empty());
    Result<xml::Document> document = xml::parse(conversion.xml);
    for (const Line& line : one.lines) {
        INFO(line.place << ": " << line.word << " " << line.rest);
        check_line(line, conversion, document ? &*document : nullptr);
    }
    if (!forms::has_errors(conversion.diagnostics)) check_way_back(conversion.xml);
}

}  // namespace

TEST_CASE("workbooks become what the conformance cases say", "[conformance][convert]") {
    for (const std::string& file : case_files("convert")) {
        for (const Case& one : read_cases(file))
            run(one);
    }
}

TEST_CASE("the program converts and refuses the same workbooks",
          "[conformance][convert][program]") {
    for (const std::string& file : case_files("convert")) {
        const std::vector<Case> cases = read_cases(file);
        const tests::TemporaryDirectory folder;
        std::string input;
        for (std::size_t i = 0; i < cases.size(); ++i) {
            const std::string name = std::to_string(i);
            const bool is_table = cases[i].source[0] == '|';
            input += folder.write(name + (is_table ? ".md" : ".csv"), cases[i].source);
            input += "\t" + folder.file(name + ".xml") + "\n";
        }
        tests::ProcessOptions options;
        options.input = input;
        options.environment = {"LANG=C", "TZ=UTC"};
        const auto result =
            tests::run_process({SURVEY_BIN_DIR "/forms", "convert", "--batch"}, options);
        CHECK(result.status == 0);
        std::istringstream answers(result.out);
        std::string answer;
        for (std::size_t i = 0; i < cases.size(); ++i) {
            INFO(cases[i].place << " " << cases[i].name);
            REQUIRE(std::getline(answers, answer));
            INFO(answer);
            CHECK((answer.rfind("ok", 0) == 0) == !expects_error(cases[i]));
            CHECK(tests::file_exists(folder.file(std::to_string(i) + ".xml")) ==
                  !expects_error(cases[i]));
        }
    }
}

}  // namespace survey::conformance
