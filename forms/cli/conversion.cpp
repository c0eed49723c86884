#include "forms/cli/conversion.h"

#include <utility>

#include "common/host/files.h"
#include "forms/cli/form_source.h"
#include "forms/xlsform/workbook.h"
#include "forms/xlsform/workbook_writer.h"
#include "forms/xml/writer.h"

namespace survey::forms {

namespace {

bool ends_in_xlsx(std::string_view path) {
    constexpr std::string_view kEnding = ".xlsx";
    return path.size() > kEnding.size() && path.substr(path.size() - kEnding.size()) == kEnding;
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

Result<std::string> rewritten(std::string_view bytes) {
    TRY_ASSIGN(const Workbook workbook, read_workbook(bytes));
    return write_xlsx(workbook);
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
    const bool to_workbook = ends_in_xlsx(output);
    if (kind_of_form(*bytes) == FormFileKind::kXForm) {
        conversion.status = ExitCode::kUsage;
        conversion.failure =
            fill("\"{}\" is an XForm already; only workbooks are converted", {input});
        return conversion;
    }
    FormSource source = open_form(*bytes, stem_of(input));
    conversion.diagnostics = std::move(source.diagnostics);
    if (!source.form) {
        conversion.status = ExitCode::kRefused;
        return conversion;
    }
    if (!to_workbook) {
        const xml::WriteOptions readable{true, true};
        if (!write(output, xml::write(*source.form->source, readable), conversion)) {
            return conversion;
        }
        if (!source.itemsets_csv.empty()) {
            write(beside(output, "itemsets.csv"), source.itemsets_csv, conversion);
        }
        return conversion;
    }
    const auto workbook = rewritten(*bytes);
    if (!workbook) {
        conversion.status = ExitCode::kRefused;
        conversion.failure = workbook.error().message;
        return conversion;
    }
    write(output, *workbook, conversion);
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
