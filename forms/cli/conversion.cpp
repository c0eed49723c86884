#include "forms/cli/conversion.h"

#include <utility>

#include "common/host/files.h"
#include "forms/authoring/workbook_of_form.h"
#include "forms/cli/form_source.h"
#include "forms/xlsform/workbook.h"
#include "forms/xlsform/workbook_writer.h"
#include "forms/xml/writer.h"

namespace survey::forms {

namespace {

enum class Target : std::uint8_t { kXForm, kXlsx, kMarkdown, kCsv };

Target target_of(std::string_view path) {
    constexpr std::pair<std::string_view, Target> kEndings[] = {
        {".xlsx", Target::kXlsx}, {".md", Target::kMarkdown}, {".csv", Target::kCsv}};
    for (const auto& [ending, target] : kEndings) {
        if (path.size() > ending.size() && path.ends_with(ending)) return target;
    }
    return Target::kXForm;
}

std::string beside(const std::string& path, std::string_view name) {
    const auto slash = path.rfind('/');
    return slash == std::string::npos ? std::string(name)
                                      : path.substr(0, slash + 1) + std::string(name);
}

Conversion failed(Conversion conversion, const Error& error) {
    conversion.status = ExitCode::kEnvironment;
    conversion.failure = error.message;
    return conversion;
}

bool write(const std::string& path, std::string_view bytes, Conversion& conversion) {
    const auto done = write_file_atomic(path, bytes, FileAccess::kEverybody);
    if (!done) {
        conversion = failed(std::move(conversion), done.error());
        return false;
    }
    conversion.written.push_back(path);
    return true;
}

Result<std::string> written_as(const Workbook& workbook, Target target) {
    if (target == Target::kMarkdown) return write_markdown(workbook);
    if (target == Target::kCsv) return write_csv(workbook);
    return write_xlsx(workbook);
}

/// The workbook of a form: as it was read, or made from its XForm.
Result<Workbook> workbook_of(std::string_view bytes, const FormSource& source,
                             std::vector<Diagnostic>& diagnostics) {
    if (kind_of_form(bytes) == FormFileKind::kWorkbook) return read_workbook(bytes);
    WorkbookOfForm made = workbook_of_form(*source.form);
    for (Diagnostic& found : made.diagnostics)
        diagnostics.push_back(std::move(found));
    return std::move(made.workbook);
}

// A tab or a line end inside a field would be read as the end of it.
std::string escaped(std::string_view text) {
    std::string out;
    for (const char byte : text) {
        switch (byte) {
            case '\t':
                out += "\\t";
                break;
            case '\n':
                out += "\\n";
                break;
            case '\r':
                out += "\\r";
                break;
            case '\\':
                out += "\\\\";
                break;
            default:
                out += byte;
        }
    }
    return out;
}

}  // namespace

Conversion convert_file(const std::string& input, const std::string& output) {
    Conversion conversion;
    const auto bytes = read_file(input, kFormBytesMax);
    if (!bytes) return failed(std::move(conversion), bytes.error());
    const Target target = target_of(output);
    if (kind_of_form(*bytes) == FormFileKind::kXForm && target == Target::kXForm) {
        conversion.status = ExitCode::kUsage;
        conversion.failure = fill(
            "\"{}\" is an XForm already; name a workbook (.xlsx, .md, .csv) to write", {input});
        return conversion;
    }
    FormSource source = open_form(*bytes, stem_of(input));
    conversion.diagnostics = std::move(source.diagnostics);
    if (!source.form) {
        conversion.status = ExitCode::kRefused;
        return conversion;
    }
    if (target == Target::kXForm) {
        const xml::WriteOptions readable{true, true};
        if (!write(output, xml::write(*source.form->source, readable), conversion)) {
            return conversion;
        }
        if (!source.itemsets_csv.empty()) {
            write(beside(output, "itemsets.csv"), source.itemsets_csv, conversion);
        }
        return conversion;
    }
    const auto workbook = workbook_of(*bytes, source, conversion.diagnostics);
    const auto text =
        workbook ? written_as(*workbook, target) : Result<std::string>(workbook.error());
    if (!text) {
        conversion.status = ExitCode::kRefused;
        conversion.failure = text.error().message;
        return conversion;
    }
    write(output, *text, conversion);
    return conversion;
}

std::string batch_line(const Conversion& conversion) {
    std::string line = "ok";
    if (conversion.status != ExitCode::kOk) {
        std::string reason = conversion.failure;
        for (const Diagnostic& found : conversion.diagnostics) {
            if (found.severity != Severity::kError) continue;
            if (!reason.empty()) reason += '\n';
            reason += describe(found);
        }
        line = "error\t" + escaped(reason);
    }
    for (const Diagnostic& found : conversion.diagnostics) {
        if (found.severity == Severity::kWarning) line += "\twarning:" + escaped(describe(found));
    }
    return line;
}

}  // namespace survey::forms
