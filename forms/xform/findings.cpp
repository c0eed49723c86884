#include "forms/xform/findings.h"

#include <algorithm>

namespace survey::forms::xform_reading {

namespace {

// A form of thousands of questions can have one mistake thousands of times; nobody reads that far.
constexpr std::size_t kDiagnosticsMax = 2000;
constexpr std::size_t kQuotedBytesMax = 200;

}  // namespace

void Findings::add(Severity severity, std::uint32_t mark, Finding finding) {
    Diagnostic diagnostic;
    diagnostic.severity = severity;
    diagnostic.code = std::move(finding.code);
    diagnostic.message = std::move(finding.message);
    diagnostic.offending = std::move(finding.offending);
    diagnostic.hint = std::move(finding.hint);
    diagnostic.ref = std::move(finding.ref);
    diagnostic.offset = finding.offset;
    if (place_of_) {
        diagnostic.place = place_of_(mark);
    } else {
        diagnostic.place.line = mark;
    }
    // Past the limit an error still has to make the form unusable.
    if (diagnostics_.size() >= kDiagnosticsMax &&
        (severity == Severity::kWarning || has_errors())) {
        return;
    }
    if (std::find(diagnostics_.begin(), diagnostics_.end(), diagnostic) != diagnostics_.end()) {
        return;
    }
    diagnostics_.push_back(std::move(diagnostic));
}

std::string quoted(std::string_view text) {
    if (text.size() <= kQuotedBytesMax) return "\"" + std::string(text) + "\"";
    std::size_t end = kQuotedBytesMax;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u)
        --end;
    return "\"" + std::string(text.substr(0, end)) + "…\"";
}

}  // namespace survey::forms::xform_reading
